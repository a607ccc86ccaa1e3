"""How a board stood at the end of a month: counted then, kept for good."""

from __future__ import annotations

from django.db import models

from actions.models.board import Board, BoardQuerySet


class MonthEnd(models.Model):
    """`figures` of the whole board, of its commitments and by priority, as `actions.rollup.months` writes them."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="month_ends")
    on = models.DateField(help_text="The last day of the month")
    figures = models.JSONField()
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["board", "on"], name="month_end_once_per_board")]

    def __str__(self) -> str:
        return f"{self.board} at the end of {self.on:%B %Y}"
