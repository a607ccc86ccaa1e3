"""What came with a request, read so that nothing that is sent breaks a page."""

from __future__ import annotations


def whole(sent: str) -> int:
    """A number as a form or an address sends it; 0, which nothing has, for anything else."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 18 else 0
