"""Every address: pages, API, health. Pages of one board stand under its name."""

from django.urls import include, path

from tracker import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("healthz/", include("notifications.urls")),
    path("accounts/", include("frontend.account.urls")),
    path("api/v1/", include("actions.api.urls")),
    path("", include("frontend.urls")),
]

handler400 = "frontend.views.errors.bad_request"
handler403 = "frontend.views.errors.forbidden"
handler404 = "frontend.views.errors.not_found"
handler429 = "frontend.views.errors.too_many"  # asked by allauth
handler500 = "frontend.views.errors.server_error"
