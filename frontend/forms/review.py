"""What a step of a review sends: which verb, on which proposals, and what was chosen. It refuses what is not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from actions.intake.review import Filing
from actions.intake.steps import Seen
from actions.models import Agency, Priority, Seat
from actions.refusals import Invalid


@dataclass(frozen=True)
class Choices:
    """What can be chosen on this board, by the id that a form sends."""

    agencies: dict[str, Agency]
    priorities: dict[str, Priority]

    @classmethod
    def of(cls, seat: Seat) -> Choices:
        return cls(
            {str(agency.pk): agency for agency in Agency.objects.visible_to(seat)},
            {str(priority.pk): priority for priority in Priority.objects.visible_to(seat)},
        )

    def agency(self, sent: QueryDict) -> Agency | None:
        wanted = sent.get("agency", "")
        if wanted and wanted not in self.agencies:
            raise Invalid("Choose one of this board's agencies.", field="agency")
        return self.agencies.get(wanted)

    def priority(self, sent: QueryDict) -> Priority | None:
        wanted = sent.get("priority", "")
        if wanted and wanted not in self.priorities:
            raise Invalid("Choose one of this board's priorities.", field="priority")
        return self.priorities.get(wanted)

    def filing(self, sent: QueryDict, kind: str) -> Filing:
        return Filing(sent.get(kind, ""), self.agency(sent))


def seen(sent: str) -> Seen:
    """`12:3` is the third version of proposal 12."""
    pk, _, version = sent.partition(":")
    return whole(pk), whole(version)


def whole(sent: str) -> int:
    """A number as a form sends it; 0, which nothing has, for anything else."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 18 else 0
