"""What the API takes: shapes of bodies, no rules, named as the verbs name their arguments. An id finds a row of the
seat's own board; another board's is as unknown as one that nobody has."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from rest_framework import serializers

from actions import access, files
from actions.access import Behalf
from actions.models import (
    Action,
    Agency,
    Commitment,
    Confidence,
    Decision,
    Evidence,
    Meeting,
    Precision,
    Priority,
    Reading,
    Response,
    Seat,
    Subgroup,
    Verdict,
    Withdrawal,
)
from actions.models.board import BoardQuerySet
from actions.progress import Cause

LONG = 20_000  # characters: more than anybody says, less than harms
MOST = 100  # actions planned at once
BIGGEST = 2**31 - 1


class Here(serializers.PrimaryKeyRelatedField):
    """The id of a row of this board."""

    def __init__(self, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(queryset=rows, pk_field=serializers.IntegerField(), **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        assert isinstance(rows, BoardQuerySet)
        return rows.visible_to(self.context["request"].seat)


class ByNumber(Here):
    """The same, by the number that everybody sees."""

    def to_internal_value(self, data: Any) -> Any:
        number = self.pk_field.to_internal_value(data)  # type: ignore[union-attr]
        found = self.get_queryset().filter(number=number).first()
        if found is None:
            self.fail("does_not_exist", pk_value=data)
        return found


def text(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(allow_blank=True, max_length=LONG, **kwargs)


class Body(serializers.Serializer):
    # What is not taken is refused by its name: nothing that was sent is lost in silence.
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().to_internal_value(data)
        if unknown := set(data) - set(self.fields):
            raise serializers.ValidationError({name: ["This is not taken here."] for name in sorted(unknown)})
        return given


class Saw(Body):
    version = serializers.IntegerField(
        min_value=1, max_value=BIGGEST, help_text="Of the action as you saw it; another one since is 409"
    )


class Words(Saw):
    words = text(required=False, default="")


SAID = ("on_behalf_of", "said_on", "how", "meeting")


class Said(Saw):
    """What may be said by one and written down by another: then both names, the day and the way are kept."""

    on_behalf_of = Here(
        Seat.objects.all(),
        required=False,
        allow_null=True,
        help_text="Whose words these are, where you may not do this yourself; that person hears of it",
    )
    said_on = serializers.DateField(
        required=False, allow_null=True, help_text="On which day; needed with on_behalf_of"
    )
    how = serializers.ChoiceField(
        list(access.HOW.items()),
        required=False,
        allow_null=True,
        help_text="How it reached you; needed with on_behalf_of",
    )
    meeting = Here(
        Meeting.objects.all(),
        required=False,
        allow_null=True,
        help_text="At which it was said; needed for a sign-off, and where `how` is meeting",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either none of the four, or who, when and how: then they are the verb's `behalf`."""
        said = {name: attrs.pop(name, None) for name in SAID}
        if not any(said.values()):
            return attrs
        if missing := [name for name in SAID[:3] if not said[name]]:
            raise serializers.ValidationError(
                {name: [self.fields[name].error_messages["required"]] for name in missing}
            )
        return attrs | {"behalf": Behalf(said.pop("on_behalf_of"), **said)}


class Update(Said):
    confidence = serializers.ChoiceField(Confidence.choices)
    words = text()
    why = text(
        required=False, default="", help_text="Late, at risk or off track: why, and the risk meanwhile"
    )
    waiting_on = text(required=False, default="")
    needed_from_board = text(required=False, default="")
    not_begun = serializers.BooleanField(required=False, default=False)


class Finish(Said):
    words = text(help_text="What was done")
    done_on = serializers.DateField()


class TakeBack(Said):
    words = text(required=False, default="")


class SignOff(Said):
    relied_on = Here(Evidence.objects.all(), many=True, help_text="Evidence, by id")
    words = text(required=False, default="")
    review_on = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="When its impact is to be checked"
    )
    step_only = serializers.BooleanField(required=False, default=False)


class SendBack(Saw):
    reason = text()
    due_on = serializers.DateField()


class Reassign(Saw):
    owner = Here(Seat.objects.all(), source="to")
    reason = text(required=False, default="")


class Reschedule(Saw):
    reason = text()
    due_on = serializers.DateField()


class Attach(Saw):
    words = text(help_text="What it is")
    link = serializers.URLField(required=False, allow_blank=True, max_length=500, default="")
    shows = serializers.ChoiceField(Evidence.Shows.choices, required=False, default=Evidence.Shows.COMPLETION)
    kind = serializers.ChoiceField(Evidence.Kind.choices, required=False, default=Evidence.Kind.OTHER)
    reached = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=BIGGEST,
        help_text="Training: how many people; needs out_of",
    )
    out_of = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=BIGGEST, help_text="Training: of how many"
    )


class AttachFile(Attach):
    """The same as a form of several parts, with a file among them."""

    file = serializers.FileField(required=False, allow_empty_file=True, help_text=f"{files.SAID}")

    def validate_file(self, file: UploadedFile) -> tuple[str, bytes]:
        return file.name or "", file.read()


class AskForTime(Said):
    due_on = serializers.DateField(help_text="Until when")
    reason = text()


class NotMine(Said):
    words = text(help_text="Whose it is, or why it is not theirs")


class Share(Saw):
    contributors = Here(Seat.objects.all(), many=True)


class Grant(Saw):
    due_on = serializers.DateField(help_text="The day that was asked for, or another one")
    words = text(required=False, default="")


class Reason(Saw):
    reason = text()


class Hold(Saw):
    words = text(help_text="What it waits for")
    look_again_on = serializers.DateField()


class Withdraw(Saw):
    kind = serializers.ChoiceField(Withdrawal.choices)
    words = text(help_text="Why, in a sentence fit to be read by everybody")
    duplicate_of = ByNumber(
        Action.objects.all(), required=False, allow_null=True, help_text="Of a duplicate: the one that stays"
    )


class Restore(Saw):
    words = text()
    owner = Here(Seat.objects.all(), required=False, help_text="Where the one before has left the board")


class Reopen(Restore):
    cause = serializers.ChoiceField(Cause.choices)
    due_on = serializers.DateField()


class Confirm(Said):
    words = text(help_text="How one knows")
    look_again_on = serializers.DateField(help_text="The next look")
    link = serializers.URLField(required=False, allow_blank=True, max_length=500, default="")


class Correct(Saw):
    """Only what is to be put right needs to be sent."""

    reason = text()
    title = serializers.CharField(required=False, max_length=300)
    detail = text(required=False)
    due_on = serializers.DateField(required=False)
    start_on = serializers.DateField(required=False, allow_null=True)
    done_on = serializers.DateField(required=False)
    priority = Here(Priority.objects.all(), required=False, allow_null=True)
    subgroup = Here(Subgroup.objects.all(), required=False, allow_null=True)


class Seen(Saw):
    action = ByNumber(Action.objects.all(), help_text="Its number")


class ReviewImpact(Body):
    """Of one action, or of several that answer the same commitment."""

    actions = serializers.ListField(child=Seen(), min_length=1, max_length=MOST, help_text="Each once")
    commitment = ByNumber(
        Commitment.objects.filter(taken_back=False), required=False, allow_null=True, help_text="Its number"
    )
    verdict = serializers.ChoiceField(Verdict.choices)
    words = text(
        required=False,
        default="",
        help_text="What was looked at, and what it showed; blank only where evidence shows that practice has changed",
    )
    sentence = serializers.CharField(max_length=300, help_text="What made a difference, fit to publish")
    link = serializers.URLField(required=False, allow_blank=True, max_length=500, default="")
    again_on = serializers.DateField(required=False, allow_null=True, help_text="Check once more")
    reopen_until = serializers.DateField(
        required=False, allow_null=True, help_text="Not effective: opened again, with this new due date"
    )
    instead = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text="Not effective: put forward instead"
    )
    owner = Here(
        Seat.objects.all(),
        required=False,
        allow_null=True,
        help_text="Opened again: who goes on, where the owner before has left the board",
    )
    relied_on = Here(
        Evidence.objects.impact_first(),
        many=True,
        required=False,
        help_text="Evidence of these actions, by id",
    )

    def validate_actions(self, seen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({one["action"] for one in seen}) < len(seen):
            raise serializers.ValidationError("Name each action once.")
        return seen


class Number(serializers.DecimalField):
    """As a string or a number: "62.5" or 62.5."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, **kwargs)


class Numbered(Body):
    name = serializers.CharField(max_length=200, help_text="What is measured")
    unit = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Such as %, people"
    )
    source: Any = serializers.CharField(max_length=200, help_text="Where the number comes from")
    baseline = Number(help_text="Where it stood")
    baseline_on = serializers.DateField()
    target = Number(help_text="Where it should go: higher or lower")
    target_on = serializers.DateField(required=False, allow_null=True)


class Measured(Numbered):
    """Of one thing: an action, a commitment or a priority."""

    action = ByNumber(Action.objects.all(), required=False, allow_null=True, help_text="Its number")
    commitment = ByNumber(
        Commitment.objects.filter(taken_back=False), required=False, allow_null=True, help_text="Its number"
    )
    priority = Here(Priority.objects.all(), required=False, allow_null=True, help_text="Its id")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = [attrs.pop(name, None) for name in ("action", "commitment", "priority")]
        things = [thing for thing in named if thing is not None]
        if len(things) != 1:
            raise serializers.ValidationError("Name what it measures: an action, a commitment or a priority.")
        return attrs | {"thing": things[0]}


class Read(Body):
    value = Number(help_text="What it was")
    on = serializers.DateField(help_text="On which day; for one that was read before, the new value stands")
    source: Any = serializers.CharField(
        required=False, allow_blank=True, max_length=200, default="", help_text="If elsewhere than usual"
    )


class Corrected(Body):
    mark = serializers.CharField(
        max_length=16, source="saw", help_text="Of the measure as you saw it; another one since is 409"
    )
    reason = text(help_text="What was wrong")


class CorrectMeasure(Corrected, Numbered):
    """Only what is to be put right needs to be sent."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in set(fields) - {"mark", "reason"}:
            fields[name].required = False
        return fields


class CorrectReading(Corrected):
    """Only what is to be put right needs to be sent, beside its id."""

    reading = Here(Reading.objects.all(), help_text="Its id")
    value = Number(required=False)
    on = serializers.DateField(required=False)
    source: Any = serializers.CharField(required=False, allow_blank=True, max_length=200)


class ShareOut(Body):
    commitment = ByNumber(Commitment.objects.filter(taken_back=False), help_text="Its number")
    agencies = Here(Agency.objects.all(), many=True, allow_empty=False)
    due_on = serializers.DateField(
        required=False, allow_null=True, help_text="Left out: in twenty working days"
    )


class Respond(Said):
    says = serializers.ChoiceField(Response.Says.choices)
    words = text(required=False, default="", help_text="Needed for every answer but accepted")
    link = serializers.URLField(
        required=False,
        allow_blank=True,
        max_length=500,
        default="",
        help_text="What shows that it is in place already",
    )


class Judge(Words):
    accepted = serializers.BooleanField(help_text="Whether what is said to be in place is shown to be")


class Decide(Body):
    """A decision of the board, at one of its own meetings."""

    commitments = ByNumber(
        Commitment.objects.filter(taken_back=False), many=True, allow_empty=False, help_text="By number"
    )
    kind = serializers.ChoiceField(Decision.Kind.choices)
    meeting = Here(Meeting.objects.all())
    words = text(help_text="The reason, fit to publish")
    referred_to = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class Undo(Body):
    reason = text(help_text="What was wrong")


class PlanDraft(Saw):
    owner = Here(Seat.objects.all())
    due_on = serializers.DateField(required=False, allow_null=True)
    look_again_on = serializers.DateField(
        required=False, allow_null=True, help_text="For continuing work, instead of a due date"
    )
    start_on = serializers.DateField(required=False, allow_null=True)
    subgroup = Here(Subgroup.objects.all(), required=False, allow_null=True)


class Raise(Body):
    """Something that should be done. It answers commitments, or comes from a meeting or a priority."""

    title = serializers.CharField(max_length=300)
    detail = text(required=False)
    commitments = Here(Commitment.objects.filter(taken_back=False), many=True, required=False)
    priority = Here(Priority.objects.all(), required=False, allow_null=True)
    meeting = Here(Meeting.objects.all(), required=False, allow_null=True)
    subgroup = Here(Subgroup.objects.all(), required=False, allow_null=True)
    agency = Here(Agency.objects.all(), required=False, allow_null=True)
    owner = Here(Seat.objects.all(), required=False, allow_null=True, help_text="Who might do it")


class Wanted(Body):
    """One action to be planned: with an owner, a day, and what it answers or comes from."""

    title = text()
    owner = Here(Seat.objects.all())
    due_on = serializers.DateField(required=False, allow_null=True)
    look_again_on = serializers.DateField(
        required=False, allow_null=True, help_text="For continuing work, instead of a due date"
    )
    start_on = serializers.DateField(required=False, allow_null=True)
    subgroup = Here(Subgroup.objects.all(), required=False, allow_null=True)
    priority = Here(Priority.objects.all(), required=False, allow_null=True)
    commitments = Here(Commitment.objects.filter(taken_back=False), many=True, required=False)
    meeting = Here(Meeting.objects.all(), required=False, allow_null=True)
    detail = text(required=False)
    due_words = serializers.CharField(
        required=False, allow_blank=True, max_length=120, help_text="The date as it was printed"
    )
    due_precision = serializers.ChoiceField(
        [Precision.DAY, Precision.MONTH, Precision.QUARTER], required=False, default=Precision.DAY
    )


class Plan(Body):
    actions = serializers.ListField(child=Wanted(), min_length=1, max_length=MOST)
