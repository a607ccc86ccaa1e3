"""What asks for change or promises it: sources, their documents, what was read in them, and what was kept."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q, QuerySet

from actions import access, commitments
from actions.models.board import Agency, Board, BoardQuerySet, Subgroup
from actions.models.people import CHAIRING, Seat
from actions.models.plan import Priority


class SourceKind(models.Model):
    """SAR, inspection, partner return …: each board's own list. `slug` also says how a document is read."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="source_kinds")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["board", "slug"], name="source_kind_once_per_board")]

    def __str__(self) -> str:
        return self.name


def closed_to(seat: Seat) -> QuerySet[Any]:
    """The restricted sources whose words this seat may not read: for a subquery, none is asked by itself.

    Open to the manager, the independent chair and the chair of the subgroup that watches over it.
    """
    if access.reads_everything(seat):
        return Source.objects.none()
    chaired = seat.subgroup_seats.filter(role__in=CHAIRING).values("subgroup")
    restricted = Source.objects.filter(board=seat.board_id, restricted=True).order_by()
    return restricted.exclude(subgroup__in=chaired).values("pk")


RESTRICTED = "Restricted review"  # what it is called for those who may not read it


class SourceQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).exclude(pk__in=closed_to(seat))


class OfSourceQuerySet(BoardQuerySet):
    """What hangs on a source, and is as closed as it is."""

    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).exclude(source__in=closed_to(seat))


class CommitmentQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """Also to the lead of the agency that it asks, and to the owners of what answers it."""
        asked = Q(answers__action__owner=seat)
        if seat.is_lead:
            asked |= Q(agency=seat.agency_id) | Q(answers__action__agency=seat.agency_id)
            asked |= Q(responses__agency=seat.agency_id, responses__unasked_on__isnull=True)
        asked_of = Commitment.objects.filter(asked).order_by().values("pk")
        open_ = ~Q(source__in=closed_to(seat))
        everything = super().visible_to(seat)
        return everything if access.reads_everything(seat) else everything.filter(open_ | Q(pk__in=asked_of))

    def with_state(self, today: date) -> Self:
        """Each with `state` on this day: one of the keys of `commitments.WORDS`."""
        return self.annotate(state=commitments.state(today))

    def with_covering(self, today: date) -> Self:
        """Each with `covering` on this day: the id of the commitment whose state counts here, or None."""
        return self.annotate(covering=commitments.covering(today))


class ProposalQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).exclude(document__source__in=closed_to(seat))


class Source(models.Model):
    """One review, inspection, return or plan. It may exist before its document."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="sources")
    number = models.PositiveIntegerField()
    kind = models.ForeignKey(SourceKind, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=40, help_text="How people call it, for references: “Katherine”")
    subgroup = models.ForeignKey(
        Subgroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        help_text="Watches over it",
    )
    restricted = models.BooleanField(default=False, help_text="Not published: few may read its words")
    published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="source_number_once_per_board")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"S-{self.number}"


class Document(models.Model):
    """The text that was read, once. `sha256` is of the bytes as they came, so the same file is known again."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="documents")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    taken_in_at = models.DateTimeField(auto_now_add=True)
    taken_in_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfSourceQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_in_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["board", "sha256"], name="document_once_per_board")]

    def __str__(self) -> str:
        return self.name


class Precision(models.TextChoices):
    """How exactly a date was printed. A month or a quarter means its last day."""

    NONE = "", "No date printed"
    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    CONTINUING = "continuing", "Continuing"


class ProposalKind(models.TextChoices):
    PLANNED_WORK = "planned_work", "Planned work"
    RECOMMENDATION = "recommendation", "Recommendation"
    FINDING = "finding", "Finding"
    ACHIEVEMENT = "achievement", "Achievement"
    CHALLENGE = "challenge", "Challenge"
    CONTEXT = "context", "Context"
    UNCLASSIFIED = "unclassified", "Not classified"


class CommitmentKind(models.TextChoices):
    PLANNED_WORK = "planned_work", "Planned work"
    RECOMMENDATION = "recommendation", "Recommendation"
    FINDING = "finding", "Finding"


class Commitment(models.Model):
    """One recommendation or finding of a source, or one piece of work that an agency planned, in its words."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=16, choices=CommitmentKind.choices)
    printed_number = models.CharField(max_length=20, blank=True)
    words = models.TextField()
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        help_text="Who planned it",
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    due_words = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=12, choices=Precision.choices, blank=True)
    taken_back = models.BooleanField(default=False, help_text="Kept by mistake, and undone")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-source__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="commitment_number_once_per_board")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Source, printed number and agency: “Katherine 4.2 Police”; a number of our own where none is printed.

        While the source is restricted a neutral code, for everybody: “S-4 recommendation 4.2”.
        """
        agency = self.agency.short_name if self.agency else None
        if self.source.restricted:
            return neutral_reference(self.source.number, self.kind, self.printed_number, self.number)
        return commitment_reference(self.source.short_title, self.printed_number, self.number, agency)


def commitment_reference(source: str, printed_number: str, number: int, agency: str | None) -> str:
    return " ".join(filter(None, [source, printed_number or f"C-{number}", agency]))


def neutral_reference(source: int, kind: str, printed_number: str, number: int) -> str:
    return f"S-{source} {CommitmentKind(kind).label.lower()} {printed_number or f'C-{number}'}"


class Proposal(models.Model):
    """Something read in a document, waiting for a person. `start` and `end` place it in the document's text."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for you"
        KEPT = "kept", "Kept"
        CONTEXT = "context", "Context"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="proposals")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proposals")
    line = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    agency_words = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16, choices=ProposalKind.choices)
    text = models.TextField()
    number = models.CharField(max_length=20, blank=True)
    owner_words = models.CharField(max_length=200, blank=True)
    due_words = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=12, choices=Precision.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commitment = models.OneToOneField(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["document", "start"])]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=models.F("end")), name="a_proposal_has_words"),
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(commitment__isnull=False), name="kept_means_a_commitment"
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.text[:60]}"


class ReviewStep(models.Model):
    """One step of a review and what stood before it, so that it can be undone. The last in, the first undone."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="steps")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=20)
    before = models.JSONField(help_text="The proposals it touched, as they stood")
    made = models.JSONField(default=list, help_text="The proposals that it made, by id")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by}"
