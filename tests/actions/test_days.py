"""Working days and repeated days."""

from datetime import date

from actions import days


def test_a_day_off_moves_back_or_forward_to_a_working_day_of_the_division() -> None:
    good_friday, easter_monday = date(2026, 4, 3), date(2026, 4, 6)

    assert [days.on_or_before(easter_monday, one) for one in ("ENG", "SCT")] == [
        date(2026, 4, 2),
        easter_monday,
    ]
    assert [days.on_or_after(good_friday, one) for one in ("ENG", "SCT")] == [date(2026, 4, 7), easter_monday]
    assert days.on_or_before(date(2026, 4, 7), "ENG") == days.on_or_after(date(2026, 4, 7), "ENG")


def test_papers_close_ten_working_days_before_with_bank_holidays_left_out() -> None:
    assert days.working_days_before(date(2026, 6, 3), 10, "ENG") == date(
        2026, 5, 19
    )  # 25 May is a bank holiday
    assert days.working_days_before(date(2026, 6, 3), 0, "ENG") == date(2026, 6, 3)


def test_the_second_thursday_stays_the_second_thursday() -> None:
    assert list(days.repeated(date(2026, 6, 11), months=3, times=4)) == [
        date(2026, 6, 11),
        date(2026, 9, 10),
        date(2026, 12, 10),
        date(2027, 3, 11),
    ]


def test_a_fifth_weekday_becomes_the_last() -> None:
    assert list(days.repeated(date(2026, 7, 31), months=1, times=3)) == [
        date(2026, 7, 31),
        date(2026, 8, 28),
        date(2026, 9, 25),
    ]
