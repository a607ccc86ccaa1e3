"""Prints who may do what, as Markdown: the table that every verb and page asks. It decides nothing itself."""

from typing import Any

from django.core.management.base import BaseCommand

from actions import access

WHO = (
    access.MANAGER,
    access.INDEPENDENT_CHAIR,
    access.CHAIR,
    access.LEAD,
    access.OWNER,
    access.CONTRIBUTOR,
    access.ASKED,
    access.ASKER,
)


def table() -> str:
    head = ["Verb", *(who[0].upper() + who[1:] for who in WHO)]
    lines = [head, ["---", *("---" for _ in WHO)]]
    lines += [[f"`{verb}`", *(cell(verb, who) for who in WHO)] for verb in access.TABLE]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def cell(verb: str, who: str) -> str:
    said = "on behalf of one who may" if who in access.ON_BEHALF.get(verb, frozenset()) else ""
    if not access.TABLE[verb].isdisjoint({who, access.ANYONE}):
        said = "yes, but not what they own" if verb in access.NEVER_THE_OWNER else "yes"
    if who == access.MANAGER and access.OFFICE in access.TABLE[verb]:
        return f"for the {access.OFFICE}; {said}"
    return said


class Command(BaseCommand):
    help = "Prints who may do what, as it stands in docs/rights.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(table(), ending="")
