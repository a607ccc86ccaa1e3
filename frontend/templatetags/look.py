"""Parts of a page that need a little arithmetic: bars, page numbers, sortable headings. No queries of their own."""

from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from frontend.figures import Line

register = template.Library()
BAR_WIDTH = 600


@register.inclusion_tag("frontend/components/bar.html")
def bar(segments: list[tuple[str, int, str]], title: str, key: bool = True) -> dict[str, Any]:
    """A stacked bar of (words, count, tone) with its words below: it reads without colour and without the picture.

    Without `key` only where the same words and counts stand beside it, as in a table's row.
    Tones: blue green amber red grey pale teal purple.
    """
    total = sum(count for _, count, _ in segments)
    drawn, x = [], 0.0
    for words, count, tone in segments:
        width = BAR_WIDTH * count / total if total else 0
        drawn.append(
            {"words": words, "count": count, "tone": tone, "x": round(x, 1), "width": round(width, 1)}
        )
        x += width
    said = ", ".join(f"{words} {count}" for words, count, _ in segments)
    return {"title": title, "total": total, "segments": drawn, "said": said, "width": BAR_WIDTH, "key": key}


@register.inclusion_tag("frontend/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], target: str = "") -> dict[str, Any]:
    """Page numbers that keep the filters; with `target` (a CSS selector) htmx replaces that part only."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "numbers": list(numbers), "target": target}


@register.inclusion_tag("frontend/components/sort.html", takes_context=True)
def sort(
    context: template.Context, label: str, key: str, target: str = "", classes: str = "", name: str = "order"
) -> dict[str, Any]:
    """A table heading that orders by `key` (?order=key, then ?order=-key; `name` where it is not "order")."""
    request = context["request"]
    order = request.GET.get(name, "")
    query = request.GET.copy()
    query[name] = f"-{key}" if order == key else key
    query.pop("page", None)
    return {
        "url": f"{request.path}?{query.urlencode()}",
        "label": label,
        "target": target,
        "classes": classes,
        "state": {key: "ascending", f"-{key}": "descending"}.get(order, "none"),
    }


@register.simple_tag
def swatch(tone: str) -> SafeString:
    """A square of a bar's tone, for its key."""
    return format_html(
        '<svg class="app-bar__swatch" viewBox="0 0 14 14" aria-hidden="true" focusable="false">'
        '<rect class="app-tone app-tone--{}" width="14" height="14"></rect></svg>',
        tone,
    )


@register.simple_tag
def listed(count: int, url: str, words: str, of: str, said: bool = False) -> SafeString:
    """A count and, where there is an address, the list of exactly those; `said` shows the words too. A tag: a table
    has a hundred of them, and as many includes took half of the page's time."""
    shown = f"{count} {words}" if said else str(count)
    if not url:
        return format_html("{}", shown)
    label = f"{count} {words}, {of}"
    return format_html('<a class="govuk-link" href="{}" aria-label="{}">{}</a>', url, label, shown)


@register.simple_tag
def figure(line: Line, since: date | None = None) -> SafeString:
    """A figure's name, its value with the list of exactly those, and what it counts: a part of a `dl`."""
    after = f" since {since:%-d %B %Y}" if since else ""
    value = line.value
    if line.url:
        link = '<a class="govuk-link" href="{}" aria-label="{} {}{}">{}</a>'
        value = format_html(link, line.url, line.value, line.name, after, line.value)
    return format_html(
        '<div><dt>{}</dt><dd class="app-value">{}</dd><dd class="app-counts">{}.</dd></div>',
        line.name,
        value,
        capfirst(line.words),
    )


@register.simple_tag
def tag(colour: str, words: str) -> SafeString:
    """A coloured word. The colour never stands alone."""
    tone = {"amber": "orange", "": "grey"}.get(colour, colour)
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', tone, words)
