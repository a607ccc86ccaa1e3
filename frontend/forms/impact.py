"""What a reviewer fills in: has practice changed, what shows it, and what follows."""

from __future__ import annotations

from typing import Any

from django import forms

from actions import impact
from actions.impact import Found
from actions.models import Action, Commitment, Seat, Verdict
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, sentences

CHOICES = {
    Verdict.EMBEDDED: "Embedded: practice has changed, and it shows",
    Verdict.PARTLY: "Partly: practice has changed here and there",
    Verdict.NOT_EFFECTIVE: "Not effective: it was done, and practice has not changed",
}


class Findings(forms.Form):
    verdict = forms.ChoiceField(
        label="Has practice changed?",
        choices=[(verdict.value, words) for verdict, words in CHOICES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the check found."},
    )
    words = sentences(
        "What did you look at, and what did it show?",
        missing="Say what you looked at, and what it showed.",
        hint="An audit, data, an inspection, what staff say, what adults and families say. "
        "No details that identify an adult.",
    )
    link = forms.URLField(
        label="Link to what shows it",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, such as https://example.org/audit."},
    )
    sentence = forms.CharField(
        label="In one sentence, fit to publish: what made a difference?",
        max_length=impact.SENTENCE,
        help_text="The board summary prints it.",
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say in one sentence what made a difference, or that nothing has."},
    )
    again_on = DayField(label="Check once more on", required=False)
    reopen_until = DayField(
        label="If it is not effective: open it again, until",
        required=False,
        help_text="Its owner goes on with it, by this new date.",
    )
    instead = forms.CharField(
        label="Or put something else forward",
        required=False,
        max_length=300,
        help_text="What should be done instead, in a line. It becomes a draft, to be planned.",
    )

    @property
    def found(self) -> Found:
        return Found(**{name: self.cleaned_data[name] for name in Found.__dataclass_fields__})


class ReviewImpact(Findings, Step):
    """Of one action."""

    verb, title, button = "review_impact", "Check its impact", "Save the check"
    offer, said = "Check its impact", "The check is saved."
    texts = ("words", "sentence")

    def save(self) -> None:
        versions = {self.action: self.cleaned_data["version"]}
        impact.review(versions, self.found, by=self.by, today=self.today)


class ReviewTogether(Findings):
    """Of all that answer one commitment, or those ticked. Each choice carries the version that was seen."""

    actions = forms.MultipleChoiceField(
        label="Which actions does it cover?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one action that is signed off.",
            "invalid_choice": "Somebody changed one of these actions since you opened the page. "
            "Look at what is left, then save again.",
        },
    )
    field_order = ("actions",)

    def __init__(self, data: Any = None, *, actions: list[Action], **kwargs: Any) -> None:
        self.offered = {f"{action.pk}-{action.version}": action for action in actions}
        super().__init__(data, initial={"actions": list(self.offered)}, **kwargs)
        self.fields["actions"].choices = [  # type: ignore[attr-defined]
            (key, f"{action.reference} {action.title}") for key, action in self.offered.items()
        ]

    def save(self, commitment: Commitment, by: Seat) -> None:
        versions = {self.offered[key]: self.offered[key].version for key in self.cleaned_data["actions"]}
        impact.review(versions, self.found, by=by, today=by.board.today, commitment=commitment)
