"""Reviews: which words are recommendations, whose they are, and which only look like one."""

import pytest

from tests.actions.intake.helpers import filed, reading


def asked(text: str) -> list[tuple[str, str]]:
    return [(one.number, one.text) for one in reading(text, "sar").proposals if one.kind == "recommendation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recommendation 4: The Board should act.", [("4", "The Board should act.")]),
        ("Recommendation 4.2 - The Board should act.", [("4.2", "The Board should act.")]),
        ("R4: The Board should act.", [("R4", "The Board should act.")]),
        ("R4 The Board should act.", [("R4", "The Board should act.")]),
        ("**Recommendation 2:** Train staff.", [("2", "Train staff.")]),
        ("RECOMMENDATION ONE\nTrain staff.", []),
        ("Recommendation One\n\nTrain all staff.", [("One", "Train all staff.")]),
        ("Recommendations\n\n4.2 Train staff.\n4.3 Review it.", [("4.2", "Train staff."), ("4.3", "Review it.")]),
        ("Recommendations:\n• Train staff\n• Review it", [("", "Train staff"), ("", "Review it")]),
        ("Recommendations\n\nThe Board should act.\n\nThe Trust should act too.",
         [("", "The Board should act."), ("", "The Trust should act too.")]),
    ],
)  # fmt: skip
def test_the_usual_shapes_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert asked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation 4 above was accepted.",
        "See Recommendation 4: it was made in 2019. Recommendations follow.",
        "Recommendations ........ 14",
        "Contents\n\nRecommendations 14\nConclusion 15\n",
        "4.2 Practitioners should have asked.",
        "The report makes recommendations. They should be read.",
        "R2 was welcomed.",
    ],
)
def test_mentions_and_narrative_are_not_recommendations(text: str) -> None:
    assert asked(text) == []


def test_sub_items_stay_inside_their_recommendation() -> None:
    text = "Recommendations\n\n1. The Board should agree:\n   - who leads\n   - who pays\n2. The Trust should act."
    assert asked(text) == [
        ("1", "The Board should agree:\n- who leads\n- who pays"),
        ("2", "The Trust should act."),
    ]


def test_the_agency_the_lead_and_the_date_are_read_where_they_are_printed() -> None:
    text = "Recommendation 3 (Dene Police): Review the log.\nLead: Head of Crime\nTimescale: 31 March 2025\n"
    (found,) = reading(text, "sar").proposals
    assert (found.agency, found.owner_words, found.due_words, found.due_precision, found.text) == (
        "Dene Police",
        "Dene Police; Head of Crime",
        "31 March 2025",
        "day",
        "Review the log.",
    )


def test_a_recommendation_printed_twice_is_one_and_the_second_says_where_the_first_is() -> None:
    text = "Summary\n\nRecommendation 1: Train all staff.\n\nRecommendations\n\nRecommendation 1: Train all staff.\n"
    assert [(one.kind, one.note) for one in reading(text, "sar").proposals] == [
        ("recommendation", ""),
        ("context", "printed before, on line 3"),
    ]


def test_without_recommendations_every_sentence_is_offered() -> None:
    assert filed("# Findings\n\nStaff were kind. Nobody asked why.", "inspection") == [
        ("", "unclassified", "Staff were kind."),
        ("", "unclassified", "Nobody asked why."),
    ]
