"""The filters that are on, each in words with the address that takes it off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django_filters import FilterSet

PAGED = ("page", "page_size", "ordering")  # how a list is shown, not what is in it


@dataclass(frozen=True)
class Chosen:
    label: str
    words: str
    without: str  # the query string once it is off


def chosen(request: HttpRequest, shown: FilterSet) -> list[Chosen]:
    found = []
    for name, field in shown.form.fields.items():
        if name in PAGED or name in shown.form.errors:
            continue
        for value in filter(None, request.GET.getlist(name)):
            found.append(Chosen(*_words(field, value), without(request.GET, name, value)))
    return found


def _words(field: forms.Field, value: str) -> tuple[str, str]:
    label = str(field.label)
    if isinstance(field, forms.ModelChoiceField):
        return label, _row(field, value)
    if isinstance(field, forms.ChoiceField):
        return label, str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(field, forms.NullBooleanField):
        return label, "no" if value == "false" else "yes"
    return label, value


def _row(field: forms.ModelChoiceField, value: str) -> str:
    if value == getattr(field, "null_value", None):
        return str(getattr(field, "null_label", value))
    row: Any = field.queryset.filter(pk=value).first() if field.queryset is not None else None
    return str(row) if row else "nobody and nothing that you may read here"


def without(given: QueryDict, name: str, value: str) -> str:
    """What is left of an address when one value of one filter goes; back to the first page."""
    rest = given.copy()
    rest.setlist(name, [one for one in given.getlist(name) if one != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
