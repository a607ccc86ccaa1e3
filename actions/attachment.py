"""Bytes that a browser keeps as a file and never shows, whatever stands in them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attached(data: bytes, *, type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=type)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
