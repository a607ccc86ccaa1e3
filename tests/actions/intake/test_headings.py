"""Headings and agencies by their words."""

import pytest

from actions.intake.headings import agency_name, section_kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("What have we achieved?", "achievement"),
        ("Key achievements", "achievement"),
        ("ACHIEVEMENTS:", "achievement"),
        ("3.1 Our successes in 2023/24", "achievement"),
        ("Progress against last year's priorities", "achievement"),
        ("What went well", "achievement"),
        ("Challenges faced", "challenge"),
        ("What have the challenges been?", "challenge"),
        ("What did not go so well?", "challenge"),
        ("Barriers and difficulties", "challenge"),
        ("Priorities for the coming year", "planned_work"),
        ("Our plans for 2024/25", "planned_work"),
        ("Next steps", "planned_work"),
        ("What we will do next year", "planned_work"),
        ("Planned work for 2023 to 2024 to support the SAB's strategic plan", "planned_work"),
        ("Achievements and challenges", "unclassified"),
        ("We plan to open a hub", ""),
        ("The challenges have been that:", ""),
        ("Our priorities were met in full.", ""),
        ("Harbourshire Police", ""),
    ],
)
def test_a_section_heading_is_known_by_its_words(words: str, kind: str) -> None:
    assert section_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Harbourshire Constabulary", "Harbourshire Constabulary"),
        ("3.2 Dene Fire and Rescue Service (DFRS):", "Dene Fire and Rescue Service (DFRS)"),
        ("Name of organisation: Age Friendly Dene", "Age Friendly Dene"),
        ("Statement from Dene Council", "Dene Council"),
        ("We launched a new Home Safety Leaflet with safeguarding paragraph", ""),
        ("What Have The Challenges Been", ""),
        ("Introduction", ""),
        ("Dene Council has opened a hub", ""),
    ],
)
def test_an_agency_is_known_by_its_name(words: str, name: str) -> None:
    assert agency_name(words) == name
