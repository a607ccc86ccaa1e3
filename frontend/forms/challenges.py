"""A question to one or several, an answer to it, and its end. Each form calls its one verb."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from actions import access, challenges, responses
from actions.challenges import About, Whom
from actions.models import Action, Agency, Asked, Challenge, Priority, Seat, Subgroup
from frontend.forms import behalf
from frontend.forms.rendering import DayField
from frontend.forms.steps import sentences

OURS = {"invalid_choice": "Choose from what this board has."}


def several(label: str, rows: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        rows, label=label, required=False, widget=forms.CheckboxSelectMultiple, error_messages=OURS
    )


def owner_of(about: About | None, by: Seat) -> int | None:
    """Whom one most likely asks about an action."""
    owner = about.owner_id if isinstance(about, Action) else None
    return owner if owner != by.pk else None


class Ask(forms.Form):
    words = sentences(
        "What do you ask?",
        missing="Say what you ask.",
        hint="Whoever may read what it is about reads this too. No details that identify an adult.",
        rows=4,
    )
    agencies = several("Which agencies? Their leads answer.", Agency.objects.none())
    subgroups = several("Which subgroups? Their chairs answer.", Subgroup.objects.none())
    office = forms.BooleanField(label="The board office: the board manager answers", required=False)
    person = forms.ModelChoiceField(
        Seat.objects.none(),
        label="Which person?",
        required=False,
        empty_label="Nobody by name",
        error_messages=OURS,
    )
    priority = forms.ModelChoiceField(
        Priority.objects.none(),
        label="Is it about a priority of the plan?",
        required=False,
        empty_label="About nothing in particular",
        error_messages=OURS,
    )
    due_on = DayField(label="The answer is due on", help_text="Twenty working days, unless you choose.")

    def __init__(
        self, data: Any = None, *, about: About | None, by: Seat, today: date, chosen: Priority | None = None
    ) -> None:
        self.about, self.by, self.today = about, by, today
        initial = {"due_on": responses.due_on(by, today), "priority": chosen, "person": owner_of(about, by)}
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["agencies"].queryset = Agency.objects.visible_to(by)
        fields["subgroups"].queryset = Subgroup.objects.visible_to(by)
        fields["person"].queryset = Seat.objects.visible_to(by).active().order_by("name")
        fields["priority"].queryset = Priority.objects.visible_to(by)
        if about is not None:
            del fields["priority"]

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        named = {"agencies", "subgroups", "person"}
        if not (named & self.errors.keys() or self.whom()):
            self.add_error(
                "agencies", "Say who is asked: an agency, a subgroup, the board office or a person."
            )
        return kept

    def whom(self) -> list[Whom]:
        kept = self.cleaned_data
        asked: list[Whom] = [*kept.get("agencies", ()), *kept.get("subgroups", ())]
        if kept.get("person"):
            asked.append(kept["person"])
        return [*asked, None] if kept.get("office") else asked

    def save(self) -> None:
        kept = self.cleaned_data
        about = self.about if self.about is not None else kept["priority"]
        given = {"due_on": kept["due_on"], "by": self.by, "today": self.today}
        self.made = challenges.challenge(kept["words"], whom=self.whom(), about=about, **given)


class Answer(forms.Form):
    """Of one of those asked: by themselves, or written down by the manager for one who may."""

    verb = "answer_challenge"

    words = sentences(
        "The answer", missing="Say what the answer is.", hint="No details that identify an adult.", rows=6
    )

    def __init__(self, data: Any = None, *, asked: Asked, by: Seat, today: date) -> None:
        self.asked, self.by, self.today = asked, by, today
        self.action = asked  # what the fields for another ask about
        self.people: dict[str, Seat] = {}
        super().__init__(data, auto_id="answer_%s")
        self.for_another = access.only_for_another(by, self.verb, asked)
        if self.for_another:
            behalf.add_fields(cast(Any, self))

    def save(self) -> Asked:
        of = behalf.behalf(cast(Any, self)) if self.for_another else None
        words = self.cleaned_data["words"]
        return challenges.answer(self.asked, words=words, by=self.by, today=self.today, behalf=of)


class Close(forms.Form):
    words = sentences("What became of it?", rows=4)

    def __init__(self, data: Any = None, *, challenge: Challenge, by: Seat, today: date) -> None:
        self.challenge, self.by, self.today = challenge, by, today
        super().__init__(data)
        self.missing = challenge.asked.filter(answered_on__isnull=True).count()
        if self.missing:
            words: Any = self.fields["words"]
            words.label = "Why is it closed all the same?"

    def save(self) -> Challenge:
        return challenges.close(
            self.challenge, words=self.cleaned_data["words"], by=self.by, today=self.today
        )
