"""Returns of agencies: what is filed where, and what is left for a person."""

from datetime import date

from actions.intake.reading import Proposal
from tests.actions.intake.helpers import filed, reading

HEAD = "Dene Council\nAchievements\nWe trained staff.\nPlanned work\n"


def planned(text: str) -> list[str]:
    return [words for _, kind, words in filed(HEAD + text) if kind == "planned_work"]


def test_a_sentence_that_only_follows_on_joins_the_commitment_before_it() -> None:
    assert planned(
        "We will open a hub. The purpose will be to help carers. These will be monitored by the Board."
    ) == ["We will open a hub. The purpose will be to help carers. These will be monitored by the Board."]


def test_a_new_commitment_stands_by_itself() -> None:
    assert planned(
        "We will open a hub. In addition, we will train staff. This year we will recruit two nurses."
    ) == [
        "We will open a hub.",
        "In addition, we will train staff.",
        "This year we will recruit two nurses.",
    ]


def test_facts_and_lead_ins_under_planned_work_are_context() -> None:
    assert filed(
        HEAD + "Hoarding has been rising.\nOur objectives are to:\n- share learning\n- audit practice"
    )[1:] == [
        ("Dene Council", "context", "Hoarding has been rising."),
        ("Dene Council", "context", "Our objectives are to:"),
        ("Dene Council", "planned_work", "share learning"),
        ("Dene Council", "planned_work", "audit practice"),
    ]


def test_a_lead_in_gives_its_date_to_the_items_below() -> None:
    found = reading(HEAD + "By 31 March 2024 we will:\n- share learning").proposals[-1]
    assert (found.text, found.due_words, found.due_precision) == ("share learning", "31 March 2024", "day")


def test_a_commitment_under_another_heading_stays_there_and_says_so() -> None:
    found = reading(
        "Dene Police\nChallenges\nStaff are few. Dene Police is committed to recruiting ten officers."
    )
    assert [(one.kind, one.note) for one in found.proposals] == [
        ("challenge", ""),
        ("challenge", "reads like a commitment: “is committed to”"),
    ]


def test_an_agency_without_headings_files_nothing_and_ends_at_the_next_agency() -> None:
    text = (
        HEAD
        + "We will act.\nDene Probation Service\nWe will help. It went well.\nDene College\nNext steps\nTrain staff"
    )
    assert filed(text)[2:] == [
        ("Dene Probation Service", "unclassified", "We will help."),
        ("Dene Probation Service", "unclassified", "It went well."),
        ("Dene College", "planned_work", "Train staff"),
    ]


def test_a_document_without_headings_is_all_for_a_person() -> None:
    assert filed("We will help everyone by June.\n\nIt was a good year. Thank you.") == [
        ("", "unclassified", "We will help everyone by June."),
        ("", "unclassified", "It was a good year."),
        ("", "unclassified", "Thank you."),
    ]


def test_a_proposal_holds_its_place_in_the_document() -> None:
    found = reading("Dene Council\n\nNext steps\n\n• Review the\n  multi-\n  agency panel by May 2025\n")
    assert found.proposals == (
        Proposal(
            position=1,
            agency="Dene Council",
            kind="planned_work",
            text="Review the multi-agency panel by May 2025",
            line=5,
            start=28,
            end=74,
            heading="Next steps",
            due_words="May 2025",
            due_on=date(2025, 5, 31),
            due_precision="month",
        ),
    )
    assert found.text[28:74] == "Review the\n  multi-\n  agency panel by May 2025"
