"""Users sign in; seats act. A seat is one person on one board, and every right comes from it."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actions.models.board import Agency, Board, BoardQuerySet, MeetingsText, Subgroup
from actions.rag import Calendar


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser):
    """Who signs in. The address is the name, stored lower-case."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="address_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class SeatQuerySet(BoardQuerySet):
    def active(self) -> SeatQuerySet:
        return self.filter(left_on__isnull=True)

    def for_request(self, user_id: int, slug: str) -> SeatQuerySet:
        """The seat that a request acts with: board, its head and meetings, and agency come in the same query."""
        return _with_meetings(timezone.localdate(timezone=Board.tz)).filter(user_id=user_id, board__slug=slug)


class Seat(models.Model):
    """A person on one board. `user` is empty until an invitation is taken up; an invited person may already own."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    name = models.CharField(max_length=120)
    email = models.EmailField(help_text="The work address that this board writes to")
    job = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    is_manager = models.BooleanField(default=False)
    is_independent_chair = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False, help_text="Answers for the agency")
    invited_at = models.DateTimeField(null=True, blank=True, help_text="The last invitation, which expires")
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True, help_text="Last day away")
    leaves_on = models.DateField(null=True, blank=True, help_text="Last day, set ahead")
    left_on = models.DateField(null=True, blank=True)
    subgroups = models.ManyToManyField(Subgroup, through="SubgroupSeat", related_name="seats")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "email"], name="address_once_per_board"),
            models.UniqueConstraint(fields=["board", "user"], name="user_once_per_board"),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                | Q(away_from__isnull=False, away_until__gte=models.F("away_from")),
                name="away_from_a_day_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(agency__isnull=False), name="a_lead_leads_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def places(self) -> dict[int, str]:
        """The subgroups that this seat sits on, by id, and as what."""
        return dict(self.subgroup_seats.values_list("subgroup_id", "role"))

    @property
    def chaired(self) -> frozenset[int]:
        """Those that it chairs or vice-chairs."""
        return frozenset(subgroup for subgroup, role in self.places.items() if role in CHAIRING)

    def calendar(self, today: date) -> Calendar:
        """The board's meetings up to `today`; free where the seat came from `for_request`."""
        text = getattr(self, "meetings_text", None)
        if text is None:
            return self.board.calendar(today)
        return Calendar.read(text, today, self.board.scheme.rules)


@lru_cache(maxsize=1)
def _with_meetings(day: date) -> SeatQuerySet:
    """Built once a day, never run itself: every request asks this, and building it took longer than asking."""
    elsewhere = Seat.objects.active().filter(user=OuterRef("user")).exclude(pk=OuterRef("pk"))
    return (
        Seat.objects.active()
        .select_related("board__head", "agency")
        .annotate(meetings_text=MeetingsText("board_id"), on_other_boards=Exists(elsewhere))
    )


class StandIn(models.Func):
    """Who hears beside the owner of an action (given by its id) while that one is away on `today`.

    The agency's lead, else a manager; first of all one who is here, then one who has taken up the seat. Each of them
    may read the action, whatever it answers. As SQL, so that a statement that writes rows asks what a query asks.
    """

    arity = 1
    output_field = models.BigIntegerField()
    template = (
        "(SELECT s.id FROM actions_action its JOIN actions_seat s ON s.board_id = its.board_id"
        " WHERE its.id = %(expressions)s AND s.id <> its.owner_id AND s.left_on IS NULL"
        " AND (s.is_manager OR s.is_lead AND s.agency_id = its.agency_id)"
        " ORDER BY CASE WHEN s.away_from <= '%(today)s' AND s.away_until >= '%(today)s' THEN 1 ELSE 0 END,"
        " s.user_id IS NULL, CASE WHEN s.is_lead AND s.agency_id = its.agency_id THEN 0 ELSE 1 END, s.id LIMIT 1)"
    )

    def __init__(self, action: str, *, today: date) -> None:
        super().__init__(action, today=today.isoformat())

    @classmethod
    def sql(cls, action: str, today: date) -> str:
        return cls.template % {"expressions": action, "today": today.isoformat()}


class SubgroupSeat(models.Model):
    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        MEMBER = "member", "Sits on"

    subgroup = models.ForeignKey(Subgroup, on_delete=models.PROTECT, related_name="subgroup_seats")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="subgroup_seats")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subgroup", "seat"], name="one_role_per_subgroup")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_role_display()} of {self.subgroup}"


CHAIRING = (SubgroupSeat.Role.CHAIR, SubgroupSeat.Role.VICE_CHAIR)


def chairing(subgroup: Any) -> SeatQuerySet:
    """Its chair and vice-chair: by its id, or what an outer query calls it."""
    return Seat.objects.active().filter(subgroup_seats__subgroup=subgroup, subgroup_seats__role__in=CHAIRING)
