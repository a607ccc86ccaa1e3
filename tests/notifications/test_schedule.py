"""Which step a day calls for."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import rag
from actions.days import is_working
from notifications import schedule
from notifications.kinds import Kind
from notifications.schedule import Call
from tests.notifications.moments import local

ENGLAND = "ENG"
DIVISIONS = ["ENG", "WLS", "SCT", "NIR"]


def story(due_on: date, division: str = ENGLAND, days: int = 100) -> list[tuple[str, str, str]]:
    """Every step of one date as a working day finds it: (found on, kind, step)."""
    seen: dict[tuple[Kind, str], date] = {}
    for number in range(-40, days):
        today = due_on + timedelta(days=number)
        found = schedule.call(due_on, today=today, division=division)
        if found and is_working(today, division):
            seen.setdefault((found.kind, found.step), today)
    return [(f"{day:%a %d %b}", kind.value, step) for (kind, step), day in seen.items()]


def test_a_plain_wednesday() -> None:
    assert story(date(2026, 7, 1), days=32) == [
        ("Wed 03 Jun", "due_soon", "28"),
        ("Wed 24 Jun", "due_soon", "7"),
        ("Wed 01 Jul", "due_today", "0"),
        ("Thu 02 Jul", "overdue", "1"),
        ("Thu 16 Jul", "overdue", "2"),
        ("Thu 30 Jul", "overdue", "3"),
    ]


def test_steps_before_a_sunday_move_back_and_those_after_it_forward() -> None:
    assert story(date(2026, 7, 5), days=16) == [
        ("Fri 05 Jun", "due_soon", "28"),
        ("Fri 26 Jun", "due_soon", "7"),
        ("Fri 03 Jul", "due_today", "0"),
        ("Mon 06 Jul", "overdue", "1"),
        ("Mon 20 Jul", "overdue", "2"),
    ]


def test_each_division_keeps_its_own_bank_holidays() -> None:
    assert [story(date(2026, 3, 17), division, days=3)[-2:] for division in DIVISIONS] == [
        [("Tue 17 Mar", "due_today", "0"), ("Wed 18 Mar", "overdue", "1")],
        [("Tue 17 Mar", "due_today", "0"), ("Wed 18 Mar", "overdue", "1")],
        [("Tue 17 Mar", "due_today", "0"), ("Wed 18 Mar", "overdue", "1")],
        [("Mon 16 Mar", "due_today", "0"), ("Wed 18 Mar", "overdue", "1")],
    ]


def test_a_step_on_a_bank_holiday_moves_and_the_one_before_it_stands_meanwhile() -> None:
    easter_monday = date(2026, 4, 6)
    due_on = easter_monday - timedelta(
        days=15
    )  # a Sunday: first reminder Monday 23 March, the next Easter Monday

    found = [schedule.call(due_on, today=easter_monday + timedelta(days=n), division=ENGLAND) for n in (0, 1)]

    assert found == [
        Call(due_on, Kind.OVERDUE, "1", date(2026, 3, 23)),
        Call(due_on, Kind.OVERDUE, "2", date(2026, 4, 7)),
    ]


def test_after_a_year_of_silence_one_step_is_found() -> None:
    due_on = date(2026, 7, 1)

    assert schedule.call(due_on, today=date(2027, 7, 5), division=ENGLAND) == Call(
        due_on, Kind.OVERDUE, "27", date(2027, 7, 1)
    )


def test_an_answer_is_asked_for_before_its_day_on_it_and_after_it_in_working_days() -> None:
    """Due on the Sunday before the early May bank holiday: five working days before it is the Monday."""
    due_on = date(2026, 5, 3)
    seen: dict[tuple[str, str], date] = {}
    for number in range(-10, 20):
        today = due_on + timedelta(days=number)
        for call in schedule.asked(due_on, today=today, division=ENGLAND, before=[5]):
            seen.setdefault((call.kind.value, call.step), today)

    assert [(f"{day:%a %d %b}", *step) for step, day in seen.items()] == [
        ("Thu 23 Apr", "asked", "0"),
        ("Mon 27 Apr", "due_soon", "5"),
        ("Fri 01 May", "due_today", "0"),
        ("Tue 05 May", "overdue", "1"),
        ("Tue 19 May", "overdue", "2"),
    ]


@given(st.dates(date(2023, 12, 1), date(2029, 1, 31)), st.sampled_from(DIVISIONS))
def test_each_step_comes_once_in_order_and_on_a_working_day(due_on: date, division: str) -> None:
    """Through leap days, both clock changes, and every bank holiday of five years."""
    steps = [
        call
        for number in range(-45, 60)
        if (call := schedule.call(due_on, today=due_on + timedelta(days=number), division=division))
    ]
    once = list(dict.fromkeys(steps))

    assert [(call.kind.value, call.step) for call in once] == [
        ("due_soon", "28"),
        ("due_soon", "7"),
        ("due_today", "0"),
        *[("overdue", str(number + 1)) for number in range(len(once) - 3)],
    ]
    assert [call.for_on for call in once] == sorted({call.for_on for call in once})
    assert all(is_working(call.for_on, division) for call in once)
    assert len(once) in (7, 8)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(-60, 60), st.sampled_from(DIVISIONS))
def test_overdue_means_what_it_means_on_the_pages(due_on: date, number: int, division: str) -> None:
    today = due_on + timedelta(days=number)
    found = schedule.call(due_on, today=today, division=division)
    overdue_on_pages = dict(rag.is_overdue(today).children)["due_on__lt"] > due_on

    if found and found.kind == Kind.OVERDUE:
        assert overdue_on_pages
    elif is_working(today, division):
        assert not overdue_on_pages


@given(st.dates(date(2023, 12, 1), date(2029, 1, 31)), st.integers(0, 60), st.sampled_from(DIVISIONS))
def test_no_date_beyond_the_farthest_calls_for_anything(today: date, more: int, division: str) -> None:
    due_on = schedule.farthest(today) + timedelta(days=1 + more)

    assert schedule.call(due_on, today=today, division=division) is None


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (local(2026, 6, 3, 6, 59), False),
        (local(2026, 6, 3, 7, 0), True),
        (local(2026, 6, 3, 17, 59), True),
        (local(2026, 6, 3, 18, 0), False),
        (local(2026, 6, 6, 12), False),  # Saturday
        (local(2026, 5, 25, 12), False),  # bank holiday
        (datetime.fromisoformat("2026-03-27T06:30+00:00"), False),  # the Friday before the clocks go forward
        (datetime.fromisoformat("2026-03-30T06:30+00:00"), True),  # the Monday after: half past seven
        (datetime.fromisoformat("2026-10-23T06:30+00:00"), True),  # the Friday before they go back
        (datetime.fromisoformat("2026-10-26T06:30+00:00"), False),  # the Monday after
    ],
)
def test_people_are_written_to_in_working_hours_of_their_own_clock(now: datetime, is_open: bool) -> None:
    assert schedule.is_open(now, ENGLAND) is is_open


@pytest.mark.slow
@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_around_a_clock_change_every_minute_is_either_open_or_not_and_each_day_opens_once(
    change: date,
) -> None:
    start = datetime(change.year, change.month, change.day, tzinfo=local(2026, 1, 1).tzinfo) - timedelta(
        days=2
    )
    minutes = [
        datetime.fromtimestamp(start.timestamp() + 60 * n, tz=start.tzinfo) for n in range(4 * 24 * 60)
    ]
    opened = [m for m in minutes if schedule.is_open(m, ENGLAND)]

    assert {(m.strftime("%a"), sum(o.date() == m.date() for o in opened)) for m in opened} == {
        ("Fri", 660),
        ("Mon", 660),
    }
    assert {m.hour for m in opened} == set(range(7, 18))
