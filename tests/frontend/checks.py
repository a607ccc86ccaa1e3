"""What is typed to check an action’s impact, and how every action then stands."""

from actions.models import Action, Evidence

WORDS = "Audit of 40 records: <b>37</b> held"
FILLED = {"verdict": "embedded", "words": WORDS, "sentence": "Custody now asks every adult."}
FAILED = FILLED | {"verdict": "not_effective", "sentence": "Training alone changed nothing."}


def stands() -> list[tuple[str, str]]:
    return list(Action.objects.order_by("number").values_list("status", "verdict"))


def with_a_file(action: Action) -> Evidence:
    about = {"words": "Audit of 40", "shows": "impact", "kind": "audit", "by": action.owner}
    kept = {"file": "evidence/ab/cd", "file_name": "Smith.csv", "file_type": "csv", "file_size": 9}
    return Evidence.objects.create(board=action.board, action=action, **about | kept)
