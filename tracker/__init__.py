"""The wiring: settings, addresses, clocks. It names the apps by string; no app imports it."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]
