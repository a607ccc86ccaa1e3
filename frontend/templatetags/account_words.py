"""What sign-in pages ask for: organisations, the name of a browser, options for the browser's own dialog."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from actions.management.commands import _example, _example_board

register = template.Library()
BROWSERS = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
]


@register.filter
def browser(user_agent: str) -> str:
    """`Chrome on Windows`: enough to know one's own devices by."""
    name = next((name for part, name in BROWSERS if part in user_agent), "Another browser")
    system = next((name for part, name in SYSTEMS if part in user_agent), "an unknown system")
    return f"{name} on {system}"


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute: escaped by the template like any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def sso_providers() -> list[dict[str, str]]:
    return [{"id": one["id"], "name": one["name"]} for one in settings.SSO_PROVIDERS]


@register.simple_tag
def example_sign_ins() -> dict[str, Any]:
    """Only where DEBUG is on, no mail leaves, and the example board is there."""
    if not settings.DEBUG or settings.EMAIL_URL or not _example.exists():
        return {}
    return {"people": _example.sign_ins(), "password": _example_board.PASSWORD}


@register.simple_tag
def mail_is_caught() -> bool:
    """No mail leaves this machine: it is read on a page."""
    return settings.DEBUG and not settings.EMAIL_URL
