"""A board's figures: on this day, agency by priority, in a period, since a day, and at each month's end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from actions import reporting, rollup
from actions.api import figures as shapes
from actions.api.bodies import Here
from actions.api.schema import REFUSALS, WITH_INPUT
from actions.api.views import OfBoard
from actions.models import Action, Priority


class Between(serializers.Serializer):
    """Two days, both of them in it."""

    first = serializers.DateField()
    last = serializers.DateField(required=False, help_text="Left out: today")
    by = serializers.ChoiceField(rollup.PERIOD_GROUPS, required=False, help_text="Left out: the whole board")


class Since(serializers.Serializer):
    on = serializers.DateField(
        required=False, help_text="That day included; left out, the board's last meeting"
    )


class ByWhat(serializers.Serializer):
    by = serializers.ChoiceField(
        list(rollup.COMMITMENT_GROUPS), required=False, help_text="Left out: the whole board"
    )


class OfPriority(serializers.Serializer):
    priority = Here(Priority.objects.all(), required=False, help_text="Its id; left out: the whole board")


class Rollup(OfBoard):
    """Counts over every action of the board on this day. What each figure means stands in `words`."""

    queryset = Action.objects.all()
    serializer_class = shapes.RollupShape
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "by",
                str,
                enum=sorted(rollup.GROUPS),
                description="Left out: one set of figures, the whole board",
            )
        ],
        responses={200: shapes.RollupShape} | WITH_INPUT,
        operation_id="rollup_retrieve",
    )
    def list(self, request: Request, board: str) -> Response:
        by = request.query_params.get("by")
        if by is not None and by not in rollup.GROUPS:
            raise ValidationError({"by": [f"Choose one of: {', '.join(sorted(rollup.GROUPS))}."]})
        found = rollup.of_board(self.seat, self.seat.calendar(self.today), by=by)
        figures = [shapes.figures_row(one) for one in found]
        return Response(
            {
                "on": self.today.isoformat(),
                "by": by,
                "words": self.words,
                "figures": figures,
            }
        )

    @property
    def today(self) -> date:
        return self.seat.board.today

    @property
    def words(self) -> dict[str, str]:
        """What each figure means by this board's rules."""
        return rollup.meanings(self.seat.board.scheme.rules)

    @extend_schema(
        parameters=[ByWhat],
        responses={200: shapes.CommitmentsShape} | WITH_INPUT,
        operation_id="rollup_commitments",
    )
    @action(detail=False)
    def commitments(self, request: Request, board: str) -> Response:
        """How far what was taken in has got: each commitment is in exactly one of the five lines below those made."""
        by, calendar = self._asked(ByWhat).get("by"), self.seat.calendar(self.today)
        if by is None:
            rows = [shapes.commitments_row(rollup.commitments_of_board(self.seat, calendar))]
        else:
            found = rollup.commitments_by_of_board(self.seat, calendar, by)
            rows = [shapes.commitments_row(one.figures, one.key, one.name) for one in found]
        about = {"on": self.today.isoformat(), "by": by, "words": rollup.COMMITMENT_WORDS}
        return Response(about | {"figures": rows})

    @extend_schema(responses={200: shapes.GridShape} | REFUSALS, operation_id="rollup_grid")
    @action(detail=False)
    def grid(self, request: Request, board: str) -> Response:
        """Agency by priority: each counted action stands in exactly one cell."""
        found = rollup.grid_of_board(self.seat, self.seat.calendar(self.today))
        lines = [
            {"agency": shapes.cell_row(line.whole), "cells": [shapes.cell_row(cell) for cell in line.cells]}
            for line in found.lines
        ]
        priorities = [shapes.cell_row(one) for one in found.priorities]
        whole = shapes.cell_row(found.whole)
        return Response(
            {"on": self.today.isoformat(), "priorities": priorities, "lines": lines, "whole": whole}
        )

    @extend_schema(
        parameters=[Between], responses={200: shapes.PeriodShape} | WITH_INPUT, operation_id="rollup_period"
    )
    @action(detail=False)
    def period(self, request: Request, board: str) -> Response:
        """To how many actions each thing happened between two days, once each, whatever came of them after."""
        asked = self._asked(Between)
        first, last, by = asked["first"], asked.get("last", self.today), asked.get("by")
        if last < first:
            raise ValidationError({"last": ["The period ends before it begins. Choose a later day."]})
        calendar = self.seat.calendar(self.today)
        found = rollup.in_period_of_board(self.seat, calendar, first, last, by=by)
        about = {"first": first.isoformat(), "last": last.isoformat(), "by": by}
        return Response(about | {"words": rollup.HAPPENED_WORDS, "figures": [asdict(one) for one in found]})

    @extend_schema(
        parameters=[Since], responses={200: shapes.SinceShape} | WITH_INPUT, operation_id="rollup_since"
    )
    @action(detail=False)
    def since(self, request: Request, board: str) -> Response:
        """What is different since a day, such as the board's last meeting."""
        calendar = self.seat.calendar(self.today)
        on = self._asked(Since).get("on") or calendar.last or rollup.without_meetings(self.today)
        found = rollup.since_of_board(self.seat, calendar, on)
        return Response(
            {"since": on.isoformat(), "newly_overdue": found.newly_overdue} | asdict(found.happened)
        )

    @extend_schema(
        parameters=[OfPriority], responses={200: shapes.TrendShape} | WITH_INPUT, operation_id="rollup_trend"
    )
    @action(detail=False)
    def trend(self, request: Request, board: str) -> Response:
        """The figures at each month's end, as a board summary printed them where one was issued for a day; null where
        they were not kept."""
        one = self._asked(OfPriority).get("priority")
        priority = one.pk if one else None
        points = reporting.trend(self.seat, self.today, priority=priority)
        return Response(
            {
                "priority": priority,
                "words": self.words,
                "months": [shapes.point_row(point) for point in points if point.month_end],
                "between": [shapes.point_row(point) for point in points if not point.month_end],
            }
        )

    def _asked(self, kind: type[serializers.Serializer]) -> dict[str, Any]:
        given = kind(data=self.request.query_params, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)
