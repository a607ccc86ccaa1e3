"""Something that should be done, put forward: a draft, until somebody plans it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from actions import access, planning
from actions.models import Action, Agency, Commitment, Event, Meeting, Priority, Seat, Subgroup
from frontend.forms.steps import Typed, sentences


class Raise(forms.Form):
    # The last line of the trail that stood when the page was opened: a second click makes no second draft.
    since = forms.IntegerField(min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput)

    title = Typed(
        label="What should be done?",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say in a line what should be done."},
    )
    detail = sentences("Anything to add?", hint="No details that identify an adult.")
    priority = forms.ModelChoiceField(
        Priority.objects.none(), label="Which priority is it for?", required=False, empty_label="None"
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="At which meeting was it raised?", required=False, empty_label="None"
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Which agency should do it?", required=False, empty_label="Not said yet"
    )
    subgroup = forms.ModelChoiceField(
        Subgroup.objects.none(),
        label="Which subgroup watches over it?",
        required=False,
        empty_label="The board’s own",
        error_messages={"required": "Choose the subgroup that watches over it."},
    )

    def __init__(self, data: Any = None, *, by: Seat, commitment: Commitment | None, **kwargs: Any) -> None:
        self.by, self.commitment = by, commitment
        super().__init__(data, **kwargs)
        self.initial["since"] = Event.objects.visible_to(by).values_list("seq", flat=True).first() or 0
        fields: Any = self.fields
        meetings = Meeting.objects.visible_to(by).exclude(state=Meeting.State.CANCELLED)
        fields["meeting"].queryset = meetings.select_related("subgroup", "board").order_by("-meets_on", "pk")
        fields["priority"].queryset = Priority.objects.visible_to(by)
        self.either = () if commitment else ("priority", "meeting")
        if not commitment:
            fields["priority"].help_text = "Or the meeting below: say at least one."
        fields["agency"].queryset = Agency.objects.visible_to(by)
        fields["subgroup"].queryset = Subgroup.objects.visible_to(by)
        self._narrow(access.standing(by))

    def _narrow(self, held: frozenset[str]) -> None:
        """A lead puts forward for the own agency, a chair for the own subgroup; others for anybody."""
        fields: Any = self.fields
        if not held.isdisjoint({access.MANAGER, access.INDEPENDENT_CHAIR}):
            return
        if access.LEAD in held:
            fields["agency"].queryset = Agency.objects.visible_to(self.by).filter(pk=self.by.agency_id or 0)
        if access.CHAIR not in held:
            del fields["agency"]
            return
        if access.LEAD not in held:
            chaired = Subgroup.objects.visible_to(self.by).filter(pk__in=self.by.chaired)
            fields["subgroup"].queryset, fields["subgroup"].required = chaired, True
            fields["subgroup"].empty_label = None if len(self.by.chaired) == 1 else "Choose"

    @property
    def answers_nothing(self) -> bool:
        """Whether there is nothing yet on this board that an action could come from."""
        fields: Any = self.fields
        return self.commitment is None and not (
            fields["priority"].queryset.exists() or fields["meeting"].queryset.exists()
        )

    def save(self, today: date) -> Action:
        commitments = (self.commitment,) if self.commitment else ()
        return planning.raise_draft(commitments=commitments, by=self.by, today=today, **self.cleaned_data)
