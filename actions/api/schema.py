"""How the API describes itself: what every address may answer besides what was asked for. It changes no answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers


class Refusal(serializers.Serializer):
    """Why not, in a sentence."""

    detail = serializers.CharField()


FIELD_ERRORS: dict[str, Any] = {
    "type": "object",
    "description": "Per field, what is wrong with it; `non_field_errors` or `detail` for the whole.",
    "additionalProperties": {},
    "example": {"due_on": ["Choose today or a later day."]},
}

# Not signed in, or the seat may not; no seat on that board, or nothing there: nobody learns which.
REFUSALS: dict[int, Any] = {403: Refusal, 404: Refusal}
WITH_INPUT: dict[int, Any] = REFUSALS | {400: FIELD_ERRORS}


class Schema(AutoSchema):
    """For addresses that do not say themselves what they answer: lists and single rows."""

    def get_tags(self) -> list[str]:
        return [self.path.split("{board}/")[1].split("/")[0]]

    def get_response_serializers(self) -> Any:
        view: Any = self.view
        asks = view.action == "list" and view.filter_backends
        return {200: super().get_response_serializers()} | (WITH_INPUT if asks else REFUSALS)
