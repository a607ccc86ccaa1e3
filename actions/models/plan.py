"""The board's strategic plan for some years, and its headings."""

from django.db import models

from actions.models.board import Board, BoardQuerySet


class Plan(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = BoardQuerySet.as_manager()

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
