"""What the API gives of actions: a line of a list, everything about one, its evidence and its trail. Lines are built as
plain dicts, since a hundred go out at once; a test holds each to the fields declared for the OpenAPI."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from actions import access
from actions.api.shapes import Named, day, named
from actions.files import TYPES
from actions.models import Action, Confidence, Event, Evidence, Seat, Status, Verdict
from actions.rag import COLOURS, STATES

STATUS_WORDS: dict[str, str] = {status.value: str(status.label) for status in Status}
RAGS = [*STATES, "none"]


class Answered(serializers.Serializer):
    """A commitment that an action answers."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    reference = serializers.CharField(help_text="Source, printed number and agency")


class ActionRow(serializers.Serializer):
    """One line of a list of actions. Needs `rag` on the action, its names, and what `lines.told` adds."""

    number = serializers.IntegerField()
    reference = serializers.CharField(help_text="Such as A-142")
    title = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    status_words = serializers.CharField()
    rag = serializers.ChoiceField(
        RAGS, help_text="Where it stands on this day; always show it with its words"
    )
    rag_words = serializers.CharField(
        allow_blank=True, help_text="The board's own; blank where it has no colour"
    )
    rag_colour = serializers.ChoiceField(list(COLOURS), help_text="The board's own")
    rag_because = serializers.CharField(help_text="Why, from the first rule that holds, as a clause")
    owner = Named(allow_null=True)
    agency = Named(allow_null=True)
    subgroup = Named(allow_null=True, help_text="Null: the board's own")
    priority = Named(allow_null=True)
    commitments = Answered(many=True)
    start_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    first_due_on = serializers.DateField(allow_null=True)
    times_moved = serializers.IntegerField()
    continuing = serializers.BooleanField()
    look_again_on = serializers.DateField(allow_null=True)
    wanted_on = serializers.DateField(allow_null=True, help_text="More time asked for, and not decided yet")
    said_on = serializers.DateField(allow_null=True)
    confidence = serializers.ChoiceField(Confidence.choices, allow_blank=True)
    asks_board = serializers.BooleanField(help_text="Its last update needs something from the board")
    waits = serializers.BooleanField(help_text="Its last update waits on somebody or something")
    done_on = serializers.DateField(allow_null=True)
    signed_off_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField(help_text="Send it back with a verb: it says what you saw")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return action_row(instance)


def action_row(action: Any) -> dict[str, Any]:
    return {
        "number": action.number,
        "reference": action.reference,
        "title": action.title,
        "status": action.status,
        "status_words": STATUS_WORDS[action.status],
        "rag": action.rag,
        "rag_words": action.shown.words,
        "rag_colour": action.shown.colour,
        "rag_because": action.because,
        "owner": named(action.owner),
        "agency": named(action.agency),
        "subgroup": named(action.subgroup),
        "priority": named(action.priority),
        "commitments": action.answered,
        "start_on": day(action.start_on),
        "due_on": day(action.due_on),
        "first_due_on": day(action.first_due_on),
        "times_moved": action.times_moved,
        "continuing": action.continuing,
        "look_again_on": day(action.look_again_on),
        "wanted_on": day(action.wanted_on),
        "said_on": day(action.said_on),
        "confidence": action.confidence,
        "asks_board": action.asks_board,
        "waits": action.waits,
        "done_on": day(action.done_on),
        "signed_off_on": day(action.signed_off_on),
        "version": action.version,
    }


class FileShape(serializers.Serializer):
    name = serializers.CharField()
    type = serializers.ChoiceField(list(TYPES))
    size = serializers.IntegerField(help_text="In bytes")
    sha256 = serializers.CharField()
    url = serializers.CharField(help_text="Where its bytes are")


class EvidenceShape(serializers.Serializer):
    id = serializers.IntegerField()
    shows = serializers.ChoiceField(Evidence.Shows.choices)
    words = serializers.CharField()
    link = serializers.CharField(allow_blank=True)
    by = Named()
    at = serializers.DateTimeField()
    relied_on = serializers.BooleanField()
    kind = serializers.ChoiceField(Evidence.Kind.choices)
    reached = serializers.IntegerField(allow_null=True, help_text="Training: how many people")
    out_of = serializers.IntegerField(allow_null=True, help_text="Training: of how many")
    has_file = serializers.BooleanField()
    file = FileShape(allow_null=True, help_text="Null also where it is not open to you")


def evidence_of(action: Action, seat: Seat) -> list[dict[str, Any]]:
    """In the order in which it came."""
    rows = list(action.evidence.select_related("by"))
    opens = any(one.file for one in rows) and access.opens_files(seat, action)
    return [evidence_row(one, action, seat, opens) for one in rows]


def evidence_row(one: Evidence, action: Action, seat: Seat, opens: bool) -> dict[str, Any]:
    """`opens`: whether the action's files are open to this seat."""
    return {
        "id": one.pk,
        "shows": one.shows,
        "words": one.words,
        "link": one.link,
        "by": named(one.by),
        "at": one.at,
        "relied_on": one.relied_on,
        "kind": one.kind,
        "reached": one.reached,
        "out_of": one.out_of,
        "has_file": bool(one.file),
        "file": file_of(one, action, seat) if one.file and opens else None,
    }


def file_of(one: Evidence, action: Action, seat: Seat) -> dict[str, Any]:
    return {
        "name": one.file_name,
        "type": one.file_type,
        "size": one.file_size,
        "sha256": one.sha256,
        "url": reverse("api-action-file", args=[seat.board.slug, action.number, one.pk]),
    }


class Planned(serializers.Serializer):
    actions = ActionRow(many=True)


class ActionDetail(ActionRow):
    detail = serializers.CharField(allow_blank=True)
    due_words = serializers.CharField(allow_blank=True, help_text="The date as it was printed")
    due_precision = serializers.CharField(allow_blank=True)
    planned_on = serializers.DateField(allow_null=True)
    review_on = serializers.DateField(allow_null=True, help_text="When its impact is to be checked")
    step_only = serializers.BooleanField()
    verdict = serializers.ChoiceField(
        Verdict.choices, allow_blank=True, help_text="Of its last impact review"
    )
    reviewed_on = serializers.DateField(allow_null=True)
    withdrawal = serializers.CharField(allow_blank=True)
    duplicate_of = serializers.IntegerField(allow_null=True, help_text="By its number: the one that stays")
    disowned_on = serializers.DateField(allow_null=True, help_text="Its owner said that it is not theirs")
    confirmed_on = serializers.DateField(allow_null=True, help_text="Continuing work: last said to go on")
    evidence = EvidenceShape(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return action_row(instance) | {
            "detail": instance.detail,
            "due_words": instance.due_words,
            "due_precision": instance.due_precision,
            "planned_on": day(instance.planned_on),
            "review_on": day(instance.review_on),
            "step_only": instance.step_only,
            "verdict": instance.verdict,
            "reviewed_on": day(instance.reviewed_on),
            "withdrawal": instance.withdrawal,
            "duplicate_of": instance.duplicate_of.number if instance.duplicate_of else None,
            "disowned_on": day(instance.disowned_on),
            "confirmed_on": day(instance.confirmed_on),
            "evidence": evidence_of(instance, self.context["request"].seat),
        }


class Stale(serializers.Serializer):
    """Somebody saved first, or the step no longer fits: what stands now."""

    detail = serializers.CharField()
    action = ActionDetail()


class EventShape(serializers.ModelSerializer):
    """One line of the trail. `words` null: redacted. Written down for another: `detail` says how it was said, at
    which meeting, and on which day where `on` is the day that it was done."""

    by = Named(allow_null=True)
    on_behalf_of = Named(allow_null=True, help_text="Whose words these are, where `by` wrote them down")
    owner = Named(allow_null=True, help_text="After this step; so are status, due_on and confidence")

    class Meta:
        model = Event
        fields = [
            "seq", "at", "on", "by", "on_behalf_of", "verb", "status", "due_on", "confidence", "owner",
            "words", "detail",
        ]  # fmt: skip
