"""What the API takes to plan an action and to move it: one body for each verb."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from rest_framework import serializers

from actions import files
from actions.api.bodies import BIGGEST, MOST, Body, ByNumber, Day, Here, Said, Saw, text
from actions.models import (
    Action,
    Agency,
    Commitment,
    Confidence,
    Evidence,
    Meeting,
    Precision,
    Priority,
    Seat,
    Subgroup,
    Withdrawal,
)
from actions.progress import Cause


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
    done_on = Day()


class TakeBack(Said):
    words = text(required=False, default="")


class SignOff(Said):
    relied_on = Here(Evidence.objects.all(), many=True, help_text="Evidence, by id")
    words = text(required=False, default="")
    review_on = Day(
        required=False, allow_null=True, default=None, help_text="When its impact is to be checked"
    )
    step_only = serializers.BooleanField(required=False, default=False)


class SendBack(Saw):
    reason = text()
    due_on = Day(help_text="The new date; of continuing work the day to look again")


class Reassign(Saw):
    owner = Here(Seat.objects.all(), source="to")
    reason = text(required=False, default="")


class Reschedule(Said):
    reason = text()
    due_on = Day()


class Attach(Said):
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
    due_on = Day(help_text="Until when")
    reason = text()


class NotMine(Said):
    words = text(help_text="Whose it is, or why it is not theirs")


class Share(Saw):
    contributors = Here(Seat.objects.all(), many=True)


class Grant(Said):
    due_on = Day(help_text="The day that was asked for, or another one")
    words = text(required=False, default="")


class Hold(Saw):
    words = text(help_text="What it waits for")
    look_again_on = Day()


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
    due_on = Day()


class Confirm(Said):
    words = text(help_text="How one knows")
    look_again_on = Day(help_text="The next look")
    link = serializers.URLField(required=False, allow_blank=True, max_length=500, default="")


class Correct(Saw):
    """Only what is to be put right needs to be sent."""

    reason = text()
    title = serializers.CharField(required=False, max_length=300)
    detail = text(required=False)
    due_on = Day(required=False)
    start_on = Day(required=False, allow_null=True)
    done_on = Day(required=False)
    priority = Here(Priority.objects.all(), required=False, allow_null=True)
    subgroup = Here(Subgroup.objects.all(), required=False, allow_null=True)


class PlanDraft(Saw):
    owner = Here(Seat.objects.all())
    due_on = Day(required=False, allow_null=True)
    look_again_on = Day(
        required=False, allow_null=True, help_text="For continuing work, instead of a due date"
    )
    start_on = Day(required=False, allow_null=True)
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
    due_on = Day(required=False, allow_null=True)
    look_again_on = Day(
        required=False, allow_null=True, help_text="For continuing work, instead of a due date"
    )
    start_on = Day(required=False, allow_null=True)
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
