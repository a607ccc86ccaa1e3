"""What the API takes: the parts that bodies are made of. They are shapes without rules, named as the verbs name their
arguments. An id finds a row of the seat's own board; another board's is as unknown as one that nobody has."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from actions import access
from actions.access import Behalf
from actions.days import YEARS
from actions.models import Action, Commitment, Meeting, Priority, Seat
from actions.models.board import BoardQuerySet

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


class Day(serializers.DateField):
    default_error_messages = {"year": f"Check the year: it is from {YEARS[0]} to {YEARS[-1]}."}

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if day.year not in YEARS:
            self.fail("year")
        return day


class Body(serializers.Serializer):
    # What is not taken is refused by its name: nothing that was sent is lost in silence.
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().to_internal_value(data)
        if unknown := set(data) - set(self.fields):
            raise serializers.ValidationError({name: ["This is not taken here."] for name in sorted(unknown)})
        return given


class About(Body):
    """May name something of the board."""

    action = ByNumber(Action.objects.all(), required=False, allow_null=True, help_text="Its number")
    commitment = ByNumber(
        Commitment.objects.filter(taken_back=False), required=False, allow_null=True, help_text="Its number"
    )
    priority = Here(Priority.objects.all(), required=False, allow_null=True, help_text="Its id")

    def named(self, attrs: dict[str, Any]) -> list[Any]:
        """What it names, taken out of `attrs`."""
        things = [attrs.pop(name, None) for name in ("action", "commitment", "priority")]
        return [thing for thing in things if thing is not None]


class Saw(Body):
    version = serializers.IntegerField(
        min_value=1, max_value=BIGGEST, help_text="Of the action as you saw it; another one since is 409"
    )


class Words(Saw):
    words = text(required=False, default="")


class Reason(Saw):
    reason = text()


SAID = ("on_behalf_of", "said_on", "how", "meeting")


class Said(Saw):
    """What may be said by one and written down by another: then both names, the day and the way are kept."""

    on_behalf_of = Here(
        Seat.objects.all(),
        required=False,
        allow_null=True,
        help_text="Whose words these are, where you may not do this yourself; that person hears of it",
    )
    said_on = Day(required=False, allow_null=True, help_text="On which day; needed with on_behalf_of")
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
