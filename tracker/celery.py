"""The Celery app, and every clock in one table. The broker says "wake up"; the database is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # One tick each minute; what it does is decided in the database, so a missed or doubled tick is harmless.
    "tick": {"task": "notifications.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
}
