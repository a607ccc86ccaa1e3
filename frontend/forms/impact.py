"""What a reviewer fills in: has practice changed, what shows it, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from actions import impact
from actions.impact import Found
from actions.models import Action, Commitment, Event, Evidence, ImpactReview, Seat, Verdict
from frontend.forms.deciding import evidence_label, owner_field, owners
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, sentences
from frontend.sent import whole

CHOICES = {
    Verdict.EMBEDDED: "Embedded: practice has changed, and it shows",
    Verdict.PARTLY: "Partly: practice has changed here and there",
    Verdict.NOT_EFFECTIVE: "Not effective: it was done, and practice has not changed",
}


class Findings(forms.Form):
    either = ("relied_on", "words")

    verdict = forms.ChoiceField(
        label="Has practice changed?",
        choices=[(verdict.value, words) for verdict, words in CHOICES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the check found."},
    )
    relied_on = forms.TypedMultipleChoiceField(
        label="Which evidence did you rely on?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick evidence of the actions that you check only."},
    )
    words = sentences(
        "What did you look at, and what did it show?",
        hint="An audit, data, an inspection, what staff say, what adults and families say. It may stay empty where "
        "ticked evidence shows that practice has changed. No details that identify an adult.",
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
        help_text="The board summary prints it, where practice has changed.",
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

    owner = owner_field("Who goes on with it?", required=False)

    def ask_for_owner(self, actions: Iterable[Action], by: Seat) -> None:
        """Only where the owner before has left the board meanwhile."""
        left = {one.owner.name: one.reference for one in actions if one.owner and one.owner.left_on}
        if not left:
            del self.fields["owner"]
            return
        self.fields["owner"].queryset = owners(by)  # type: ignore[attr-defined]
        gone = ", ".join(f"{name} ({reference})" for name, reference in left.items())
        self.fields["owner"].help_text = f"Needed where it is opened again: {gone} has left the board."

    def offer_evidence(self, actions: list[Action], by: Seat) -> None:
        """Theirs, of impact first; of several each with its reference."""
        found = Evidence.objects.visible_to(by).filter(action__in=actions).impact_first()
        self.shown = {one.pk: one for one in found}
        self.fields["relied_on"].choices = [  # type: ignore[attr-defined]
            (
                pk,
                f"{one.action.reference}: {evidence_label(one)}" if len(actions) > 1 else evidence_label(one),
            )
            for pk, one in self.shown.items()
        ]
        if not self.shown:
            del self.fields["relied_on"]

    @property
    def ticked(self) -> list[int]:
        """By id."""
        return sorted(self.cleaned_data.get("relied_on", []))

    @property
    def found(self) -> Found:
        names = Found.__dataclass_fields__
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Found(**given | {"relied_on": [self.shown[pk] for pk in self.ticked]})


class ReviewImpact(Findings, Step):
    """Of one action."""

    verb, title, button = "review_impact", "Check its impact", "Save the check"
    offer, said = "Check its impact", "The check is saved."
    texts = ("words", "sentence")
    details: ClassVar = {"verdict": "verdict"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_owner([self.action], self.by)
        self.offer_evidence([self.action], self.by)

    def is_saved_in(self, event: Event) -> bool:
        return super().is_saved_in(event) and event.detail.get("relied_on", []) == self.ticked

    def save(self) -> None:
        versions = {self.action: self.cleaned_data["version"]}
        impact.review(versions, self.found, by=self.by, today=self.today)


class ReviewTogether(Findings):
    """Of all that answer one commitment, or those ticked. Each choice carries the version that was seen."""

    actions = forms.MultipleChoiceField(
        label="Which actions does it cover?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one action that is signed off."},
    )
    field_order = ("actions",)

    def __init__(self, data: QueryDict | None = None, *, actions: list[Action], by: Seat) -> None:
        self.offered = {f"{action.pk}-{action.version}": action for action in actions}
        self.sent = data.getlist("actions") if data else []
        self.ticks = data.getlist("relied_on") if data else []
        self.stale = [key for key in self.sent if key not in self.offered]
        super().__init__(self.with_what_stands(data), initial={"actions": list(self.offered)})
        self.fields["actions"].choices = [  # type: ignore[attr-defined]
            (key, f"{action.reference} {action.title}") for key, action in self.offered.items()
        ]
        self.ask_for_owner(actions, by)
        self.offer_evidence(actions, by)

    def with_what_stands(self, data: QueryDict | None) -> QueryDict | None:
        """What was ticked stays ticked, as it now stands; what can no longer be checked falls away."""
        if data is None:
            return None
        now = {action.pk: key for key, action in self.offered.items()}
        kept = data.copy()
        kept.setlist("actions", [now[pk] for pk in self.covered if pk in now])
        return kept

    @property
    def covered(self) -> list[int]:
        """The actions that were ticked, by id."""
        return [whole(key.partition("-")[0]) for key in self.sent]

    def clean(self) -> None:
        if self.stale:
            self.errors.pop("actions", None)
            self.errors.pop("relied_on", None)  # of what fell away
            self.add_error(
                "actions",
                "Somebody changed one of these actions since you opened the page. Nothing of yours is lost: look "
                "at what is ticked now, then save again.",
            )

    def is_saved_in(self, done: ImpactReview) -> bool:
        """Whether this check is what the form says: a double click, not a second thought."""
        kept = self.cleaned_data
        said = [kept.get(name, "").strip() for name in ("verdict", "words", "sentence")]
        same = said == [done.verdict, done.words, done.sentence]
        ticked = {whole(pk) for pk in self.ticks}
        same = same and ticked == {one.pk for one in done.relied_on.all()}
        return same and {action.pk for action in done.actions.all()} == set(self.covered)

    def save(self, commitment: Commitment, by: Seat) -> None:
        versions = {self.offered[key]: self.offered[key].version for key in self.cleaned_data["actions"]}
        impact.review(versions, self.found, by=by, today=by.board.today, commitment=commitment)
