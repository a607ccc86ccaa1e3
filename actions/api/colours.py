"""A board's own words, colours and rules, to be read: whoever shows `rag` shows it in them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from actions.api.schema import REFUSALS
from actions.api.views import OfBoard
from actions.models import Board
from actions.rag import COLOURS, STATES


class StateShape(serializers.Serializer):
    rag = serializers.ChoiceField(STATES)
    words = serializers.CharField()
    colour = serializers.ChoiceField(list(COLOURS))


class RulesShape(serializers.Serializer):
    """From when on an action is red, and how many days back a word counts where no cut-off says it."""

    red_after_meetings = serializers.IntegerField(help_text="Board meetings held since its date")
    red_after_days = serializers.IntegerField(help_text="Where fewer meetings than that were held")
    silent_after_days = serializers.IntegerField(help_text="Where a subgroup has no cut-offs for papers")
    off_track_is_red = serializers.BooleanField(help_text="Else the owner's word alone makes it amber")


@extend_schema_serializer(many=False)
class ColoursShape(serializers.Serializer):
    states = StateShape(many=True, help_text="In the order of the rules: the first that holds")
    rules = RulesShape()


class Colours(OfBoard):
    queryset = Board.objects.none()
    serializer_class = ColoursShape
    pagination_class = None

    def get_queryset(self) -> Any:
        return self.queryset

    @extend_schema(responses={200: ColoursShape} | REFUSALS, operation_id="colours_retrieve")
    def list(self, request: Request, board: str) -> Response:
        """The words and colours in which the board shows where an action stands."""
        scheme = self.seat.board.scheme
        states = [{"rag": key} | asdict(scheme[key]) for key in STATES]
        return Response({"states": states, "rules": asdict(scheme.rules)})
