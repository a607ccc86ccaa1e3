"""What the API gives of a board and of what it promised: shapes without rules."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from actions import access, covering
from actions.commitments import WORDS as WORDS_OF_COMMITMENTS
from actions.models import (
    Action,
    Agency,
    Commitment,
    Decision,
    Meeting,
    Plan,
    Priority,
    Response,
    Seat,
    Source,
)
from actions.models.source import RESTRICTED

COMMITMENT_STATES = [(key, words) for key, (_, words) in WORDS_OF_COMMITMENTS.items()]


def day(value: Any) -> str | None:
    return value.isoformat() if value else None


def named(thing: Any) -> dict[str, Any] | None:
    return {"id": thing.pk, "name": thing.name} if thing else None


class Named(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class PriorityShape(serializers.ModelSerializer):
    class Meta:
        model = Priority
        fields = ["id", "number", "name", "plan"]


class PlanShape(serializers.ModelSerializer):
    priorities = PriorityShape(many=True)

    class Meta:
        model = Plan
        fields = ["id", "name", "starts_on", "ends_on", "priorities"]


class SourceShape(serializers.ModelSerializer):
    """A restricted one, under a commitment that was asked of one who may not read it, has no words of its own."""

    reference = serializers.CharField()
    kind: Any = serializers.SlugRelatedField("name", read_only=True)
    restricted = serializers.BooleanField(help_text="Not published: few may read its words")

    class Meta:
        model = Source
        fields = ["id", "number", "reference", "kind", "title", "short_title", "published_on", "restricted"]

    def to_representation(self, instance: Source) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if access.reads(self.context["request"].seat, instance):
            return shown
        return shown | {"kind": RESTRICTED, "title": RESTRICTED, "short_title": RESTRICTED}


class CommitmentShape(serializers.ModelSerializer):
    reference = serializers.CharField(help_text="Source, printed number and agency")
    source = SourceShape()  # type: ignore[assignment]
    agency = Named(allow_null=True)
    priority = Named(allow_null=True)
    due_precision = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(COMMITMENT_STATES, help_text="On this day")

    class Meta:
        model = Commitment
        fields = [
            "id", "number", "reference", "kind", "printed_number", "words", "source", "agency", "priority",
            "due_words", "due_on", "due_precision", "state",
        ]  # fmt: skip


class MeetingShape(serializers.ModelSerializer):
    subgroup = Named(allow_null=True, help_text="Null: the board's own")

    class Meta:
        model = Meeting
        fields = ["id", "subgroup", "meets_on", "cut_off_on", "state"]


class ResponseShape(serializers.ModelSerializer):
    """What one agency was asked about one commitment, and what it answers."""

    commitment: Any = serializers.SlugRelatedField(
        slug_field="number", read_only=True, help_text="By its number"
    )
    agency = Named()
    says = serializers.ChoiceField(
        Response.Says.choices, allow_blank=True, help_text="Empty: not answered yet"
    )
    answered_by = Named(allow_null=True)
    judged = serializers.ChoiceField(
        Response.Judged.choices, allow_blank=True, help_text="Whether what is in place already is shown to be"
    )
    judged_by = Named(allow_null=True)

    class Meta:
        model = Response
        fields = [
            "id", "commitment", "agency", "asked_on", "due_on", "says", "words", "link", "answered_on",
            "answered_by", "judged", "judged_on", "judged_by", "judged_words", "version",
        ]  # fmt: skip


class DecisionShape(serializers.ModelSerializer):
    """What the board decided at one of its meetings; it counts from the day of the meeting."""

    meeting = MeetingShape()  # type: ignore[assignment]
    by = Named(help_text="Who recorded it")
    commitments: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    actions: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    undone_by = Named(allow_null=True)

    class Meta:
        model = Decision
        fields = [
            "id", "kind", "words", "referred_to", "meeting", "by", "recorded_on", "commitments", "actions",
            "undone_on", "undone_by", "undone_words",
        ]  # fmt: skip


class AnsweringAction(serializers.ModelSerializer):
    class Meta:
        model = Action
        fields = ["number", "reference", "title", "status"]


class CoveredBy(serializers.Serializer):
    number = serializers.IntegerField()
    reference = serializers.CharField(help_text="Source, printed number and agency")


class CommitmentDetail(CommitmentShape):
    covered_by = serializers.SerializerMethodField(
        help_text="The commitment whose state counts here, since this one has nothing of its own"
    )
    missing = serializers.SerializerMethodField(
        help_text="What has yet to happen before it is complete, of what you may know: a sentence each"
    )
    actions = AnsweringAction(many=True)
    responses = ResponseShape(many=True, source="asked", help_text="Those that you may read")
    decisions = DecisionShape(many=True, source="decided", help_text="The latest meeting's first")

    class Meta(CommitmentShape.Meta):
        fields = [*CommitmentShape.Meta.fields, "actions", "responses", "decisions", "covered_by", "missing"]

    @extend_schema_field(CoveredBy(allow_null=True))
    def get_covered_by(self, commitment: Commitment) -> dict[str, Any] | None:
        found = covering.of(self.context["request"].seat, commitment)
        return CoveredBy(found.commitment).data if found else None

    def get_missing(self, commitment: Any) -> list[str]:
        seat = self.context["request"].seat
        return covering.still_missing(seat, commitment, commitment.asked, commitment.actions.all())


class AgencyShape(serializers.ModelSerializer):
    class Meta:
        model = Agency
        fields = ["id", "name", "short_name", "attendance"]


class SeatShape(serializers.ModelSerializer):
    agency = Named(allow_null=True)

    class Meta:
        model = Seat
        fields = ["id", "name", "job", "agency", "is_manager", "is_independent_chair", "is_lead"]
