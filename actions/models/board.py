"""The board, and what stands still under it: agencies, subgroups, meetings. Nothing here changes an action."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from actions.rag import BEGUN, Calendar, Scheme

if TYPE_CHECKING:
    from actions.models.people import Seat

UK = ZoneInfo("Europe/London")


class BoardQuerySet(models.QuerySet):
    """Rows that belong to one board. Every object is fetched through `visible_to`."""

    def visible_to(self, seat: Seat) -> Self:
        return self.on_board_of(seat)

    def on_board_of(self, seat: Seat) -> Self:
        """Every row of the board, for figures alone: they count what a viewer may not read too."""
        return self.filter(board=seat.board_id)


class Board(models.Model):
    class Division(models.TextChoices):
        ENGLAND = "ENG", "England"
        WALES = "WLS", "Wales"
        SCOTLAND = "SCT", "Scotland"
        NORTHERN_IRELAND = "NIR", "Northern Ireland"

    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=200)
    division = models.CharField(
        max_length=3,
        choices=Division.choices,
        default=Division.ENGLAND,
        help_text="Whose bank holidays count",
    )
    example = models.BooleanField(default=False, help_text="Invented, to look around in")
    colours = models.JSONField(
        default=dict,
        blank=True,
        help_text="Words, colours and rules that differ from what a board begins with",
    )

    tz = UK

    def __str__(self) -> str:
        return self.name

    @property
    def board_id(self) -> int:
        """For `access`, as of each of its rows."""
        return self.pk

    @property
    def today(self) -> date:
        return timezone.localdate(timezone=self.tz)

    def calendar(self, today: date) -> Calendar:
        """Its meetings and cut-offs up to `today`, in one small query."""
        text = Board.objects.filter(pk=self.pk).values_list(MeetingsText("pk"), flat=True).get()
        return Calendar.read(text, today, self.scheme.rules)

    @property
    def scheme(self) -> Scheme:
        """Its own words, colours and rules: they come with the board and cost no query."""
        return Scheme.read(self.colours) if self.colours else BEGUN


class BoardHead(models.Model):
    """The end of a board's trail and its last numbers. Locked last in every verb, so that verbs queue here."""

    board = models.OneToOneField(Board, on_delete=models.PROTECT, primary_key=True, related_name="head")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)
    actions = models.PositiveIntegerField(default=0)
    sources = models.PositiveIntegerField(default=0)
    commitments = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.board_id} at {self.seq}"


class Agency(models.Model):
    class Attendance(models.TextChoices):
        ATTENDS = "attends", "Attends"
        PAPERS = "papers", "Papers only"
        CORRESPONDS = "corresponds", "In contact"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    attendance = models.CharField(max_length=12, choices=Attendance.choices, default=Attendance.ATTENDS)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="agency_once_per_board")]

    def __str__(self) -> str:
        return self.name


class Subgroup(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="subgroups")
    name = models.CharField(max_length=200)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="subgroup_once_per_board")]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    subgroup = models.ForeignKey(
        Subgroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        help_text="None: the board's",
    )
    meets_on = models.DateField()
    cut_off_on = models.DateField(help_text="Last day for papers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["meets_on", "pk"]
        indexes = [models.Index(fields=["board", "cut_off_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cut_off_on__lte=models.F("meets_on")),
                name="papers_close_before_the_meeting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subgroup or self.board} on {self.meets_on}"


class MeetingsText(models.Func):
    """A board's meetings of the last two years as text for `Calendar.read`: it rides along in another query.

    One request asks three questions before its own (session, user, seat); the calendar must not be a fourth. Written
    as SQL, since every request asks it and Django took longer to write it than the database to answer.
    """

    arity = 1  # the board's key in the outer query
    output_field = models.TextField()
    template = (
        "COALESCE((SELECT STRING_AGG(COALESCE(CAST(m.subgroup_id AS text), '') || '|' || CAST(m.meets_on AS text)"
        " || '|' || CAST(m.cut_off_on AS text) || '|' || m.state, ';') FROM actions_meeting m"
        " WHERE m.board_id = %(expressions)s AND m.state <> 'cancelled' AND m.cut_off_on >= '%(since)s'), '')"
    )

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        since = timezone.localdate(timezone=UK) - timedelta(days=730)
        return super().as_sql(compiler, connection, since=since.isoformat(), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = self.template.replace("STRING_AGG", "GROUP_CONCAT")
        return self.as_sql(compiler, connection, template=template, **extra)
