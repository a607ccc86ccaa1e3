"""Something that should be done, put forward: a draft, until somebody plans it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from actions import access, planning
from actions.models import Action, Agency, Commitment, Meeting, Priority, Seat, Subgroup
from frontend.forms.steps import sentences


class Raise(forms.Form):
    title = forms.CharField(
        label="What should be done?",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say in a line what should be done."},
    )
    detail = sentences("Anything to add?", hint="No details that identify an adult.")
    priority = forms.ModelChoiceField(Priority.objects.none(), label="Priority", required=False)
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Raised at the meeting", required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", required=False)
    subgroup = forms.ModelChoiceField(Subgroup.objects.none(), label="Subgroup", required=False)

    def __init__(self, data: Any = None, *, by: Seat, commitment: Commitment | None, **kwargs: Any) -> None:
        self.by, self.commitment = by, commitment
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        meetings = Meeting.objects.visible_to(by).exclude(state=Meeting.State.CANCELLED)
        fields["meeting"].queryset = meetings.select_related("subgroup", "board").order_by("-meets_on", "pk")
        fields["priority"].queryset = Priority.objects.visible_to(by)
        fields["agency"].queryset = Agency.objects.visible_to(by)
        fields["subgroup"].queryset = Subgroup.objects.visible_to(by)
        fields["subgroup"].empty_label = "The board’s own"
        if access.standing(by).isdisjoint({access.MANAGER} | access.CHAIRS):
            del fields["agency"]  # a lead raises for the own agency

    def save(self, today: date) -> Action:
        commitments = (self.commitment,) if self.commitment else ()
        return planning.raise_draft(commitments=commitments, by=self.by, today=today, **self.cleaned_data)
