"""What a step of a review sends: which verb, on which proposals, and what was chosen. It refuses what is not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from actions.intake.review import Alike, Filing
from actions.intake.steps import Seen
from actions.models import Agency, Commitment, Priority, Seat
from actions.refusals import Invalid
from frontend.sent import whole


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


def alike(sent: QueryDict, seat: Seat) -> Alike | None:
    """`covered_by:12` is what the proposal has to do with C-12."""
    kind, _, number = sent.get("alike", "").partition(":")
    if not kind:
        return None
    standing = Commitment.objects.visible_to(seat).filter(taken_back=False)
    other = standing.select_related("source", "agency").filter(number=whole(number)).first()
    if other is None:
        raise Invalid("Choose one of the commitments that it resembles.", field="alike")
    return Alike(kind, other)


def seen(sent: str) -> Seen:
    """`12:3` is the third version of proposal 12."""
    pk, _, version = sent.partition(":")
    return whole(pk), whole(version)
