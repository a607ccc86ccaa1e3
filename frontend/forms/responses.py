"""What agencies are asked and answer, and what the board decides instead. Each form calls its one verb."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet

from actions import commitments, decisions, responses
from actions.models import Agency, Commitment, Decision, Meeting, Response, Seat
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, sentences
from frontend.saving import seen_now

CHOICES = {
    Response.Says.ACCEPTED: "Accepted: we will act on it",
    Response.Says.IN_PART: "Accepted in part",
    Response.Says.IN_PLACE: "Already in place, and here is what shows it",
    Response.Says.NOT_IMPLEMENT: "We propose not to implement it: the board decides",
    Response.Says.REFER: "We propose to refer it elsewhere: the board decides",
}


class ShareOut(forms.Form):
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Which agencies are asked?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one agency.",
            "invalid_choice": "Choose from this board’s own agencies.",
        },
    )
    due_on = DayField(label="Their answer is due on", help_text="Twenty working days, unless you choose.")

    def __init__(self, data: Any = None, *, commitment: Commitment, by: Seat, today: date) -> None:
        self.commitment, self.by, self.today = commitment, by, today
        initial = {"due_on": responses.due_on(by, today)}
        super().__init__(data, initial=initial)
        agencies: Any = self.fields["agencies"]
        agencies.queryset = Agency.objects.visible_to(by)
        asked = set(commitment.responses.standing().values_list("agency_id", flat=True))
        self.offered = [one for one in agencies.queryset if one.pk not in asked]
        leads = self._leads(by)
        agencies.widget.choices = [(one.pk, _with_lead(one, leads)) for one in self.offered]
        if commitment.agency_id and commitment.agency_id not in asked:
            self.initial["agencies"] = [commitment.agency_id]

    @staticmethod
    def _leads(by: Seat) -> dict[int, str]:
        found = Seat.objects.visible_to(by).active().filter(is_lead=True)
        return {agency: name for agency, name in found.values_list("agency", "name") if agency}

    def save(self) -> list[Response]:
        """Those that were asked by it just now or before: one that is asked already stays as it is."""
        return responses.share_out(self.commitment, **self.cleaned_data, by=self.by, today=self.today)


def _with_lead(agency: Agency, leads: dict[int, str]) -> str:
    return f"{agency} ({leads.get(agency.pk, 'no lead named yet')})"


class OfResponse(Step):
    """One verb on one response, with the version that the person saw."""

    intro: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, response: Response, by: Seat, today: date) -> None:
        self.response = response
        super().__init__(data, action=cast(Any, response), by=by, today=today)

    def now_seen(self) -> None:
        seen_now(self, "version", self.response.version)

    def is_saved(self) -> bool:
        """Whether the response stands as this form says: a second click."""
        raise NotImplementedError


class Respond(OfResponse):
    verb, button = "respond", "Save the answer"
    title = "What does your agency answer?"
    either = ("words",)  # every answer but a plain yes needs them

    says = forms.ChoiceField(
        label="The answer",
        choices=[(one.value, words) for one, words in CHOICES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the agency answers."},
    )
    words = sentences(
        "In a few sentences",
        hint="What you will do; or what is in place and since when; or why not, and who should do it instead. "
        "Only a plain yes needs no words. No details that identify an adult.",
        rows=4,
    )
    link = forms.URLField(
        label="Link to what shows that it is in place",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="A policy, an audit, a training record. For “already in place” only.",
        widget=forms.URLInput({"data-only": "in_place"}),
        error_messages={"invalid": "Enter a web address, such as https://example.org/policy."},
    )

    def start_with(self) -> dict[str, Any]:
        one = self.response
        return {"says": one.says, "words": one.words, "link": one.link}

    def save(self) -> None:
        kept = self.cleaned_data
        answer = {name: kept[name] for name in ("says", "words", "link")}
        responses.respond(self.response, **answer, **self.given)

    @property
    def said(self) -> str:  # type: ignore[override]
        acts = self.cleaned_data["says"] in (Response.Says.ACCEPTED, Response.Says.IN_PART)
        next_step = " Now put forward what the agency will do: it is below." if acts else ""
        return f"The answer is saved.{next_step}"

    def is_saved(self) -> bool:
        one, kept = self.response, self.cleaned_data
        return (one.says, one.words, one.link) == (kept["says"], kept["words"].strip(), kept["link"])


class Judge(OfResponse):
    verb, title, button = "judge_in_place", "Is it shown to be in place?", "Save"
    said = "It is saved. The agency’s answer stands with it."

    accepted = forms.TypedChoiceField(
        label="Is it in place already?",
        choices=[("yes", "Yes, what is named shows it"), ("no", "No, something is missing")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is shown to be in place."},
    )
    words = sentences("What did you look at, or what is missing?", rows=3)

    def save(self) -> None:
        kept = self.cleaned_data
        responses.judge(self.response, accepted=kept["accepted"], words=kept["words"], **self.given)

    def is_saved(self) -> bool:
        one, kept = self.response, self.cleaned_data
        judged = bool(one.judged) and one.in_place == kept["accepted"]
        return judged and one.judged_words == kept["words"].strip()


class Unask(OfResponse):
    verb, title, button = "unask", "Withdraw the request", "Withdraw the request"
    said = "The request is withdrawn: nobody waits for this agency’s answer."
    intro = "For an agency that was asked in error. What it answered stays in the trail."

    reason = forms.CharField(
        label="Why is it not asked any more?", max_length=300, error_messages={"required": "Say why."}
    )

    def save(self) -> None:
        responses.unask(self.response, reason=self.cleaned_data["reason"], **self.given)

    def is_saved(self) -> bool:
        return self.response.unasked_on is not None


class Decide(forms.Form):
    kind = forms.ChoiceField(
        label="What did the board decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the board decided."},
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="At which of its meetings?",
        empty_label="Choose",
        help_text="It counts from the day of that meeting.",
        error_messages={"required": "Name the meeting."},
    )
    referred_to = forms.CharField(
        label="If it is referred: to whom?", max_length=decisions.TO_WHOM, required=False
    )
    words = sentences(
        "The reason, fit to publish",
        missing="Give the reason, in words fit to publish.",
        hint="The review’s page and the annual report print it. No details that identify an adult.",
        rows=4,
    )

    def __init__(self, data: Any = None, *, commitment: Commitment, by: Seat, today: date) -> None:
        self.commitment, self.by, self.today = commitment, by, today
        super().__init__(data)
        fields: Any = self.fields
        self.stands = decisions.last(commitment)
        fields["kind"].choices = self._kinds()
        fields["meeting"].queryset = self._meetings()

    def _kinds(self) -> list[tuple[str, str]]:
        """What the board can still decide. What stands is offered once more after a second click only."""
        closed = self.stands is not None and self.stands.kind in commitments.CLOSING
        kinds = [Decision.Kind.NOT_IMPLEMENTED, Decision.Kind.REFERRED]
        if closed:
            kinds.append(Decision.Kind.IMPLEMENT)
        offered = [kind for kind in kinds if self.is_bound or not closed or kind != self.stands.kind]  # type: ignore[union-attr]
        return [(kind.value, str(kind.label)) for kind in offered]

    def _meetings(self) -> QuerySet[Meeting]:
        return (
            decisions.meetings(self.by, self.today).select_related("subgroup", "board").order_by("-meets_on")
        )

    def save(self) -> Decision:
        return decisions.decide([self.commitment], **self.cleaned_data, by=self.by, today=self.today)


class Undo(forms.Form):
    reason = forms.CharField(
        label="What was wrong?", max_length=300, error_messages={"required": "Say what was wrong."}
    )

    def __init__(self, data: Any = None, *, decision: Decision, by: Seat, today: date) -> None:
        self.decision, self.by, self.today = decision, by, today
        super().__init__(data)

    def save(self) -> Decision:
        return decisions.undo(self.decision, **self.cleaned_data, by=self.by, today=self.today)
