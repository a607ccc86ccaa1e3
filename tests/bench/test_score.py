"""The score itself: a wrong agency, a split item and an extra each cost something."""

from actions.intake.types import Proposal
from tests.bench.score import Score, score

ITEM = "We will open a hub for carers in the town. It will help them all."
CORE = "We will open a hub for carers in the town."
ANSWER = {
    "agencies": [
        {
            "agency": "Dene Council",
            "planned_work_detail": [{"text": ITEM, "core": CORE}],
            "borderline": [{"text": "Training is ongoing."}],
            "unclassified": [],
            "commitments_elsewhere": [],
        }
    ]
}


def planned(text: str, agency: str = "Dene Council") -> Proposal:
    return Proposal(1, agency, "planned_work", text, 1, 0, len(text))


def test_the_whole_item_or_its_core_is_a_hit_and_borderline_costs_nothing() -> None:
    hit = Score(1.0, 1.0, (), (), ())
    assert score([planned(ITEM), planned("Training is ongoing.")], ANSWER) == hit
    assert score([planned(CORE)], ANSWER) == hit


def test_a_wrong_agency_is_missed_and_extra() -> None:
    assert score([planned(ITEM, "Dene Police")], ANSWER) == Score(0.0, 0.0, (ITEM,), (ITEM,), ())


def test_one_item_answers_once() -> None:
    assert score([planned(ITEM), planned(CORE)], ANSWER) == Score(1.0, 0.5, (), (CORE,), ())
