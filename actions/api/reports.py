"""Papers for meetings, for machines: frozen figures and words as they stand, and the verbs that the pages call."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action as endpoint
from rest_framework.request import Request
from rest_framework.response import Response

from actions import reporting
from actions.api.bodies import BIGGEST, Body, Here, text
from actions.api.hand import Hand, verb
from actions.api.schema import WITH_INPUT, Refusal
from actions.api.shapes import Named
from actions.models import Meeting, Passage, Report


class Drafted(Body):
    meeting = Here(
        Meeting.objects.all(), help_text="The board's own: a board summary; a subgroup's: its pack"
    )


class Saved(Body):
    saves = serializers.IntegerField(
        min_value=1, max_value=BIGGEST, help_text="Of the draft as you saw it; another one since is 409"
    )


class Written(Saved):
    words = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=reporting.LONGEST),
        help_text="Of each section that you change, by its key",
    )


class Again(Body):
    reason = text(help_text="Why it is issued again; it stands on the next version")


class ReportRow(serializers.ModelSerializer):
    subgroup = Named(allow_null=True, help_text="Null: the board's own")

    class Meta:
        model = Report
        fields = [
            "id",
            "kind",
            "meeting",
            "subgroup",
            "cut_off_on",
            "version",
            "state",
            "frozen_at",
            "issued_at",
            "supersedes",
            "hash",
            "saves",
        ]


class PassageShape(serializers.ModelSerializer):
    class Meta:
        model = Passage
        fields = ["place", "text", "removed"]


class ReportShape(ReportRow):
    """`figures` is the layout as it was frozen, with the roll-up's numbers under `numbers`; a part `{"t": place}` in it
    stands for the passage of that place, since people's words can be destroyed (then `text` is null)."""

    figures = serializers.DictField()
    words = serializers.SerializerMethodField(help_text="What was written for each section, by its key")
    passages = PassageShape(many=True)

    class Meta(ReportRow.Meta):
        fields = [*ReportRow.Meta.fields, "figures", "words", "passages"]

    def get_words(self, report: Report) -> dict[str, str]:
        return reporting.words_of(report)


class Reports(Hand):
    """What is issued is everybody's; a draft is for the office, the independent chair and that subgroup's chair."""

    queryset = Report.objects.select_related("meeting", "subgroup")
    serializer_class = ReportRow
    shape = ReportShape

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("passages")

    @extend_schema(responses={200: ReportShape, 403: Refusal, 404: Refusal})
    def retrieve(self, request: Request, board: str, pk: int) -> Response:
        return self.as_it_stands_now(self.get_object())

    @extend_schema(request=Drafted, responses={201: ReportShape} | WITH_INPUT)
    def create(self, request: Request, board: str) -> Response:
        """A draft for a meeting that has no paper; its figures are counted at once."""
        made = reporting.draft(**self.read(Drafted), **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @verb(ReportShape, Written)
    def write(self, request: Request, board: str, pk: int) -> Response:
        """The words of some sections of a draft, as they are from now on."""
        return self.as_it_stands_now(reporting.write(self.get_object(), **self.read(Written), **self.hand))

    @verb(ReportShape, Saved)
    def refresh(self, request: Request, board: str, pk: int) -> Response:
        """The figures of a draft are counted again, as of now."""
        return self.as_it_stands_now(reporting.refresh(self.get_object(), **self.read(Saved), **self.hand))

    @verb(ReportShape, Saved)
    def issue(self, request: Request, board: str, pk: int) -> Response:
        """From now on everybody reads it, and nobody changes it."""
        return self.as_it_stands_now(reporting.issue(self.get_object(), **self.read(Saved), **self.hand))

    @verb(ReportShape, Again, answers=status.HTTP_201_CREATED)
    def reissue(self, request: Request, board: str, pk: int) -> Response:
        """A draft of the next version, with the same figures and words."""
        made = reporting.reissue(self.get_object(), **self.read(Again), **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @extend_schema(request=Saved, responses={204: None} | WITH_INPUT | {409: Refusal})
    @endpoint(detail=True, methods=["post"], serializer_class=Saved)
    def discard(self, request: Request, board: str, pk: int) -> Response:
        """A draft is thrown away, with what was written in it."""
        reporting.discard(self.get_object(), **self.read(Saved), **self.hand)
        return Response(status=status.HTTP_204_NO_CONTENT)
