from django.urls import path

from notifications import health

urlpatterns = [path("reminders", health.reminders, name="healthz_reminders")]
