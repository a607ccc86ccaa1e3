"""A paper for a meeting: figures and words as they stood, frozen. What is issued the database refuses to change."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from actions import access
from actions.models.action import Action
from actions.models.board import Board, BoardQuerySet, Meeting, Subgroup
from actions.models.people import CHAIRING, Seat


class ReportQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """What is issued is everybody's; a draft is for the office, the independent chair and that subgroup's chair."""
        everything = super().visible_to(seat)
        if access.reads_everything(seat):
            return everything
        chaired = seat.subgroup_seats.filter(role__in=CHAIRING).values("subgroup")
        return everything.filter(Q(state=Report.State.ISSUED) | Q(subgroup__in=chaired))


class Report(models.Model):
    """One version of one paper. Everything that it shows stands in `figures` and in its passages, nothing elsewhere."""

    class Kind(models.TextChoices):
        BOARD_SUMMARY = "board_summary", "Board summary"
        SUBGROUP_PACK = "subgroup_pack", "Subgroup pack"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ISSUED = "issued", "Issued"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    subgroup = models.ForeignKey(
        Subgroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text="None: the board's",
    )
    cut_off_on = models.DateField(help_text="The last day for papers, as it was when the figures were frozen")
    version = models.PositiveSmallIntegerField(default=1, help_text="2 and on: issued again, with a reason")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    figures = models.JSONField(help_text="What it says, laid out; a person's words stand in its passages")
    frozen_at = models.DateTimeField(help_text="When the figures were counted")
    drafted_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    hash = models.CharField(
        max_length=64, blank=True, help_text="Of all that it says; the trail keeps it too"
    )
    saves = models.PositiveIntegerField(default=1, help_text="Rises with each save of the draft")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__meets_on", "-version", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="one_paper_and_version_per_meeting"),
            models.CheckConstraint(
                condition=Q(state="draft", issued_at__isnull=True, issued_by__isnull=True, hash="")
                | (Q(state="issued", issued_at__isnull=False, issued_by__isnull=False) & ~Q(hash="")),
                name="issued_by_whom_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True) | Q(version__gt=1, supersedes__isnull=False),
                name="a_later_version_replaces_one",
            ),
        ]

    def __str__(self) -> str:
        version = f", version {self.version}" if self.version > 1 else ""
        return f"{self.get_kind_display()}, {self.meeting.meets_on:%-d %B %Y}{version}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class PassageQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).filter(report__in=Report.objects.visible_to(seat))


class Passage(models.Model):
    """A person's words in a report: a title, what an owner said, what was written for the meeting.

    They stand apart from the figures so that they can be destroyed and the report's hash still holds: it covers
    `text_hash`, which is of salt and text.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="passages")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="passages")
    place = models.CharField(max_length=40, help_text="Where in the report it stands")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Said of it"
    )
    text = models.TextField(null=True)  # noqa: DJ001 - NULL is destroyed, "" is nothing said
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001 - goes with the text
    text_hash = models.CharField(max_length=64)
    removed = models.CharField(max_length=300, blank=True, help_text="Who destroyed it, when and why")
    issued = models.BooleanField(default=False, help_text="From now on it can be destroyed, never changed")

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="one_passage_per_place")]

    def __str__(self) -> str:
        return self.place
