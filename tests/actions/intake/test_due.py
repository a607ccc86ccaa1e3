"""Which printed dates are due dates, and what day they mean."""

from datetime import date

import pytest

from actions.intake.dates import Year
from actions.intake.due import due_in


@pytest.mark.parametrize(
    ("words", "printed", "on", "precision"),
    [
        (
            "It is being introduced this year (June 23) so that all gain.",
            "June 23",
            date(2023, 6, 30),
            "month",
        ),
        ("We will start in June 2023.", "June 2023", date(2023, 6, 30), "month"),
        ("Finish by 31 March 2024.", "31 March 2024", date(2024, 3, 31), "day"),
        ("Due 31/03/2024", "31/03/2024", date(2024, 3, 31), "day"),
        ("Audit in Q2 2024/25", "Q2 2024/25", date(2024, 9, 30), "quarter"),
        ("Report in Q4 2024/25", "Q4 2024/25", date(2025, 3, 31), "quarter"),
        ("Open in autumn 2024", "autumn 2024", date(2024, 11, 30), "quarter"),
        ("Open in winter 2024", "winter 2024", date(2025, 2, 28), "quarter"),
        (
            "Done by the end of the financial year",
            "the end of the financial year",
            date(2025, 3, 31),
            "quarter",
        ),
        ("Done by year end", "year end", date(2025, 3, 31), "quarter"),
        ("Done by January", "January", date(2025, 1, 31), "month"),
        ("A six-monthly audit", "six-monthly", None, "continuing"),
        ("Reviewed annually.", "annually", None, "continuing"),
        ("Training is ongoing.", "ongoing", None, "continuing"),
        ("To run between April and June 2024", "June 2024", date(2024, 6, 30), "month"),
        ("Leap on 29 February 2024", "29 February 2024", date(2024, 2, 29), "day"),
    ],
)
def test_a_date_that_looks_ahead_is_read(words: str, printed: str, on: date | None, precision: str) -> None:
    due = due_in(words, forward=True, year=Year(2024))
    assert due is not None
    assert (due.words, due.on, due.precision, due.problem) == (printed, on, precision, "")


@pytest.mark.parametrize(
    "words",
    [
        "A Peer Review was undertaken in March 2023 which focussed on practice.",
        "Derby received 3,931 referrals between April 2023 and December 2023.",
        "Since July 2022 it no longer attends.",
        "Following the new board in July 2022, further work is required with partners.",
        "It was bought in the autumn of 2023 and fell in the first 4 months of 2024.",
        "We report through the bimonthly Safeguarding Meeting.",
        "There are ongoing concerns, which may grow, about 60 homes.",
        "It finds all prisoners within 12 weeks of release and helps.",
    ],
)
def test_a_date_that_looks_back_is_never_due(words: str) -> None:
    assert due_in(words, forward=True, year=Year(2024)) is None


@pytest.mark.parametrize(
    ("words", "printed", "problem"),
    [
        ("Send it by 31 February 2024.", "31 February 2024", "“31 February 2024” is not a date that exists"),
        ("Send it by 30/02/2024.", "30/02/2024", "“30/02/2024” is not a date that exists"),
        ("Send it by 99/99/2024.", "99/99/2024", "“99/99/2024” is not a date that exists"),
        ("Send it by June.", "June", "“June” has no year"),
        (
            "Audit it within six months of publication.",
            "within six months of publication",
            "“within six months of publication” is counted from a day that is not printed here",
        ),
    ],
)
def test_a_date_that_gives_no_day_keeps_its_words_and_says_why(
    words: str, printed: str, problem: str
) -> None:
    due = due_in(words, forward=True)
    assert due is not None
    assert (due.words, due.on, due.precision, due.problem) == (printed, None, "", problem)
