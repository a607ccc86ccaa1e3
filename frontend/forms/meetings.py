"""What a person fills in about meetings: a run of them, their days, and what became of one. Each calls its one verb."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from actions import access, boards, days, meetings
from actions.models import Meeting, Seat, Subgroup
from actions.refusals import Invalid
from frontend.forms.kept import Keeping
from frontend.forms.rendering import DayField

EVERY = {"1": "Every month", "2": "Every two months", "3": "Every quarter", "6": "Every six months"}
MOST = 12
BOARD = "board"


class RunForm(forms.Form):
    """Whose meetings, from which day on, how often: the days themselves come next and can still be changed."""

    use_required_attribute = False

    of = forms.ChoiceField(
        label="Whose meetings", error_messages={"required": "Say whose meetings these are."}
    )
    first = DayField(label="First one on")
    every = forms.ChoiceField(label="How often", choices=list(EVERY.items()), initial="3")
    times = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=MOST,
        initial=4,
        error_messages={
            "required": "Say how many.",
            "invalid": "Say how many, as a number.",
            "min_value": "Add at least one.",
            "max_value": f"Add up to {MOST} at once.",
        },
    )

    def __init__(self, *args: Any, by: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups(by)
        of: Any = self.fields["of"]
        of.choices = [(key, group.name if group else "The board") for key, group in self.groups.items()]

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if not 2000 <= first.year <= 2100:
            raise forms.ValidationError("Check the year.")
        return first

    @property
    def subgroup(self) -> Subgroup | None:
        return self.groups[self.cleaned_data["of"]]

    def rows(self, by: Seat) -> list[dict[str, date]]:
        given = self.cleaned_data
        found = days.repeated(given["first"], months=int(given["every"]), times=given["times"])
        return [{"meets_on": day, "cut_off_on": meetings.cut_off(day, by.board)} for day in found]


def groups(by: Seat) -> dict[str, Subgroup | None]:
    """Whose meetings this seat may keep, by what the page calls them."""
    found: dict[str, Subgroup | None] = (
        {BOARD: None} if access.may(by, "keep_meetings", Meeting(board=by.board)) else {}
    )
    for group in Subgroup.objects.visible_to(by):
        if access.may(by, "keep_meetings", Meeting(board=by.board, subgroup=group)):
            found[str(group.pk)] = group
    return found


class DayForm(forms.Form):
    """One meeting of a run. Emptied, it is left out."""

    use_required_attribute = False

    meets_on = DayField(label="Day", required=False)
    cut_off_on = DayField(label="Papers close", required=False, help_text="Empty: ten working days before.")

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.initial.get("meets_on")
        self.fields["meets_on"].widget.attrs["data-weekday"] = ""
        if day and not days.is_working(day, division):
            self.fields["meets_on"].help_text = f"{day:%A}: not a working day."
        elif day:
            self.fields["meets_on"].help_text = f"{day:%A}"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        meets_on, cut_off_on = given.get("meets_on"), given.get("cut_off_on")
        if cut_off_on and not meets_on and "meets_on" not in self.errors:
            self.add_error("meets_on", "Give the day, or empty both to leave this one out.")
        if meets_on and cut_off_on and cut_off_on > meets_on:
            self.add_error("cut_off_on", "Give the day of the meeting or one before it.")
        return given


Days: Any = forms.formset_factory(DayForm, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True)


def add(run: RunForm, forms_of_days: Any, *, by: Seat, today: date) -> list[Meeting]:
    wanted = [
        meetings.Wanted(one.cleaned_data["meets_on"], one.cleaned_data["cut_off_on"])
        for one in forms_of_days
        if one.cleaned_data.get("meets_on")
    ]
    if not wanted:
        raise Invalid("Give at least one day.")
    return meetings.add(wanted, subgroup=run.subgroup, by=by, today=today)


class Became(Keeping):
    """What became of one meeting."""

    title: ClassVar[str]
    button: ClassVar[str]
    said: ClassVar[str]
    intro: ClassVar[str] = ""
    warning: ClassVar[bool] = False
    row: Meeting


class HoldForm(Became):
    title, button, said = "It was held", "It was held", "marked as held"
    intro = "Lateness is counted in board meetings held: overdue by two turns red."

    held_on = DayField(label="On which day?")

    def start_with(self) -> dict[str, Any]:
        return {"held_on": self.row.meets_on}

    def save(self) -> Meeting:
        return meetings.hold(self.row, held_on=self.cleaned_data["held_on"], **self.given)


class MoveForm(Became):
    title, button, said = "Move it to another day", "Move it", "this is its new day"
    names = ("meets_on", "cut_off_on")

    meets_on = DayField(label="New day")
    cut_off_on = DayField(
        label="Papers close", required=False, help_text="Empty: ten working days before the new day."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Papers that close on the usual day move along; a day that somebody chose stands until it is changed."""
        super().__init__(*args, **kwargs)
        if self.row.cut_off_on == meetings.cut_off(self.row.meets_on, self.row.board):
            self.initial["cut_off_on"] = None

    def save(self) -> Meeting:
        return meetings.move(self.row, **self.filled, **self.given)


class CancelForm(Became):
    title, button, said = "Cancel it", "Cancel it", "cancelled"
    intro = "It will not be held, and its cut-off no longer counts. Nobody is told by mail."
    warning = True

    reason = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say why it is cancelled."}
    )

    def save(self) -> Meeting:
        return meetings.cancel(self.row, reason=self.cleaned_data["reason"], **self.given)


class CorrectForm(Became):
    title, button, said = "Correct it", "Correct it", "corrected; the trail keeps what stood before"
    names = ("meets_on", "cut_off_on", "state")

    meets_on = DayField(label="Day")
    cut_off_on = DayField(label="Papers close")
    state = forms.ChoiceField(label="Was it held?", choices=Meeting.State.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="What was wrong", max_length=300, error_messages={"required": "Say what was wrong."}
    )

    def save(self) -> Meeting:
        return meetings.correct(self.row, **self.filled, reason=self.cleaned_data["reason"], **self.given)


class RemoveMeetingForm(Became):
    title, button, said = "Remove it", "Remove it", "removed"
    intro = "For one that was entered by mistake. One that does not take place is cancelled instead."
    warning = True

    def save(self) -> None:
        boards.remove(self.row, **self.given)


BECAME: dict[str, type[Became]] = {
    "hold": HoldForm,
    "move": MoveForm,
    "cancel": CancelForm,
    "correct": CorrectForm,
    "remove": RemoveMeetingForm,
}
