"""What a person gives when a document is taken in: a file or pasted words, and what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from actions.intake.text import LIMIT
from actions.models import Seat, Source, SourceKind, Subgroup

MEGABYTES = LIMIT // 1024 // 1024


class TakeInForm(forms.Form):
    document = forms.FileField(
        label="File",
        allow_empty_file=True,  # reading says better what to do about it
        error_messages={"required": "Choose a file, or paste the words below."},
        help_text=f"Plain text (.txt), up to {MEGABYTES} MB. No details that identify an adult.",
    )
    words = forms.CharField(
        label="Or paste the words",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="Only the pages with findings, recommendations or planned work. "
        "No details that identify an adult.",
    )
    kind = forms.ModelChoiceField(
        SourceKind.objects.none(),
        label="What it is",
        help_text="This also says how it is read.",
        empty_label="Choose",
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one from the list."},
    )
    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="As it is printed, for example “Annual report 2025 to 2026, partner section”.",
        error_messages={"required": "Give the source a title, as it is printed."},
    )
    short_title = forms.CharField(
        label="Short title",
        max_length=40,
        help_text="How people call it, in a word or two: it stands in every reference.",
        error_messages={"required": "Give a short title: how people call it, in a word or two."},
    )

    restricted = forms.BooleanField(
        label="Not published",
        required=False,
        help_text="Only the board manager, the independent chair and the chair of the subgroup that watches over it "
        "may read its words.",
    )
    subgroup = forms.ModelChoiceField(
        Subgroup.objects.none(),
        label="Subgroup that watches over it",
        required=False,
        empty_label="None: the board itself",
        error_messages={"invalid_choice": "Choose one of this board's subgroups."},
    )

    use_required_attribute = False  # the form is sent as it is; the server says what is missing

    def __init__(self, *args: Any, seat: Seat, source: Source | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is needed: which is known by what was sent.
        self.fields["document"].required = not self.data.get("words", "").strip()
        kinds: Any = self.fields["kind"]
        kinds.queryset = SourceKind.objects.visible_to(seat)
        subgroups: Any = self.fields["subgroup"]
        subgroups.queryset = Subgroup.objects.visible_to(seat)
        if source is not None:  # it has its names already
            kinds.initial = source.kind_id
            for name in ("title", "short_title", "restricted", "subgroup"):
                del self.fields[name]

    def clean_document(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["document"]
        if file and (file.size or 0) > LIMIT:
            raise forms.ValidationError(
                f"“{file.name}” is larger than {MEGABYTES} MB, which is the most that is read. "
                "Upload only the pages that hold the recommendations or the partner returns."
            )
        return file

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("document") and given.get("words", "").strip():
            self.add_error("words", "Give a file or paste the words, not both.")
        return given

    def data_and_name(self) -> tuple[bytes, str]:
        file: UploadedFile | None = self.cleaned_data["document"]
        if file:
            return file.read(), file.name or ""
        return self.cleaned_data["words"].encode(), ""
