"""The board's strategic plan for some years, and its headings."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from actions.models.board import Board, BoardQuerySet


class PlanQuerySet(BoardQuerySet):
    def aside(self, today: date) -> Self:
        """Those that are over, and those still to come while another runs: not the plan that people mean."""
        running = _of_the_same_board(starts_on__lte=today, ends_on__gte=today)
        return self.filter(is_over(today) | Q(Exists(running), starts_on__gt=today))


def is_over(today: date) -> Q:
    """Of a plan: it has ended, or another one has begun after it. Time to carry over what it leaves."""
    next_one = _of_the_same_board(starts_on__gt=OuterRef("starts_on"), starts_on__lte=today)
    return Q(ends_on__lt=today) | Q(Exists(next_one))


def _of_the_same_board(**which: object) -> models.QuerySet[Plan]:
    return Plan.objects.filter(board=OuterRef("board"), **which).order_by()


class Plan(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="a_plan_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Priority(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="priorities")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["-plan__starts_on", "number", "pk"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="priority_number_once_per_plan")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
