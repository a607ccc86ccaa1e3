"""What owners and leads fill in, verb by verb. Each form calls its one verb; it decides nothing itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from actions import access, planning, progress
from actions.models import Action, Confidence, Event, Seat
from frontend.forms import behalf
from frontend.forms.rendering import DayField
from frontend.forms.steps import Step, sentences


class Update(Step):
    verb, title, button = "update", "Say where it stands", "Save update"
    offer, said = "Update", "Your update is saved."
    texts = ("words", "why", "waiting_on", "needed_from_board")
    either = ("why",)

    confidence = forms.ChoiceField(
        label="How does it stand?",
        choices=Confidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it stands: on track, at risk or off track."},
    )
    words = sentences(
        "What has happened since the last update?",
        missing="Add a sentence: what has moved.",
        hint="A sentence or two. No details that identify an adult.",
    )
    why = sentences("If it is late, at risk or off track: why, and what is the risk meanwhile?", rows=2)
    waiting_on = forms.CharField(label="Waiting on", help_text="Whom or what", required=False, max_length=300)
    needed_from_board = forms.CharField(
        label="Needed from the board", help_text="The board sees this", required=False, max_length=300
    )
    not_begun = forms.BooleanField(label="The work has not begun yet", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.action.due_on and self.action.due_on < self.today:
            self.fields["why"].label = "It is late. Why, and what is the risk meanwhile?"
        else:
            self.fields["why"].widget.attrs["data-unless"] = "on_track"  # the style sheet folds it away
        if self.action.status != "planned":
            del self.fields["not_begun"]

    def is_saved_in(self, event: Event) -> bool:
        confidence = event.detail.get("confidence", event.confidence)
        return super().is_saved_in(event) and confidence == self.cleaned_data["confidence"]

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


class AskForTime(Step):
    verb, title, button = "ask_for_time", "Ask for more time", "Ask"
    offer, said = "Ask for more time", "More time is asked for. The date stays until it is decided."
    texts = ("reason",)
    details: ClassVar = {"due_on": "to"}

    due_on = DayField(label="Until when?")
    reason = sentences(
        "Why is more time needed?",
        missing="Say why more time is needed, and what the risk is meanwhile.",
        hint="And what is the risk meanwhile?",
    )

    @classmethod
    def fits_on(cls, action: Action) -> bool:
        return super().fits_on(action) and not action.continuing

    def save(self) -> None:
        kept = self.cleaned_data
        progress.ask_for_time(self.action, due_on=kept["due_on"], reason=kept["reason"], **self.given)


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = behalf.how_far(self, "You may, once, move it")

    @classmethod
    def fits_on(cls, action: Action) -> bool:
        """Not where more time is asked for: that is granted or refused."""
        return super().fits_on(action) and not action.continuing and action.wanted_on is None

    def save(self) -> None:
        kept = self.cleaned_data
        progress.reschedule(self.action, due_on=kept["due_on"], reason=kept["reason"], **self.given)


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


class NotMine(Step):
    verb, title, button = "not_mine", "Say that it is not yours", "Say so"
    offer, said = "It is not mine", "It is said. It stays with its owner until somebody passes it on."

    words = sentences(
        "Whose is it?",
        missing="Say whose it is, or why it is not yours.",
        hint="Whoever can pass it on reads this.",
    )

    def save(self) -> None:
        progress.not_mine(self.action, words=self.cleaned_data["words"], **self.given)


class Share(Step):
    verb, title, button = "share", "Who else takes part?", "Save"
    offer, said = "Others who take part", "It is saved who takes part."
    texts = ()

    stay = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label="They take part. Take a tick away to end it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose people who have a seat on this board."},
    )
    also = OwnerField(
        Seat.objects.none(),
        label="Also",
        empty_label="Choose a person",
        required=False,
        help_text="They may update it and add evidence, too. The owner alone is counted and reminded.",
        error_messages={"invalid_choice": "Choose somebody who has a seat on this board."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        there = [seat.pk for seat in self.action.contributors.all()]
        others = Seat.objects.visible_to(self.by).active().exclude(pk=self.action.owner_id)
        fields["also"].queryset = others.exclude(pk__in=there).select_related("agency")
        fields["stay"].queryset = Seat.objects.visible_to(self.by).filter(pk__in=there)
        if not there:
            del self.fields["stay"]

    def start_with(self) -> dict[str, Any]:
        return {"stay": [seat.pk for seat in self.action.contributors.all()]}

    def save(self) -> None:
        also = self.cleaned_data["also"]
        contributors = [*self.cleaned_data.get("stay", []), *([also] if also else [])]
        progress.share(self.action, contributors=contributors, **self.given)

    def is_saved_in(self, event: Event) -> bool:
        also, stay = self.cleaned_data["also"], self.cleaned_data.get("stay", [])
        there = set(Seat.objects.filter(contributes_to=self.action.pk))
        return super().is_saved_in(event) and there == {*stay, *([also] if also else [])}
