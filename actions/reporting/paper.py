"""What a report is laid out in: sections of blocks, down to single parts of a cell. It counts nothing.

A part is a dict with one key: `s` plain words or a number, `b` strong ones, `m` muted ones on a line of their own,
`a` the number of an action, `tag` a colour and its words, `bar` the parts of a bar as (key, words, count), and `t` the
place of a passage: a person's words, which stand apart so that they can be destroyed. What is stored so can be read for
as long as these keys are; a new schema gets a new number and keeps the old ones readable.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from actions.models import Action, Passage, Report
from actions.models.source import RESTRICTED

SCHEMA = 1

Part = dict[str, Any]
Cell = list[Part]

# The sections of each kind, in their order: each may have words of its own, and each is there when it is empty.
SECTIONS: dict[str, dict[str, str]] = {
    Report.Kind.BOARD_SUMMARY: {
        "opening": "In short",
        "priorities": "Progress and impact by strategic priority",
        "decisions": "Decisions needed",
        "moved": "What moved since the last meeting",
        "slipped": "What slipped, and why",
        "exceptions": "Late, off track or silent",
        "difference": "What made a difference",
        "decided": "What was decided last",
        "trend": "Month by month",
        "figures": "The board’s figures",
    },
    Report.Kind.SUBGROUP_PACK: {
        "opening": "In short",
        "waiting": "Waiting for the chair",
        "decisions": "Decisions needed",
        "exceptions": "Late, off track or silent",
        "moved": "What moved since the last meeting",
        "slipped": "What slipped, and why",
        "open": "Every open action",
        "difference": "What made a difference",
        "decided": "What was decided last",
        "figures": "The subgroup’s figures",
    },
}


@dataclass
class Paper:
    """Collects what is laid out, and takes each person's words aside into a passage."""

    passages: list[Passage] = field(default_factory=list)
    places: dict[tuple[int | None, str], str] = field(default_factory=dict)

    def said(self, text: str, action: Action | None = None) -> Part:
        """A person's words; the same of the same action stand once."""
        key = (action.pk if action else None, text)
        if key not in self.places:
            self.places[key] = f"f{len(self.passages) + 1}"
            self.passages.append(passage(self.places[key], text, action))
        return {"t": self.places[key]}

    def action(self, one: Action) -> Cell:
        """Its reference, title, owner and agency. Of a restricted review neither: papers travel."""
        if one.sealed:  # type: ignore[attr-defined]
            return [{"s": one.reference}, {"s": RESTRICTED}]
        names = [one.owner.name if one.owner else "", one.agency.short_name if one.agency else ""]
        who = ", ".join(filter(None, names))
        return [{"a": one.number}, self.said(one.title, one), *([{"m": who}] if who else [])]

    def words(self, text: str | None, one: Action, nothing: str = "Nothing yet") -> Cell:
        """What somebody said of an action, or that there is `nothing`."""
        if one.sealed:  # type: ignore[attr-defined]
            return [{"m": "Not shown"}]
        return [self.said(text, one)] if text else [{"m": nothing}]


def passage(place: str, text: str, action: Action | None = None) -> Passage:
    salt = secrets.token_hex(16)
    return Passage(place=place, text=text, salt=salt, text_hash=hash_of(salt, text), action=action)


def hash_of(salt: str | None, text: str | None) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def plain(*words: str | int) -> Cell:
    return [{"s": one} for one in words]


def figures(rows: Sequence[tuple[str, str | int, str]]) -> dict[str, Any]:
    """Name, value and what it counts, line by line."""
    return {"kind": "figures", "rows": [list(row) for row in rows]}


def table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, empty: str, numeric: bool = False
) -> dict[str, Any]:
    """The first cell of a row names it. `numeric`: the others are numbers. Without rows it says `empty`."""
    if not rows:
        return {"kind": "text", "parts": plain(empty)}
    return {"kind": "table", "caption": caption, "head": list(head), "rows": rows, "numeric": numeric}


def text(*parts: Part) -> dict[str, Any]:
    return {"kind": "text", "parts": list(parts)}


def heading(words: str) -> dict[str, Any]:
    return {"kind": "heading", "words": words}


def filled_first(*groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups of a heading and what stands below it. Those with nothing to list come last, in one paragraph that says so
    and without their headings."""
    empty = [group for group in groups if group and group[1]["kind"] == "text"]
    filled = [block for group in groups if group not in empty for block in group]
    said = " ".join(part["s"] for group in empty for part in group[1]["parts"])
    return [*filled, *([text({"s": said})] if said else [])]


def stored(tree: Any) -> Any:
    """As the database gives it back: dates as text, keys as text, tuples as lists."""
    return json.loads(json.dumps(tree, cls=DjangoJSONEncoder))
