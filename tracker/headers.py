"""What every answer tells the browser beyond Django's own headers; what a view or a later layer has said, stands."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing here needs a device or a sensor. A passkey is made and shown on our own pages.
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
OURS = ("publickey-credentials-create", "publickey-credentials-get")
HEADERS = {
    "Permissions-Policy": ", ".join(
        [*(f"{what}=()" for what in DENIED), *(f"{what}=(self)" for what in OURS)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    # Whatever is not a static file, which says how long it keeps, is somebody's page: no copy stays behind.
    "Cache-Control": "no-store, private",
}


class Headers:
    """The first of the middleware, so that it covers static files, redirects and refusals as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
