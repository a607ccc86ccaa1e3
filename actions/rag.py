"""What colour an action has on a day, as an SQL expression. Pure: the day, the meetings and the board's rules come in.

`because` says the same of one action in words; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThanOrEqual

LATE_WITHOUT_MEETINGS = timedelta(days=28)  # for figures, which are the same on every board

# What a board may choose from: each can be read on a page and told from its neighbour in a bar.
COLOURS = {
    "blue": "Blue",
    "teal": "Teal",
    "green": "Green",
    "amber": "Amber",
    "red": "Red",
    "purple": "Purple",
    "magenta": "Pink",
    "grey": "Grey",
    "pale": "Light grey",
}


@dataclass(frozen=True)
class Shown:
    """How a board shows a state. The colour is never shown without the words."""

    colour: str
    words: str


# What a board begins with. Why the grey one is not called “no recent update” stands in docs/adr/0014.
DEFAULTS = {
    "complete": Shown("blue", "Complete and evidenced"),
    "awaiting": Shown("teal", "Awaiting check"),
    "red": Shown("red", "Off track"),
    "amber": Shown("amber", "At risk or late"),
    "green": Shown("green", "On track"),
    "waiting": Shown("pale", "On hold or not begun"),
    "silent": Shown("grey", "Awaiting update"),
}
STATES = tuple(DEFAULTS)
NONE = Shown("grey", "")  # drafts and withdrawn ones have no colour: their status stands there


@dataclass(frozen=True)
class Rules:
    """From when on a board's actions are red, and how long back silence reaches where no cut-off says it."""

    red_after_meetings: int = 2  # board meetings held since the date
    red_after_days: int = 28  # where fewer meetings than that were held
    silent_after_days: int = 90  # where a subgroup has no cut-offs for papers
    off_track_is_red: bool = True  # else the owner's word alone makes it amber


LIMITS = {"red_after_meetings": (1, 4), "red_after_days": (1, 365), "silent_after_days": (7, 365)}


@dataclass(frozen=True)
class Scheme:
    """A board's own words, colours and rules."""

    shown: Mapping[str, Shown] = field(default_factory=lambda: DEFAULTS)
    rules: Rules = field(default_factory=Rules)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Scheme:
        """From what `kept` gave. What is not there is as a board begins with it."""
        shown = {
            key: Shown(
                kept.get("colours", {}).get(key, begun.colour), kept.get("words", {}).get(key, begun.words)
            )
            for key, begun in DEFAULTS.items()
        }
        return cls(shown, Rules(**kept.get("rules", {})))

    def kept(self) -> dict[str, Any]:
        """What differs from what a board begins with, by kind; nothing where nothing does."""
        found = {
            "words": {k: one.words for k, one in self.shown.items() if one.words != DEFAULTS[k].words},
            "colours": {k: one.colour for k, one in self.shown.items() if one.colour != DEFAULTS[k].colour},
            "rules": {k: v for k, v in asdict(self.rules).items() if v != getattr(Rules(), k)},
        }
        return {kind: values for kind, values in found.items() if values}

    def flat(self) -> dict[str, Any]:
        """Every value by one name, as forms and the trail have them: words_red, colour_red, red_after_days …"""
        found: dict[str, Any] = {}
        for key, one in self.shown.items():
            found |= {f"words_{key}": one.words, f"colour_{key}": one.colour}
        return found | asdict(self.rules)

    @classmethod
    def of(cls, flat: Mapping[str, Any]) -> Scheme:
        """The other way round."""
        shown = {key: Shown(flat[f"colour_{key}"], flat[f"words_{key}"]) for key in STATES}
        return cls(shown, Rules(**{one.name: flat[one.name] for one in fields(Rules)}))

    def __getitem__(self, key: str) -> Shown:
        return self.shown.get(key, NONE)


BEGUN = Scheme()


@dataclass(frozen=True)
class Calendar:
    """What a day needs to know of a board: its rules and its meetings.

    `held` are its board meetings *held* in the last two years, the latest first; `cut_offs` gives, per subgroup
    (None: the board's own), the last two cut-offs for papers up to `today`, latest first.
    """

    today: date
    held: tuple[date, ...] = ()
    cut_offs: dict[int | None, tuple[date, ...]] = field(default_factory=dict, hash=False)
    rules: Rules = field(default_factory=Rules)

    @classmethod
    def read(cls, text: str, today: date, rules: Rules | None = None) -> Calendar:
        """From `subgroup|meets_on|cut_off_on|state;…` (ISO dates; an empty subgroup is the board)."""
        held: list[date] = []
        cut_offs: dict[int | None, list[date]] = {}
        for line in filter(None, text.split(";")):
            group, meets_on, cut_off_on, state = line.split("|")
            subgroup = int(group) if group else None
            if subgroup is None and state == "held" and date.fromisoformat(meets_on) <= today:
                held.append(date.fromisoformat(meets_on))
            if date.fromisoformat(cut_off_on) <= today:
                cut_offs.setdefault(subgroup, []).append(date.fromisoformat(cut_off_on))
        return cls(
            today=today,
            held=tuple(sorted(held, reverse=True)),
            cut_offs={group: tuple(sorted(days, reverse=True)[:2]) for group, days in cut_offs.items()},
            rules=rules or Rules(),
        )

    @property
    def last(self) -> date | None:
        return self.held[0] if self.held else None

    @property
    def meetings_decide(self) -> bool:
        """Whether enough board meetings were held to say by them what is long late."""
        return len(self.held) >= self.rules.red_after_meetings

    @property
    def red_before(self) -> date:
        """Due before this day is red: past its date by so many board meetings held, or by so many days."""
        if self.meetings_decide:
            return self.held[self.rules.red_after_meetings - 1]
        return self.today - timedelta(days=self.rules.red_after_days)

    @property
    def two_meetings_ago(self) -> date:
        """For the figure of that name, which is the same on every board; 28 days where there were none."""
        return self.held[1] if len(self.held) > 1 else self.today - LATE_WITHOUT_MEETINGS

    @property
    def without_cut_offs(self) -> date:
        return self.today - timedelta(days=self.rules.silent_after_days)

    def cut_off_of(self, subgroup: int | None, number: int) -> date | None:
        """A subgroup's last (0) cut-off or the one before last (1); None where it has none."""
        days = self.cut_offs.get(subgroup, ())
        return days[number] if len(days) > number else None

    def held_since(self, due_on: date) -> int:
        """How many board meetings were held since that day."""
        return sum(met_on > due_on for met_on in self.held)

    def cut_off(self, number: int) -> Case | Value:
        """The same per action, in SQL; so many days back where there is none."""
        fallback = Value(self.without_cut_offs, DateField())
        same: dict[date, list[int | None]] = {}  # subgroups by day: most boards close papers together
        for group, days in self.cut_offs.items():
            if len(days) > number:
                same.setdefault(days[number], []).append(group)
        whens = [When(_in_one_of(groups), then=Value(day)) for day, groups in same.items()]
        return Case(*whens, default=fallback, output_field=DateField()) if whens else fallback


def _in_one_of(groups: list[int | None]) -> Q:
    subgroups = Q(subgroup_id__in=[group for group in groups if group is not None])
    return subgroups | Q(subgroup_id__isnull=True) if None in groups else subgroups


def is_overdue(today: date) -> Q:
    return Q(status__in=["planned", "started"], due_on__lt=today)


def is_to_look_at(today: date) -> Q:
    """On hold, or continuing, and the day to look again has come."""
    held = Q(status="on_hold")
    return Q(look_again_on__lte=today) & (held | Q(status__in=["planned", "started"], continuing=True))


def is_silent(calendar: Calendar) -> Q:
    """Open, and nothing said since the papers' cut-off before last of its subgroup."""
    spoke = Coalesce(F("said_on"), F("planned_on"))
    return Q(LessThanOrEqual(spoke, calendar.cut_off(1)), status__in=["planned", "started"])


def rag(calendar: Calendar) -> Case:
    """The first that holds, as in the design's list. One of STATES, or "none"."""
    return Case(
        When(status="signed_off", then=Value("complete")),
        When(status="done", then=Value("awaiting")),
        When(status__in=["withdrawn", "draft"], then=Value("none")),
        default=while_open(calendar),
        output_field=CharField(),
    )


def while_open(calendar: Calendar) -> Case:
    """The same for an action known to be planned, started or on hold: silence is not green."""
    today = calendar.today
    long_late, off_track = Q(due_on__lt=calendar.red_before), Q(confidence="off_track")
    red = long_late | off_track if calendar.rules.off_track_is_red else long_late
    return Case(
        When(Q(status="on_hold") | Q(status="planned", start_on__gt=today), then=Value("waiting")),
        When(red, then=Value("red")),
        When(Q(due_on__lt=today) | Q(confidence__in=["at_risk", "off_track"]), then=Value("amber")),
        When(Q(confidence="on_track") & GreaterThan(F("said_on"), calendar.cut_off(0)), then=Value("green")),
        default=Value("silent"),
        output_field=CharField(),
    )
