"""A page, or the part of it that htmx asks for; and what a list beside its filters shows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_filters import FilterSet

from frontend.context import BoardRequest


def page_or_part(
    request: BoardRequest, template: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One address for both: htmx gets the partial of that name."""
    shown = f"{template}#{part}" if request.htmx else template
    response = render(request, shown, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def narrowed(request: BoardRequest, shown: FilterSet, per_page: int) -> dict[str, Any]:
    """What `components/list.html` needs: the filter, whether any of it is on, and the page that was asked for."""
    return {
        "filter": shown,
        "filtered": any(request.GET.get(name) for name in shown.filters),
        "page": Paginator(shown.qs, per_page).get_page(request.GET.get("page")),
    }
