"""What is typed to check an action’s impact, and how every action then stands."""

from actions.models import Action

WORDS = "Audit of 40 records: <b>37</b> held"
FILLED = {"verdict": "embedded", "words": WORDS, "sentence": "Custody now asks every adult."}
FAILED = FILLED | {"verdict": "not_effective", "sentence": "Training alone changed nothing."}


def stands() -> list[tuple[str, str]]:
    return list(Action.objects.order_by("number").values_list("status", "verdict"))
