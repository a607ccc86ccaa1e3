"""A number that shows impact: where it stood, where it should go, and what was read on which day."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from actions.models.action import Action
from actions.models.board import Board, BoardQuerySet
from actions.models.people import Seat
from actions.models.plan import Priority
from actions.models.source import Commitment


class MeasureQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """As far as what it measures is seen; those of a priority are everybody's."""
        seen = Q(priority__isnull=False)
        seen |= Q(action__in=Action.objects.visible_to(seat).order_by().values("pk"))
        standing = Commitment.objects.visible_to(seat).filter(taken_back=False)
        seen |= Q(commitment__in=standing.order_by().values("pk"))
        return super().visible_to(seat).filter(seen)


class Measure(models.Model):
    """Of one action, commitment or priority."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="measures")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True, help_text="Such as %, people, days")
    source = models.CharField(max_length=200, help_text="Where the number comes from")
    baseline = models.DecimalField(max_digits=12, decimal_places=2)
    baseline_on = models.DateField()
    target = models.DecimalField(max_digits=12, decimal_places=2)
    target_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, commitment__isnull=True, priority__isnull=True)
                | Q(action__isnull=True, commitment__isnull=False, priority__isnull=True)
                | Q(action__isnull=True, commitment__isnull=True, priority__isnull=False),
                name="a_measure_is_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(target=F("baseline")), name="a_target_is_elsewhere"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> Action | Commitment | Priority:
        """What it measures."""
        thing = self.action or self.commitment or self.priority
        assert thing is not None
        return thing

    @property
    def should_rise(self) -> bool:
        return self.target > self.baseline


class ReadingQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).filter(measure__in=Measure.objects.visible_to(seat))


class Reading(models.Model):
    """What the number was on a day. Read again for the same day, the later one counts and both are on the trail."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="readings")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200, blank=True, help_text="Where it was read, if elsewhere")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "on"], name="one_reading_per_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"
