"""One block per action to be planned, beside the words that it answers; several blocks are planned at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Count

from actions.intake import sentences
from actions.models import Commitment, Precision, Priority, Seat, Source, Subgroup
from actions.planning import Wanted
from frontend.forms.rendering import DayField
from frontend.sent import whole

AT_ONCE = 20  # blocks on one page: a select of every owner stands in each
TITLE = 120  # a title is a line, not the paragraph that was printed


@dataclass(frozen=True)
class Places:
    """What the blocks of one page can choose from, asked for once."""

    owners: dict[str, Seat]
    subgroups: dict[str, Subgroup]
    priorities: dict[str, Priority]
    commitments: dict[int, Commitment]

    @classmethod
    def of(cls, seat: Seat, source: Source, numbers: Iterable[int]) -> Places:
        owners = Seat.objects.visible_to(seat).active().select_related("agency")
        return cls(
            {str(one.pk): one for one in owners.order_by("agency__name", "name", "pk")},
            {str(one.pk): one for one in Subgroup.objects.visible_to(seat)},
            {str(one.pk): one for one in Priority.objects.visible_to(seat)},
            commitments(seat, source, numbers),
        )

    def owners_first_of(self, agency_id: int | None) -> list[Any]:
        """By agency, that of the commitment first."""
        groups = [
            (agency.name if agency else "No agency", [(str(one.pk), one.name) for one in seats], agency)
            for agency, seats in groupby(self.owners.values(), key=lambda one: one.agency)
        ]
        groups.sort(key=lambda group: (group[2] is None, group[2] is not None and group[2].pk != agency_id))
        return [("", "Choose"), *((name, people) for name, people, _ in groups)]


def commitments(seat: Seat, source: Source, numbers: Iterable[int]) -> dict[int, Commitment]:
    found = (
        Commitment.objects.visible_to(seat)
        .filter(source=source, taken_back=False, number__in=list(numbers))
        .select_related("source", "agency", "priority")
        .annotate(answered=Count("answers"))
    )
    return {one.number: one for one in found.order_by("number")}


class PlanForm(forms.Form):
    commitment = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    answered = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    title = forms.CharField(
        label="What will be done",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say in a line what will be done."},
    )
    owner = forms.TypedChoiceField(
        label="Owner",
        error_messages={
            "required": "Choose who will do it.",
            "invalid_choice": "Choose an owner who has a seat on this board.",
        },
    )
    due_on = DayField(
        label="Due",
        error_messages={"required": "Give a due date, or a day to look again if the work is continuing."},
    )
    look_again_on = DayField(
        label="Or, for continuing work, look again on",
        required=False,
        help_text="For work without an end. It has no due date and is never overdue.",
    )
    subgroup = forms.TypedChoiceField(
        label="Subgroup that watches over it",
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of this board's subgroups."},
    )
    priority = forms.TypedChoiceField(
        label="Priority",
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of this board's priorities."},
    )

    def __init__(self, *args: Any, places: Places, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.about = places.commitments.get(self._number())
        self._offer(
            "owner", places.owners, places.owners_first_of(self.about.agency_id if self.about else None)
        )
        self._offer("subgroup", places.subgroups, [("", "The board itself"), *named(places.subgroups)])
        self._offer("priority", places.priorities, [("", "None"), *named(places.priorities)])
        # One of the two days is needed: which is known by what was sent.
        self.fields["due_on"].required = not self.data.get(self.add_prefix("look_again_on"))
        if self.about and self.about.due_on and self.about.due_on < today:
            self.fields["due_on"].help_text = "The printed date has passed."

    def _number(self) -> int:
        given = (
            self.data.get(self.add_prefix("commitment"), "") if self.is_bound else self.initial["commitment"]
        )
        return whole(str(given))

    def _offer(self, name: str, rows: dict[str, Any], choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices, field.coerce = choices, rows.get

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.about is None:
            raise forms.ValidationError(
                "This commitment was put back or is not of this source. Leave it out."
            )
        if given.get("due_on") and given.get("look_again_on"):
            self.add_error("look_again_on", "Give a due date or a day to look again, not both.")
        return given

    def wanted(self) -> Wanted:
        given, about = self.cleaned_data, self.about
        assert about is not None  # clean() refuses it
        as_printed = given["due_on"] is not None and given["due_on"] == about.due_on
        return Wanted(
            title=given["title"],
            owner=given["owner"],
            due_on=given["due_on"],
            look_again_on=given["look_again_on"],
            subgroup=given["subgroup"],
            priority=given["priority"],
            commitments=(about,),
            due_words=about.due_words if as_printed or given["look_again_on"] else "",
            due_precision=about.due_precision if as_printed else Precision.DAY,
        )


Blocks: Any = forms.formset_factory(
    PlanForm, extra=0, max_num=2 * AT_ONCE, absolute_max=2 * AT_ONCE, validate_max=True
)
TYPED = ("title", "owner", "due_on", "look_again_on", "subgroup", "priority")


def named(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(pk, str(row)) for pk, row in rows.items()]


def begin_with(about: Commitment) -> dict[str, Any]:
    """A block as it first stands: the commitment's own words, date and priority."""
    return {
        "commitment": about.number,
        "answered": about.answered,  # type: ignore[attr-defined]
        "title": short(about.words),
        "due_on": about.due_on,
        "priority": str(about.priority_id or ""),
    }


def another_for(about: Commitment) -> dict[str, Any]:
    return begin_with(about) | {"title": ""}


def short(words: str) -> str:
    """The first sentence, cut at a word where it is long."""
    line = words.split("\n")[0]
    spans = sentences.spans(line)
    first = line[: spans[0][1]] if spans else line
    if len(first) <= TITLE:
        return first.rstrip(".")
    return first[: TITLE - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"


def typed(data: Any, index: int) -> dict[str, Any]:
    """What stands in one block, as it was sent."""
    names = ("commitment", "answered", *TYPED)
    return {name: data.get(f"form-{index}-{name}", "") for name in names}
