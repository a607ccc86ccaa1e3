"""Which seat a request acts with. Another board's address, or an unknown one, is 404: nobody learns which."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from actions.models import Seat


class SeatMiddleware:
    """Sets `request.seat` on every address under a board; a signed-in stranger there gets 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if "board" not in kwargs or not request.user.is_authenticated:
            return
        seat = next(iter(Seat.objects.for_request(request.user.pk, kwargs["board"])), None)
        if seat is None:
            raise Http404("No such board")
        seat.user = request.user
        request.seat = seat  # type: ignore[attr-defined]
