"""What those who watch over an action fill in, verb by verb: the chair, the independent chair, the board manager."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction

from actions import access, planning, progress, redaction
from actions.filters import REFERENCE
from actions.models import Action, Event, Evidence, Priority, Seat, Subgroup, Withdrawal
from actions.refusals import Invalid
from frontend.forms import behalf
from frontend.forms.actions import OwnerField
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, Typed, sentences


def owners(seat: Seat) -> Any:
    return Seat.objects.visible_to(seat).active().select_related("agency")


def owner_field(label: str = "Owner", **more: Any) -> OwnerField:
    return OwnerField(
        Seat.objects.none(),
        label=label,
        empty_label="Choose a person",
        error_messages={
            "required": "Choose who will do it.",
            "invalid_choice": "Choose an owner who has a seat on this board.",
        },
        **more,
    )


class WithOwner(Step):
    """Asks for an owner, where the one it had has left the board meanwhile."""

    owner = owner_field("Who owns it now?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = self.action.owner
        if before is None or before.left_on is None:
            del self.fields["owner"]
            return
        self.fields["owner"].queryset = owners(self.by)  # type: ignore[attr-defined]
        self.fields["owner"].help_text = f"{before.name} has left the board."


class Plan(Step):
    verb, title, button = "plan", "Plan it: who, and by when", "Plan"
    offer, said = "Plan it", "It is planned, and its owner hears of it."
    texts = ()
    columns: ClassVar = {"owner": "owner", "due_on": "due_on"}
    either = ("due_on", "look_again_on")

    owner = owner_field()
    due_on = DayField(label="Due", required=False)
    look_again_on = DayField(
        label="Or look again on",
        required=False,
        help_text="For continuing work, which has no end: instead of a due date.",
    )
    subgroup = forms.ModelChoiceField(
        Subgroup.objects.none(), label="Which subgroup watches over it?", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].queryset = owners(self.by)
        fields["subgroup"].queryset = Subgroup.objects.visible_to(self.by)
        fields["subgroup"].empty_label = "The board’s own"

    def start_with(self) -> dict[str, Any]:
        return {"owner": self.action.owner_id, "subgroup": self.action.subgroup_id}

    def save(self) -> None:
        names = ("owner", "due_on", "look_again_on", "subgroup")
        planning.plan(self.action, **{name: self.cleaned_data[name] for name in names}, **self.given)


class SendBack(Step):
    verb, title, button = "send_back", "Send it back", "Send back"
    offer, said = "Send back", "It is sent back to its owner."
    texts = ("reason",)
    details: ClassVar = {"due_on": "to"}

    reason = sentences(
        "What is missing?",
        missing="Say what is missing, so that the owner can put it right.",
        hint="The owner reads this.",
    )
    due_on = DayField(label="New due date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.action.continuing:
            self.fields["due_on"].label = "Look at it again on"

    def save(self) -> None:
        kept = self.cleaned_data
        progress.send_back(self.action, reason=kept["reason"], due_on=kept["due_on"], **self.given)


class Asked(Step):
    """Only where the owner has asked for more time: the form says who, how much, and why."""

    @classmethod
    def fits_on(cls, action: Action) -> bool:
        return super().fits_on(action) and action.wanted_on is not None

    @property
    def asked(self) -> Event | None:
        if self.action.wanted_on is None:
            return None
        lines = self.action.events.select_related("by", "on_behalf_of").filter(verb="ask_for_time")
        return next(iter(redaction.explained(list(lines[:1]))), None)


class Grant(Asked):
    verb, title, button = "grant", "Grant more time", "Grant"
    offer, said = "Grant more time", "The date is moved. The first one stays on record."
    columns: ClassVar = {"due_on": "due_on"}

    due_on = DayField(label="New due date", help_text="The day that was asked for, or another one.")
    words = sentences("Anything to add?", hint="The owner reads this.", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if far := behalf.how_far(self, "You may grant"):
            self.fields["due_on"].help_text = far

    def start_with(self) -> dict[str, Any]:
        wanted, last = self.action.wanted_on, progress.may_grant_until(self.by, self.action)
        return {"due_on": min(wanted, last) if wanted and last and last >= self.today else wanted}

    def save(self) -> None:
        kept = self.cleaned_data
        progress.grant(self.action, due_on=kept["due_on"], words=kept["words"], **self.given)


class Refuse(Asked):
    verb, title, button = "refuse", "Refuse more time", "Refuse"
    offer, said = "Refuse more time", "The date stays as it was."
    texts = ("reason",)

    reason = sentences(
        "Why does the date stay?",
        missing="Say why the date stays: the owner reads it.",
        hint="The owner reads this.",
    )

    def save(self) -> None:
        progress.refuse(self.action, reason=self.cleaned_data["reason"], **self.given)


class Hold(Step):
    verb, title, button = "hold", "Put it on hold", "Put on hold"
    offer, said = "Put on hold", "It is on hold, and nobody is reminded of it until it goes on."
    details: ClassVar = {"look_again_on": "until"}

    words = sentences("What does it wait for?", missing="Say what it waits for.")
    look_again_on = DayField(label="Look at it again on")

    def save(self) -> None:
        kept = self.cleaned_data
        progress.hold(self.action, words=kept["words"], look_again_on=kept["look_again_on"], **self.given)


class Resume(Step):
    verb, title, button = "resume", "Go on with it", "Go on"
    offer, said = "Go on with it", "It goes on where it stood."

    words = sentences("What has changed?", rows=2)

    def save(self) -> None:
        progress.resume(self.action, words=self.cleaned_data["words"], **self.given)


class ReferenceField(forms.CharField):
    """“A-12” or “12”: an action of this board, once the form has said whose."""

    by: Seat

    def clean(self, value: Any) -> Action | None:
        text = super().clean(value)
        if not text:
            return None
        found = REFERENCE.fullmatch(text)
        number = int(found[1]) if found else 0
        action: Action | None = Action.objects.visible_to(self.by).filter(number=number).first()
        if action is None:
            raise forms.ValidationError("No action of this board has this reference. It looks like A-12.")
        return action


class Withdraw(Step):
    verb, title, button = "withdraw", "Withdraw it", "Withdraw"
    offer, said = "Withdraw", "It is withdrawn. The board manager can restore it."
    details: ClassVar = {"kind": "kind", "duplicate_of": "duplicate_of"}

    kind = forms.ChoiceField(
        label="Why will it not be done?",
        choices=Withdrawal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is withdrawn."},
    )
    duplicate_of = ReferenceField(
        label="If it is a duplicate: of which action?",
        required=False,
        max_length=12,
        help_text="Its reference, such as A-12.",
    )
    words = sentences(
        "The reason, in a sentence",
        missing="Say why, in a sentence fit to be read by everybody.",
        hint="Everybody on the board reads this.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duplicate_of"].by = self.by  # type: ignore[attr-defined]

    def save(self) -> None:
        kept = {name: self.cleaned_data[name] for name in ("kind", "duplicate_of", "words")}
        progress.withdraw(self.action, **kept, **self.given)


class Restore(WithOwner):
    verb, title, button = "restore", "Restore it", "Restore"
    offer, said = "Restore it", "It stands again where it stood."

    words = sentences("Why does it stand again?", missing="Say why it stands again.")

    def save(self) -> None:
        kept = self.cleaned_data
        progress.restore(self.action, words=kept["words"], owner=kept.get("owner"), **self.given)


class Reopen(WithOwner):
    verb, title, button = "reopen", "Open it again", "Open again"
    offer, said = "Open it again", "It is open again, and what its sign-off relied on no longer counts."
    columns: ClassVar = {"due_on": "due_on"}
    details: ClassVar = {"cause": "cause"}

    cause = forms.ChoiceField(
        label="What has happened?",
        choices=progress.Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is opened again."},
    )
    words = sentences("What was found?", missing="Say what was found, so that the owner knows what to do.")
    due_on = DayField(label="New due date")

    def save(self) -> None:
        kept = {name: self.cleaned_data[name] for name in ("cause", "words", "due_on")}
        progress.reopen(self.action, **kept, owner=self.cleaned_data.get("owner"), **self.given)


class Correct(Step):
    verb, title, button = "correct", "Correct what was entered wrongly", "Correct"
    offer, said = "Correct an entry", "It is corrected. Both values are kept in what happened."
    texts = ("reason",)

    title_ = Typed(label="Title", max_length=300, widget=forms.Textarea({"rows": 2}))
    detail = sentences("Detail", rows=3)
    due_on = DayField(label="Due", help_text="For a date that was typed wrongly. It does not count as moved.")
    done_on = DayField(label="Done on")
    start_on = DayField(label="Begins on", required=False)
    priority = forms.ModelChoiceField(Priority.objects.none(), label="Priority", required=False)
    subgroup = forms.ModelChoiceField(Subgroup.objects.none(), label="Subgroup", required=False)
    reason = sentences("What was wrong?", missing="Say what was wrong.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["priority"].queryset = Priority.objects.visible_to(self.by)
        fields["priority"].empty_label = "None"
        fields["subgroup"].queryset = Subgroup.objects.visible_to(self.by)
        fields["subgroup"].empty_label = "The board’s own"
        for name in ("due_on", "done_on"):
            if getattr(self.action, name) is None:
                del fields[name]
        for name in fields.keys() & self.start_with().keys():
            fields[
                name
            ].show_hidden_initial = True  # what was seen goes along: only what was changed is corrected

    def start_with(self) -> dict[str, Any]:
        stands = {name: getattr(self.action, name) for name in progress.CORRECTED}
        return stands | {"title_": self.action.title}

    @property
    def entered(self) -> dict[str, Any]:
        """What this person changed: what somebody else changed meanwhile is left as it is."""
        changed = [name for name in self.changed_data if name.removesuffix("_") in progress.CORRECTED]
        return {name.removesuffix("_"): self.cleaned_data[name] for name in changed}

    def save(self) -> None:
        progress.correct(self.action, reason=self.cleaned_data["reason"], **self.entered, **self.given)

    def is_saved_in(self, event: Event) -> bool:
        stands = {name: getattr(self.action, name) for name in self.entered}
        return super().is_saved_in(event) and stands == self.entered


def evidence_label(evidence: Evidence) -> str:
    word = " (the owner's word alone)" if evidence.is_owners_word else ""
    kept = " (a file)" if evidence.file else " (a link)" if evidence.link else ""
    what = f"{evidence.what}: " if evidence.what else ""
    return f"{what}{evidence.words}{kept} – {evidence.by.name}{word}"


NOTHING_SEEN = "Say what you saw yourself, or send it back: the owner’s word alone is no evidence."


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
        self.fields["review_on"].widget.attrs["data-unless"] = "step"  # the style sheet folds it away

    def start_with(self) -> dict[str, Any]:
        return {"review_on": self.today + progress.REVIEW_AFTER}

    def save(self) -> None:
        """What the chair saw becomes evidence and is relied on, in one go with the sign-off or not at all."""
        kept, given = self.cleaned_data, self.given
        step_only = kept["impact"] == "step"
        try:
            self._sign_off(kept, given, step_only)
        except Invalid as refusal:
            if refusal.field == "relied_on" and not self.shown:
                raise Invalid(NOTHING_SEEN, field="seen") from refusal
            raise

    def _sign_off(self, kept: dict[str, Any], given: dict[str, Any], step_only: bool) -> None:
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
