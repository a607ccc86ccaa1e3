"""Which of a board's agencies a heading means. It never guesses: what fits none or two waits for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.models import Agency

BRACKETS = re.compile(r"\(([^()]*)\)")
NOT_A_WORD = re.compile(r"[^\w]+")


class Agencies:
    """The agencies of one board by every way in which a document may write them."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.by_key: dict[str, Agency | None] = {}
        for agency in agencies:
            for key in {*keys(agency.name), key_of(agency.short_name)} - {""}:
                known = self.by_key.setdefault(key, agency)
                if known != agency:
                    self.by_key[key] = None  # two agencies answer to it, so it names neither

    def named(self, words: str) -> Agency | None:
        """The agency that these words mean, whatever their case and brackets."""
        return next((found for key in keys(words) if (found := self.by_key.get(key))), None)


def keys(words: str) -> list[str]:
    """As printed, without what stands in brackets, and what stands in brackets ("… Trust (DHC)")."""
    parts = [words, BRACKETS.sub(" ", words), *BRACKETS.findall(words)]
    return [key for part in parts if (key := key_of(part))]


def key_of(words: str) -> str:
    plain = NOT_A_WORD.sub(" ", words.casefold().replace("&", " and ").replace("’", "").replace("'", ""))
    return plain.strip().removeprefix("the ")
