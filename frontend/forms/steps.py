"""What the form of every verb shares: the action, the version that the person saw, and when it was sent twice."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from actions import access
from actions.models import Action, Event, Seat
from actions.trail import FROM
from frontend.forms import behalf

LONGEST = 4000


class Typed(forms.CharField):
    """Browsers send a line's end as two characters; it is kept as one, so that what nobody changed is the same."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def sentences(label: str, *, missing: str = "", hint: str = "", rows: int = 3) -> forms.CharField:
    """Sentences. Required where there is something to say when they are `missing`."""
    return Typed(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing},
    )


class Step(forms.Form):
    """One verb on one action, with the version that the person saw."""

    do_not_call_in_templates = True  # a page lists the steps that it offers, unmade

    verb: ClassVar[str]
    title: ClassVar[str]  # of the page
    button: ClassVar[str]
    offer: ClassVar[str]  # the words of the link that opens it
    said: ClassVar[str]  # what is told once it is saved
    texts: ClassVar[tuple[str, ...]] = ("words",)
    columns: ClassVar[dict[str, str]] = {}  # a field → the column of the event that keeps it
    details: ClassVar[dict[str, str]] = {}  # a field → the name under which the event's detail keeps it

    slug: ClassVar[str]

    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init_subclass__(cls) -> None:
        cls.slug = getattr(cls, "verb", "").replace("_", "-")  # as it stands in an address

    def __init__(self, data: Any = None, files: Any = None, *, action: Action, by: Seat, today: date) -> None:
        self.action, self.by, self.today = action, by, today
        self.people: dict[str, Seat] = {}  # for whom this seat may write it down
        initial = {"version": action.version} | self.start_with()
        super().__init__(data, files, auto_id=f"{self.verb}_%s", initial=initial)
        self.for_another = access.only_for_another(by, self.verb, action)
        self.may_be_anothers = not self.for_another and access.may_be_another_s(by, self.verb, action)
        if self.for_another or self.may_be_anothers:
            behalf.add_fields(self, needed=self.for_another)

    def clean(self) -> None:
        if self.may_be_anothers:
            behalf.check_whole(self)

    def start_with(self) -> dict[str, Any]:
        return {}

    @classmethod
    def fits_on(cls, action: Action) -> bool:
        """Whether the action, as it stands, lets this verb be used."""
        return action.status in FROM[cls.verb]

    @property
    def fits(self) -> bool:
        return self.fits_on(self.action)

    @property
    def given(self) -> dict[str, Any]:
        """Who, for whom and when, as every verb takes them."""
        given = {"by": self.by, "version": self.cleaned_data["version"], "today": self.today}
        anothers = self.for_another or (self.may_be_anothers and self.cleaned_data["on_behalf_of"])
        return given | {"behalf": behalf.behalf(self)} if anothers else given

    def save(self) -> None:
        raise NotImplementedError

    def is_saved_in(self, event: Event) -> bool:
        """Whether this line of the trail is what the form says: a double click, not a second thought."""
        typed, words = self.cleaned_data, event.words or ""
        return (
            all(typed[name].strip() in words for name in self.texts)
            and all(getattr(event, column) == typed[name] for name, column in self.columns.items())
            and all(event.detail.get(kept) == plain(typed[name]) for name, kept in self.details.items())
        )


def plain(value: Any) -> Any:
    """As the detail of a line of the trail keeps it."""
    if isinstance(value, Action):
        return value.number
    return str(value) if isinstance(value, date) else value
