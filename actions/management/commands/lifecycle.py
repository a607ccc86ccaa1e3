"""Prints the life of an action as a Mermaid diagram, from what the trail lets each verb do. It decides nothing."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from actions.models import Status
from actions.trail import FROM, TO


def diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{status.label}" as {status.value}' for status in Status]
    lines += [f"    {before} --> {after}: {', '.join(verbs)}" for (before, after), verbs in arrows().items()]
    return "\n".join([*lines, "```", "", *staying()]) + "\n"


def arrows() -> dict[tuple[str, str], list[str]]:
    """From one status to another, by which verbs. What comes from nowhere is made."""
    found: dict[tuple[str, str], list[str]] = {}
    for verb, leads_to in TO.items():
        for before in FROM.get(verb, ("[*]",)):
            for after in leads_to:
                if before != after:
                    found.setdefault((str(before), str(after)), []).append(words(verb))
    return found


def staying() -> Iterator[str]:
    """What can be done in each status without leaving it."""
    for status in Status:
        here = [words(verb) for verb, begins in FROM.items() if status in begins and _stays(verb, status)]
        if here:
            yield f"- {status.label}, and stays so: {', '.join(here)}"


def _stays(verb: str, status: Status) -> bool:
    return verb not in TO or status in TO[verb]


def words(verb: str) -> str:
    return verb.replace("_", " ")


class Command(BaseCommand):
    help = "Prints the life of an action, as it stands in docs/lifecycle.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram(), ending="")
