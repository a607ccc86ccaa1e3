"""A verb's refusal becomes an answer: 403 who may, 400 which field and why, 409 what stands now. It words nothing."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.response import Response
from rest_framework.views import exception_handler

from actions.refusals import Changed, Invalid, NotAllowed


def handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    match exc:
        case NotAllowed():
            return Response({exc.field: [exc.message]} if exc.field else {"detail": exc.message}, status=403)
        case Invalid():
            return Response({exc.field or "non_field_errors": [exc.message]}, status=400)
        case Changed():
            view = context["view"]
            stands = (
                view.as_it_stands() if hasattr(view, "as_it_stands") and "number" in view.kwargs else None
            )
            return Response({"detail": exc.message} | ({"action": stands} if stands else {}), status=409)
        case RequestDataTooBig():
            return Response({"detail": "That is too much at once. Send it in smaller parts."}, status=400)
    return exception_handler(exc, context)
