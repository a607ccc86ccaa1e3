"""The options of a select, and the attributes of any field, written in one go.

Django renders templates for each: with 500 owners to choose from, that was most of the time of a list of actions.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
register.filter("attributes", flatatt)  # of a widget, as one string: a list's filters have a hundred


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """`optgroups` of a select widget as HTML. Everything but the attributes' names is escaped, safe or not."""
    return mark_safe("".join(_lines(groups)))


def _lines(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, members, _ in groups:
        if name:
            yield f'<optgroup label="{escape(str(name))}">\n'
        for one in members:
            attributes = flatatt(one["attrs"]) if one["attrs"] else ""
            yield f'<option value="{escape(str(one["value"]))}"{attributes}>{escape(str(one["label"]))}</option>\n'
        if name:
            yield "</optgroup>\n"
