"""What was decided at a meeting, what it concerns, and why it is taken back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from actions import minutes
from actions.models import Action, Commitment, Decision, Meeting, Seat
from frontend.forms.steps import sentences

REFERENCE = re.compile(r"^([AC])-?(\d{1,9})$", re.IGNORECASE)


class RecordForm(forms.Form):
    use_required_attribute = False

    words = sentences(
        "What was decided?",
        missing="Say what was decided, in words fit to publish.",
        hint="Everybody on the board reads it. No details that identify an adult.",
    )
    about = forms.CharField(
        label="Which actions and recommendations does it concern?",
        required=False,
        max_length=400,
        help_text="By their numbers: A-12 A-15 C-3. Empty where it concerns none of them.",
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, by: Seat, today: date) -> None:
        self.meeting, self.by, self.today = meeting, by, today
        super().__init__(data)

    def clean_about(self) -> dict[str, list[Any]]:
        """What is named, as far as this seat may see it: the rest is told by its name."""
        numbers: dict[str, set[int]] = {"A": set(), "C": set()}
        unknown = []
        for word in re.split(r"[\s,;]+", self.cleaned_data["about"].strip()):
            if found := REFERENCE.match(word):
                numbers[found[1].upper()].add(int(found[2]))
            elif word:
                unknown.append(word)
        actions = list(Action.objects.visible_to(self.by).filter(number__in=numbers["A"]))
        commitments = list(
            Commitment.objects.visible_to(self.by)
            .filter(number__in=numbers["C"], taken_back=False)
            .select_related("source")
        )
        unknown += [f"A-{one}" for one in sorted(numbers["A"] - {one.number for one in actions})]
        unknown += [f"C-{one}" for one in sorted(numbers["C"] - {one.number for one in commitments})]
        if unknown:
            raise forms.ValidationError(
                f"Nothing here is called {', '.join(unknown)}. Write them as A-12 or C-3."
            )
        return {"actions": actions, "commitments": commitments}

    def save(self) -> Decision:
        given = self.cleaned_data
        return minutes.record(
            self.meeting, words=given["words"], **given["about"], by=self.by, today=self.today
        )


class TakeBackForm(forms.Form):
    use_required_attribute = False

    reason = sentences("What was wrong?", missing="Say what was wrong.", rows=2)

    def __init__(self, data: Any = None, *, decision: Decision, by: Seat, today: date) -> None:
        self.decision, self.by, self.today = decision, by, today
        super().__init__(data)

    def save(self) -> Decision:
        return minutes.take_back(
            self.decision, reason=self.cleaned_data["reason"], by=self.by, today=self.today
        )
