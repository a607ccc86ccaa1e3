"""Rows that verbs change: found by id, one address for each verb, answered with the row as it then stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action as endpoint
from rest_framework.response import Response

from actions.api.schema import WITH_INPUT, Refusal
from actions.api.views import Listed


def verb(shape: Any, body: Any, address: str = "", answers: int = status.HTTP_200_OK) -> Callable[[Any], Any]:
    """An endpoint named after its verb: it takes `body`, gives the row as it then stands. `address`, where it is not
    the method's name."""

    def decorate(method: Any) -> Any:
        about: dict[str, Any] = {"methods": ["post"], "url_path": address or None, "serializer_class": body}
        told: dict[int, Any] = {answers: shape, 409: Refusal} | WITH_INPUT
        return extend_schema(request=body, responses=told)(endpoint(detail=True, **about)(method))

    return decorate


class Hand(mixins.RetrieveModelMixin, Listed):
    lookup_value_converter = "int"
    shape: Any

    def as_it_stands_now(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        now = self.get_queryset().get(pk=row.pk)
        return Response(self.shape(now, context=self.get_serializer_context()).data, status=code)
