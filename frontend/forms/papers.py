"""What a person fills in about a paper: for which meeting, words for each section, and why it is issued again."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from actions import reporting
from actions.models import Meeting, Report, Seat
from actions.refusals import Refused
from frontend.forms.steps import Typed, sentences
from frontend.saving import refused, seen_now


def called(meeting: Meeting) -> str:
    paper = f"{meeting.subgroup.name}: subgroup pack" if meeting.subgroup else "Board summary"
    return f"{paper}, {meeting.meets_on:%-d %B %Y}"


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return called(obj)


class DraftForm(forms.Form):
    """For which meeting: those without a paper for which this seat may draft one."""

    use_required_attribute = False

    meeting = MeetingChoice(
        queryset=Meeting.objects.none(),
        label="Draft a paper for",
        empty_label="Choose a meeting",
        help_text="The figures are counted at once, and can be counted again until it is issued.",
        error_messages={
            "required": "Choose the meeting that it is for.",
            "invalid_choice": "Choose a meeting from the list. For this one there is a paper already.",
        },
    )

    def __init__(self, data: Any = None, *, by: Seat, today: date) -> None:
        super().__init__(data)
        self.by, self.today = by, today
        choice: Any = self.fields["meeting"]
        choice.queryset = reporting.meetings_without(by, today)

    @property
    def nothing_left(self) -> bool:
        choice: Any = self.fields["meeting"]
        return not choice.queryset.exists()

    def save(self) -> Report:
        return reporting.draft(self.cleaned_data["meeting"], by=self.by, today=self.today)


class WordsForm(forms.Form):
    """The words of each section, with the save that the person saw."""

    use_required_attribute = False

    saves = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report, words: dict[str, str]) -> None:
        self.report = report
        super().__init__(data, initial=words | {"saves": report.saves})
        for key, heading in reporting.SECTIONS[report.kind].items():
            self.fields[key] = Typed(
                label=f"Your words: {heading}",
                required=False,
                max_length=reporting.LONGEST,
                widget=forms.Textarea({"rows": 3}),
                error_messages={"max_length": f"Keep it within {reporting.LONGEST} characters."},
            )

    def save(self, by: Seat, today: date) -> None:
        typed = dict(self.cleaned_data)
        saves = typed.pop("saves")
        reporting.write(self.report, typed, by=by, saves=saves, today=today)

    def now_seen(self, report: Report) -> None:
        seen_now(self, "saves", report.saves)


class Step(forms.Form):
    """One verb on one paper."""

    title: ClassVar[str]
    button: ClassVar[str]
    said: ClassVar[str]
    intro: ClassVar[str]
    warning: ClassVar[bool] = False
    of_draft: ClassVar[bool] = True
    verb: ClassVar[str] = "write_report"

    use_required_attribute = False

    saves = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report, by: Seat, today: date) -> None:
        self.report, self.by, self.today = report, by, today
        super().__init__(data, initial={"saves": report.saves})

    @property
    def given(self) -> dict[str, Any]:
        return {"by": self.by, "saves": self.cleaned_data["saves"], "today": self.today}

    def save(self) -> Report | None:
        raise NotImplementedError

    def saved(self) -> tuple[int, Report | None]:
        """The answer's status, and the paper to look at next: none where it is gone."""
        if not self.is_valid():
            return 422, None
        try:
            return 200, self.save()
        except Refused as refusal:
            if (status := refused(self, refusal)) != 409:
                return status, None
        there = Report.objects.filter(pk=self.report.pk).first()
        if there:
            seen_now(self, "saves", there.saves)
        return 409, None


class RefreshForm(Step):
    title, button = "Count its figures again", "Count again"
    said = "The figures are counted again, as of now. What was written stays."
    intro = (
        "Every figure and list of this draft is counted anew, as things stand now. The words that you wrote stay. "
        "Read them again afterwards: they may speak of the older figures."
    )

    def save(self) -> Report:
        return reporting.refresh(self.report, **self.given)


class IssueForm(Step):
    title, button = "Issue this paper", "Issue it"
    said = "It is issued. Everybody on the board can read it, and nobody can change it."
    intro = (
        "From then on everybody on the board reads it, and it stays as it is, whatever becomes of the actions. "
        "A mistake is put right by issuing it again as the next version, with a reason."
    )
    verb = "issue_report"

    def save(self) -> Report:
        return reporting.issue(self.report, **self.given)


class DiscardForm(Step):
    title, button = "Throw this draft away", "Throw it away"
    said = "The draft is thrown away."
    intro = "The draft goes with everything that was written in it. The trail keeps that there was one."
    warning = True

    def save(self) -> None:
        reporting.discard(self.report, **self.given)


class ReissueForm(Step):
    title, button = "Issue it again", "Draft the next version"
    said = "This is a draft of the next version: change it, then issue it."
    intro = (
        "A draft of the next version is made from this one, with the same figures and words. This one stays as it is, "
        "and says which version replaced it once that is issued."
    )
    verb = "issue_report"
    of_draft = False

    reason = sentences("Why is it issued again?", missing="Say why it is issued again.", rows=2)

    def save(self) -> Report:
        reason = self.cleaned_data["reason"]
        return reporting.reissue(self.report, reason=reason, by=self.by, today=self.today)


STEPS: dict[str, type[Step]] = {
    "refresh": RefreshForm,
    "issue": IssueForm,
    "discard": DiscardForm,
    "reissue": ReissueForm,
}
