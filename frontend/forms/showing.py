"""What shows it: the form of evidence, with its file, and that of continuing work which still happens."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from actions import files, progress
from actions.models import Action, Event, Evidence, Status
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, sentences

NOBODY = "No details that identify an adult."
MOST = 2_000_000_000  # people: what the column holds


def link(label: str, example: str, hint: str = "") -> forms.URLField:
    return forms.URLField(
        label=label,
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=hint,
        error_messages={"invalid": f"Enter a web address, such as https://example.org/{example}."},
    )


class Attach(Step):
    verb, title, button = "attach", "Add evidence", "Add evidence"
    offer, said = "Add evidence", "The evidence is added."
    details: ClassVar = {"shows": "shows", "kind": "kind"}
    either = ("reached", "out_of", "file", "link")

    shows = forms.ChoiceField(
        label="What does it show?",
        choices=Evidence.Shows.choices,
        initial=Evidence.Shows.COMPLETION,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label="What kind of evidence is it?",
        choices=[("", "Choose"), *Evidence.Kind.choices],
        error_messages={"required": "Choose what kind of evidence it is."},
    )
    words = sentences(
        "What is it?",
        missing="Say what it is: a policy changed, training and its reach, an audit and its result.",
        hint=f"What changed or what was found, for whom, when. {NOBODY}",
    )
    reached = forms.IntegerField(
        label="If it is training: how many people did it reach?",
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.NumberInput({"data-only": "training"}),
    )
    out_of = forms.IntegerField(
        label="Of how many?",
        min_value=1,
        max_value=MOST,
        required=False,
        widget=forms.NumberInput({"data-only": "training"}),
    )
    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,  # the check says better what to do about it
        widget=forms.FileInput({"accept": files.ACCEPT}),
    )
    link = link("Link", "policy", "Where it can be read. Without a file or a link it counts as a statement.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{files.SAID}, up to {settings.EVIDENCE_MAX_MB} MB. {NOBODY}"
        if self.action.status == Status.SIGNED_OFF:
            self.fields["shows"].choices = [(Evidence.Shows.IMPACT, Evidence.Shows.IMPACT.label)]  # type: ignore[attr-defined]
            self.fields["shows"].initial = Evidence.Shows.IMPACT

    @property
    def sent(self) -> tuple[str, bytes] | None:
        """The file that came, read once."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file is None:
            return None
        file.seek(0)
        return file.name or "", file.read()

    def save(self) -> None:
        named = ("words", "link", "shows", "kind", "reached", "out_of")
        kept = {name: self.cleaned_data[name] for name in named}
        progress.attach(self.action, **kept, file=self.sent, **self.given)

    def is_saved_in(self, event: Event) -> bool:
        kept = {name: self.cleaned_data[name] for name in ("link", "shows", "kind", "reached", "out_of")}
        kept["sha256"] = hashlib.sha256(self.sent[1]).hexdigest() if self.sent else ""
        return super().is_saved_in(event) and self.action.evidence.filter(**kept).exists()


class Confirm(Step):
    verb, title, button = "confirm", "Say that it still happens", "Confirm"
    offer, said = "It still happens", "It is confirmed, until the next look."
    details: ClassVar = {"look_again_on": "to"}

    words = sentences(
        "How do you know?",
        missing="Say how you know that it still happens.",
        hint=f"Who does it, how often, what shows it. {NOBODY}",
    )
    link = link("Link to what shows it", "policy")
    look_again_on = DayField(label="Look at it again on")

    @classmethod
    def fits_on(cls, action: Action) -> bool:
        return super().fits_on(action) and action.continuing

    def start_with(self) -> dict[str, Any]:
        return {"look_again_on": self.today + progress.REVIEW_AFTER}

    def save(self) -> None:
        kept = {name: self.cleaned_data[name] for name in ("words", "link", "look_again_on")}
        progress.confirm(self.action, **kept, **self.given)
