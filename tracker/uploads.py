"""What stops a file that is far too large from filling the disk before any page has looked at it."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class Cut(FileUploadHandler):
    """The first of the handlers: it passes on a little more than the most that is taken, and lets the rest go by.

    So the form still gets the file, sees that it is too large, and says so beside everything else that was typed.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.EVIDENCE_MAX_MB * 1024 * 1024 else None

    def file_complete(self, file_size: int) -> None:
        """Left to the handlers behind."""
