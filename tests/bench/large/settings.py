"""As the other measurements, but nothing is remembered: every figure is counted each time that it is asked for."""

from tests.bench.settings import *  # noqa: F403
from tests.bench.settings import CACHES as KEPT

CACHES = KEPT | {"figures": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
