"""The settings of tests: those of one machine, with the data, mail and files of a run kept apart from real ones."""

import os

os.environ.setdefault("DEBUG", "1")

from tracker.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # real ones take a second per account

MEDIA_ROOT = VAR / "test-files"  # noqa: F405

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file: threads and processes must meet in one database, which the default in memory does not give them.
    VAR.mkdir(exist_ok=True)  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}  # noqa: F405

WHITENOISE_AUTOREFRESH = True  # else every test client reads all static files of the installation anew
