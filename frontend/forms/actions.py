"""What a person fills in for each verb of an action. Each form calls its one verb; it decides nothing itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction

from actions import access, planning, progress
from actions.models import Action, Confidence, Event, Evidence, Seat
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, sentences


class Update(Step):
    verb, title, button = "update", "Say where it stands", "Save update"
    offer, said = "Update", "Your update is saved."
    texts = ("words", "waiting_on", "needed_from_board")
    columns: ClassVar = {"confidence": "confidence"}

    confidence = forms.ChoiceField(
        label="How does it stand?",
        choices=Confidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it stands: on track, at risk or off track."},
    )
    words = sentences(
        "What has happened since the last update?",
        missing="Add a sentence: what has moved. If it is late or shaky, why, and what the risk is meanwhile.",
        hint="A sentence or two. If it is late or shaky: why, and what the risk is meanwhile.",
    )
    waiting_on = forms.CharField(label="Waiting on", help_text="Whom or what", required=False, max_length=300)
    needed_from_board = forms.CharField(
        label="Needed from the board", help_text="The board sees this", required=False, max_length=300
    )
    not_begun = forms.BooleanField(label="The work has not begun yet", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.action.status != "planned":
            del self.fields["not_begun"]

    def save(self) -> None:
        said = {name: self.cleaned_data[name] for name in (*self.texts, "confidence")}
        progress.update(
            self.action, **said, not_begun=self.cleaned_data.get("not_begun", False), **self.given
        )


class Start(Step):
    verb, title, button = "start", "Start this action", "Start"
    offer, said = "Start", "The action is started."

    words = sentences("Anything to add?", rows=2)

    def save(self) -> None:
        progress.start(self.action, words=self.cleaned_data["words"], **self.given)


class Finish(Step):
    verb, title, button = "finish", "Say it is done", "It is done"
    offer, said = "It is done", "It is marked as done. It now waits for its check."
    columns: ClassVar = {"done_on": "on"}

    words = sentences(
        "What was done?", missing="Say what was done.", hint="What changed, for whom, how many."
    )
    done_on = DayField(label="On which day?")

    def start_with(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def save(self) -> None:
        kept = self.cleaned_data
        progress.finish(self.action, words=kept["words"], done_on=kept["done_on"], **self.given)


class TakeBack(Step):
    verb, title, button = "take_back", "Take it back: it is not done yet", "Take it back"
    offer, said = "It is not done after all", "It is started again."

    words = sentences("Why?", rows=2)

    def save(self) -> None:
        progress.take_back(self.action, words=self.cleaned_data["words"], **self.given)


class SendBack(Step):
    verb, title, button = "send_back", "Send it back", "Send back"
    offer, said = "Send back", "It is sent back to its owner."
    texts = ("reason",)
    columns: ClassVar = {"due_on": "due_on"}

    reason = sentences(
        "What is missing?",
        missing="Say what is missing, so that the owner can put it right.",
        hint="The owner reads this.",
    )
    due_on = DayField(label="New due date")

    def save(self) -> None:
        kept = self.cleaned_data
        progress.send_back(self.action, reason=kept["reason"], due_on=kept["due_on"], **self.given)


class Reschedule(Step):
    verb, title, button = "reschedule", "Move the date", "Move the date"
    offer, said = "Move the date", "The date is moved. The first one stays on record."
    texts = ("reason",)
    columns: ClassVar = {"due_on": "due_on"}

    due_on = DayField(label="New due date")
    reason = sentences(
        "Why does it move?",
        missing="Say why the date moves: the board reads it.",
        hint="The board reads this.",
    )

    @classmethod
    def fits_on(cls, action: Action) -> bool:
        return super().fits_on(action) and not action.continuing

    def save(self) -> None:
        kept = self.cleaned_data
        planning.reschedule(self.action, due_on=kept["due_on"], reason=kept["reason"], **self.given)


class OwnerField(forms.ModelChoiceField):
    def label_from_instance(self, seat: Seat) -> str:  # type: ignore[override]
        return f"{seat.name}, {seat.agency.short_name}" if seat.agency else seat.name


class Reassign(Step):
    verb, title, button = "reassign", "Pass it on", "Pass it on"
    offer, said = "Pass it on", "It has a new owner."
    texts = ("reason",)
    columns: ClassVar = {"owner": "owner"}

    owner = OwnerField(
        Seat.objects.none(),
        label="New owner",
        empty_label="Choose a person",
        error_messages={
            "required": "Choose the new owner.",
            "invalid_choice": "Choose an owner who has a seat on this board.",
        },
    )
    reason = sentences("Why?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.visible_to(self.by).active().select_related("agency")
        if access.standing(self.by, self.action).isdisjoint({access.MANAGER} | access.CHAIRS):
            seats = seats.filter(agency=self.action.agency_id)  # a lead passes on within the agency
        self.fields["owner"].queryset = seats  # type: ignore[attr-defined]

    def save(self) -> None:
        kept = self.cleaned_data
        planning.reassign(self.action, to=kept["owner"], reason=kept["reason"], **self.given)


class Attach(Step):
    verb, title, button = "attach", "Add evidence", "Add evidence"
    offer, said = "Add evidence", "The evidence is added."

    words = sentences(
        "What is it?",
        missing="Say what it is: a policy changed, training and its reach, an audit and its result.",
        hint="A policy changed, training and its reach, an audit and its result. No details that identify an adult.",
    )
    link = forms.URLField(
        label="Link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Where it can be read. Without one it counts as a statement.",
        error_messages={"invalid": "Enter a web address, such as https://example.org/policy."},
    )
    shows = forms.ChoiceField(
        label="What does it show?",
        choices=Evidence.Shows.choices,
        initial=Evidence.Shows.COMPLETION,
        widget=forms.RadioSelect,
    )

    def save(self) -> None:
        kept = self.cleaned_data
        progress.attach(
            self.action, words=kept["words"], link=kept["link"], shows=kept["shows"], **self.given
        )

    def is_saved_in(self, event: Event) -> bool:
        kept = {name: self.cleaned_data[name] for name in ("link", "shows")}
        return super().is_saved_in(event) and self.action.evidence.filter(**kept).exists()


def evidence_label(evidence: Evidence) -> str:
    word = " (the owner's word alone)" if evidence.is_owners_word else ""
    return f"{evidence.words} – {evidence.by.name}{word}"


class SignOff(Step):
    verb, title, button = "sign_off", "Sign off", "Sign off"
    offer, said = "Sign off", "It is signed off: complete and evidenced."

    relied_on = forms.MultipleChoiceField(
        label="Which evidence did you rely on?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick evidence of this action only."},
    )
    seen = sentences(
        "What did you see yourself?",
        hint="It is kept as your evidence, and relied on. The owner’s word alone is no evidence.",
        rows=2,
    )
    impact = forms.ChoiceField(
        label="When is its impact checked?",
        choices=[("review", "On a day"), ("step", "Never: it is a step only, with no impact of its own")],
        initial="review",
        required=False,  # nothing here is always required, so nothing is called optional
        widget=forms.RadioSelect,
    )
    review_on = DayField(
        label="Day of the impact check",
        required=False,
        help_text="About six months from now, unless you choose another.",
    )
    words = sentences("Anything to add? For a step only: why has it no impact to check?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self.action.evidence.visible_to(self.by).select_related("by", "action")
        self.shown = {str(evidence.pk): evidence for evidence in shown}
        choices = [(pk, evidence_label(evidence)) for pk, evidence in self.shown.items()]
        self.fields["relied_on"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["relied_on"]

    def start_with(self) -> dict[str, Any]:
        return {"review_on": self.today + progress.REVIEW_AFTER}

    def save(self) -> None:
        """What the chair saw becomes evidence and is relied on, in one go with the sign-off or not at all."""
        kept, given = self.cleaned_data, self.given
        step_only = kept["impact"] == "step"
        with transaction.atomic():
            relied_on = [self.shown[pk] for pk in kept.get("relied_on", [])]
            if kept["seen"].strip():
                access.check(self.by, "sign_off", self.action, given.get("behalf"))
                relied_on.append(progress.attach(self.action, words=kept["seen"], **given))
                given["version"] = self.action.version
            progress.sign_off(
                self.action,
                relied_on=relied_on,
                words=kept["words"],
                review_on=None if step_only else kept["review_on"],
                step_only=step_only,
                **given,
            )


STEPS: dict[str, type[Step]] = {
    step.verb: step
    for step in (Update, Start, Finish, TakeBack, SignOff, SendBack, Reschedule, Reassign, Attach)
}
