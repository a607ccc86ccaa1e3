"""Which files are taken, told by their bytes and never by their name. Pure: it stores nothing, asks no rights."""

from actions.files.checking import Checked, check
from actions.files.names import safe
from actions.files.types import ACCEPT, SAID, TYPES, FileType

__all__ = ["ACCEPT", "SAID", "TYPES", "Checked", "FileType", "check", "safe"]
