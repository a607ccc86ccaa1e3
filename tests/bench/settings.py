"""The product's settings as they are served, but for static files: measured without collecting them first."""

from tracker.settings import *  # noqa: F403
from tracker.settings import ROOT

STATIC_ROOT = ROOT / "frontend" / "static"  # as if collected

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
