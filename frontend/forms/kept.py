"""What the manager fills in to keep the board: each form calls its one verb and carries a mark of what was seen."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from actions import boards, kept
from actions.models import Agency, Board, Seat, SourceKind, Subgroup
from actions.refusals import Refused
from frontend.saving import refused, seen_now


class Keeping(forms.Form):
    """A form about one row: new (not saved yet) or as it was seen."""

    names: ClassVar[tuple[str, ...]] = ()  # of the row's columns that it fills in

    use_required_attribute = False

    saw = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *, row: Any, by: Seat, today: date) -> None:
        self.row, self.by, self.today = row, by, today
        seen = {name: getattr(row, name) for name in self.names} if row.pk else {}
        super().__init__(data, initial=self.start_with() | seen | {"saw": kept.mark(row)})

    def start_with(self) -> dict[str, Any]:
        return {}

    @property
    def given(self) -> dict[str, Any]:
        """What every verb is given."""
        return {"by": self.by, "today": self.today, "saw": self.cleaned_data["saw"]}

    @property
    def filled(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}

    def save(self) -> Any:
        raise NotImplementedError

    def refuse(self, refusal: Refused) -> int:
        """Puts a refusal on its field and says the answer's status. After one by another's save, the next one is
        made on what stands now."""
        if (status := refused(self, refusal)) != 409:
            return status
        stands = type(self.row).objects.filter(pk=self.row.pk).first() or type(self.row)()
        seen_now(self, "saw", kept.mark(stands))
        return 409


def line(label: str, longest: int, hint: str = "") -> forms.CharField:
    missing = {"required": f"Give the {label.lower()}."}
    return forms.CharField(label=label, max_length=longest, help_text=hint, error_messages=missing)


class TheBoardForm(Keeping):
    names = ("name", "division")

    name = line("Name of the board", 200)
    division = forms.ChoiceField(label="Whose bank holidays count", choices=Board.Division.choices)

    def save(self) -> Board:
        return boards.keep_board(self.row, **self.filled, **self.given)


class AgencyForm(Keeping):
    names = ("name", "short_name", "attendance")

    name = line("Name", 200)
    short_name = line(
        "Short name", 40, "As people say it: “Police”, “ICB”. It stands in lists and references."
    )
    attendance = forms.ChoiceField(
        label="At the board’s meetings", choices=Agency.Attendance.choices, initial=Agency.Attendance.ATTENDS
    )

    def save(self) -> Agency:
        return boards.keep_agency(self.row, **self.filled, **self.given)


class SubgroupForm(Keeping):
    names = ("name",)

    name = line("Name", 200, "As it is called: “Learning and Review”.")

    def save(self) -> Subgroup:
        return boards.keep_subgroup(self.row, **self.filled, **self.given)


class SourceKindForm(Keeping):
    names = ("name",)

    name = line("Name", 80, "What asks your board for change, or promises it: “Domestic homicide review”.")

    def save(self) -> SourceKind:
        return boards.keep_source_kind(self.row, **self.filled, **self.given)


class RemoveForm(Keeping):
    def save(self) -> None:
        boards.remove(self.row, **self.given)
