"""How a verb says no. Every refusal carries words for the person who asked; nothing was changed."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The base of every refusal. `message` is a plain sentence that says what to do; `field` where, if anywhere."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused, PermissionDenied):
    """This seat may not do this; the message says who may. Not caught, it is the 403 page with those words."""


class Invalid(Refused):
    """Something given is missing or wrong; `field` names it."""


class Changed(Refused):
    """Somebody else saved first, or the step no longer fits; what was typed is to be shown beside what stands."""
