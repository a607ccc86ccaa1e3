"""What colour an action has on a day, as an SQL expression. Pure: the day and the meetings come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThanOrEqual

LATE_WITHOUT_MEETINGS = timedelta(days=28)
SILENT_WITHOUT_MEETINGS = timedelta(days=90)

# key → (colour, words). The colour is never shown without the words.
WORDS = {
    "complete": ("blue", "Complete and evidenced"),
    "awaiting": ("green", "Awaiting check"),
    "red": ("red", "Off track"),
    "amber": ("amber", "At risk or late"),
    "green": ("green", "On track"),
    "waiting": ("grey", "On hold or not begun"),
    "silent": ("grey", "No recent update"),
    "none": ("none", ""),
}


@dataclass(frozen=True)
class Calendar:
    """What a day needs to know of a board's meetings.

    `last` and `before_last` are its two last *held* board meetings; `cut_offs` gives, per subgroup (None: the
    board's own), the last two cut-offs for papers up to `today`, latest first. `held` is when the board met in the
    last two years, latest first.
    """

    today: date
    last: date | None = None
    before_last: date | None = None
    cut_offs: dict[int | None, tuple[date, ...]] = field(default_factory=dict, hash=False)
    held: tuple[date, ...] = ()

    @classmethod
    def read(cls, text: str, today: date) -> Calendar:
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
        held.sort(reverse=True)
        return cls(
            today=today,
            last=held[0] if held else None,
            before_last=held[1] if len(held) > 1 else None,
            cut_offs={group: tuple(sorted(days, reverse=True)[:2]) for group, days in cut_offs.items()},
            held=tuple(held),
        )

    @property
    def red_before(self) -> date:
        """Due before this day is red: past its date by two board meetings held, or by 28 days."""
        return self.before_last or self.today - LATE_WITHOUT_MEETINGS

    def held_since(self, due_on: date) -> int:
        """How many board meetings were held since that day."""
        return sum(met_on > due_on for met_on in self.held)

    def cut_off(self, number: int) -> Case | Value:
        """Per action, the last (0) or the one before last (1) cut-off of its subgroup; 90 days back where none."""
        fallback = Value(self.today - SILENT_WITHOUT_MEETINGS, DateField())
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
    """The first that holds, as in the design's list. One of the keys of WORDS."""
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
    return Case(
        When(Q(status="on_hold") | Q(status="planned", start_on__gt=today), then=Value("waiting")),
        When(Q(confidence="off_track") | Q(due_on__lt=calendar.red_before), then=Value("red")),
        When(Q(due_on__lt=today) | Q(confidence="at_risk"), then=Value("amber")),
        When(Q(confidence="on_track") & GreaterThan(F("said_on"), calendar.cut_off(0)), then=Value("green")),
        default=Value("silent"),
        output_field=CharField(),
    )
