"""What holds for every document, whatever its shape; the real documents reach their score."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from actions.intake.reading import Reading, Unreadable, read
from tests.actions.intake.helpers import DOCUMENTS, lost, same_words, sample
from tests.bench.score import score

INVENTED = sorted(DOCUMENTS.glob("*.txt"))
PIECES = (
    "Harbourshire Police",
    "# Eastmere Council",
    "What have we achieved?",
    "CHALLENGES:",
    "Next steps",
    "**Data**",
    "We will open a hub by June 2024.",
    "It will help people.",
    "- train staff",
    "  o with carers",
    "1. review it",
    "4.2 The panel met.",
    "Recommendation 4:",
    "R2: The Board should act.",
    "6. Recommendations",
    "Lead: Eastmere Council",
    "Page 3 of 12",
    "---",
    "====",
    "Recommendations ........ 14",
    "and the rest of",
    "a line that goes on (e.g. this",
    "\u00a0",
    "(",
    "•",
    "DHC has:",
    "Finding 2: Nobody asked. ",
    "by 31 February 2024",
    "*",
    "multi-",
    "|",
    "\t",
    "For: all agencies",
    "No\tRecommendation\tLead\tBy when",
    "1\tTrain staff.\tDene Council\tMay 2025",
    "two\tcells",
    "No.\nRecommendation\nLead\nTimescale",
    "1\nTrain staff\nDene Council\nMay 2025",
    "| Partner | Achievements | Plans |",
    "| Dene Council | • It met | We will meet |",
    "Dene SAB report    Page 4",
    "Priority 1: Prevention",
    "During 2024/25 we will:",
    "Plans: open a hub; train staff; and report.",
    "It is recommended that the Board acts.",
    "infor-\nmation",
    "Dene Mental Health NHS\nFoundation Trust",
)


def shown(found: Reading) -> list[dict[str, Any]]:
    rows = []
    for one in found.proposals:
        due = [one.due_words, one.due_on.isoformat() if one.due_on else None, one.due_precision]
        row = {"agency": one.agency, "kind": one.kind, "text": one.text, "line": one.line, "number": one.number,
               "due": due if one.due_words else [], "owner_words": one.owner_words, "note": one.note}  # fmt: skip
        rows.append(
            {name: value for name, value in row.items() if value or name in ("agency", "kind", "text")}
        )
    return rows


def assert_whole(found: Reading) -> None:
    """No character is lost, every place is true, positions run from 1, and nothing overlaps."""
    assert lost(found) == ""
    assert [one.position for one in found.proposals] == list(range(1, len(found.proposals) + 1))
    place = 0
    for one in found.proposals:
        assert place <= one.start < one.end
        assert one.line == found.text.count("\n", 0, one.start) + 1
        place = one.end


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), min_size=1),
    st.sampled_from(["partner-return", "sar"]),
)
def test_no_sentence_of_any_text_is_lost(pieces: list[str], kind: str) -> None:
    data = "\n".join(pieces).encode("utf-8", "replace")
    try:
        found = read(data, kind=kind)
    except Unreadable:
        reject()
    assert_whole(found)


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_an_invented_document_reads_as_written_beside_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = read(path.read_bytes(), kind=expected["kind"], name=path.name)

    assert_whole(found)
    assert shown(found) == expected["proposals"]
    assert list(found.agencies) == expected["agencies"]
    assert found.year_words == expected["year_words"]


@pytest.mark.parametrize("kind", ["partner-return", "sar"])
@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_line_endings_change_no_proposal(path: Path, kind: str) -> None:
    data = path.read_bytes()
    assert read(data.replace(b"\n", b"\r\n"), kind=kind) == read(data, kind=kind)


def test_the_real_partner_section_reaches_its_score() -> None:
    path = sample("dorset-bcp-annual-report-2022-23.txt")
    answer = json.loads(path.with_suffix(".answer.json").read_text(encoding="utf-8"))
    found = read(path.read_bytes(), kind="partner-return", name=path.name)
    result = score(found, answer)

    assert_whole(found)
    assert (result.recall, result.precision, result.missed, result.extra) == (1.0, 1.0, (), ())
    assert len(result.elsewhere) == 1
    assert found.agencies == tuple(agency["agency"] for agency in answer["agencies"])
    assert [(one.due_words, one.due_on, one.due_precision) for one in found.proposals if one.due_words] == [
        ("June 23", date(2023, 6, 30), "month")
    ]


def test_nothing_is_filed_from_the_real_sections_without_headings() -> None:
    path = sample("dorset-bcp-annual-report-2022-23.txt")
    answer = json.loads(path.with_suffix(".answer.json").read_text(encoding="utf-8"))
    bare = {agency["agency"] for agency in answer["agencies"] if not agency["headed"]}
    found = read(path.read_bytes(), kind="partner-return")

    assert {one.kind for one in found.proposals if one.agency in bare} == {"unclassified"}
    assert all(same_words(one.text, found.text[one.start : one.end]) for one in found.proposals)


def test_the_real_inspection_offers_every_sentence_and_files_none() -> None:
    path = sample("derby-cqc-safeguarding-2024.txt")
    answer = json.loads(path.with_suffix(".answer.json").read_text(encoding="utf-8"))
    found = read(path.read_bytes(), kind="inspection")

    assert_whole(found)
    assert {one.kind for one in found.proposals} == {"unclassified"}
    assert {item["text"] for item in answer["items"]} - {one.text for one in found.proposals} == set()
    assert [one.due_words for one in found.proposals if one.due_words] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["partner-return", "sar"])
@pytest.mark.parametrize(
    "unit", ["a ", "(", "A. ", "- ", ". ", "1.", "x", "Lead: ", "by the end of ", "June 23 ", "**"]
)
def test_a_megabyte_of_one_thing_is_read_in_its_stride(unit: str, kind: str) -> None:
    data = ("b" + unit * (1_000_000 // len(unit)) + " c").encode()
    assert lost(read(data, kind=kind)) == ""
