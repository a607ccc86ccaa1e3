"""What a person says of two commitments, and why work is opened again for a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from actions import links, repeating
from actions.models import Action, Commitment, CommitmentLink, LinkKind, Seat
from frontend.forms.deciding import owner_field, owners
from frontend.forms.rendering import DayField
from frontend.forms.steps import sentences

CHOICES = {
    LinkKind.COVERED_BY: "It is already covered by {other}: the work there answers it too",
    LinkKind.REPEATS: "It repeats {other}: the same was asked before",
    LinkKind.RELATED: "It is related to {other}: whoever works on one should know of the other",
    LinkKind.NOT_THE_SAME: "They are not the same: do not tell me again",
}


class Link(forms.Form):
    saw = forms.IntegerField(min_value=1, max_value=2**62, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="What have the two to do with each other?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the two have to do with each other."},
    )
    words = forms.CharField(
        label="Why?",
        required=False,
        max_length=links.LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text="Stands beside the link, for everybody who may read both.",
    )

    def __init__(
        self, data: Any = None, *, commitment: Commitment, other: Commitment, stands: CommitmentLink | None
    ) -> None:
        self.commitment, self.other = commitment, other
        initial: dict[str, Any] = {"saw": stands.pk, "words": stands.words} if stands else {}
        if stands and stands.commitment_id == commitment.pk:
            initial["kind"] = stands.kind
        super().__init__(data, initial=initial)
        said = [(kind.value, words.format(other=other.reference)) for kind, words in CHOICES.items()]
        self.fields["kind"].choices = said  # type: ignore[attr-defined]

    def save(self, by: Seat, today: date) -> None:
        links.link(self.commitment, self.other, by=by, today=today, **self.cleaned_data)


class ReopenFor(forms.Form):
    version = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)
    words = sentences(
        "What is asked for again, and what should its owner do?",
        missing="Say what is asked for again, so that the owner knows what to do.",
    )
    due_on = DayField(label="New due date")
    owner = owner_field("Who goes on with it?", required=False)

    def __init__(self, data: Any = None, *, action: Action, commitment: Commitment, by: Seat) -> None:
        self.action, self.commitment = action, commitment
        words = f"Asked for again: {commitment.reference}."
        super().__init__(data, initial={"version": action.version, "words": words})
        if action.owner and action.owner.left_on:
            self.fields["owner"].queryset = owners(by)  # type: ignore[attr-defined]
            self.fields["owner"].help_text = f"{action.owner.name} has left the board."
        else:
            del self.fields["owner"]

    def save(self, by: Seat, today: date) -> None:
        repeating.reopen_for(self.commitment, self.action, by=by, today=today, **self.cleaned_data)
