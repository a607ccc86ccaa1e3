#!/usr/bin/env python
import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def only_reads(arguments: list[str]) -> bool:
    """A document that is read and not taken in touches no board, and so needs no board's keys."""
    return arguments[:1] == ["take_in"] and "--dry-run" in arguments


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    if only_reads(sys.argv[1:]):
        for key in ("SECRET_KEY", "AUDIT_KEY"):
            os.environ.setdefault(key, secrets.token_hex())
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
