"""On one machine, too, who went wrong reads our own words. With DEBUG=1 Django would show every address there is, or
the code around it; of a fault of ours it still does, for whoever is to mend it."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_resolver

DJANGOS = b"DEBUG = True"  # stands at the foot of its pages
TOLD = {400, 404}


class OwnWords:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not settings.DEBUG or response.status_code not in TOLD or response.streaming:
            return response
        if DJANGOS not in response.content:
            return response
        ours: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(response.status_code)
        return ours(request, exception=Http404())
