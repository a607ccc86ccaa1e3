"""The parts of a stored paper, as the page's own tags want them. They read what is stored and nothing else."""

from typing import Any

from django import template

from frontend.figures import TONES

register = template.Library()


@register.filter
def segments(parts: list[tuple[str, str, int]]) -> list[tuple[str, int, str]]:
    """Of a bar as it is stored (key, words, count): words, count and tone. A key that is no longer known is grey."""
    return [(words, count, TONES.get(key, "grey")) for key, words, count in parts]


@register.filter
def named(row: list[Any], head: list[str]) -> list[tuple[str, Any]]:
    """Each cell with what its column is called: on a phone it names itself."""
    return list(zip(head, row, strict=True))
