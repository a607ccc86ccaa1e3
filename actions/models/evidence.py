"""What shows that an action was done, or that it helped. The owner's word alone is none."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any, Self

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F, Q

from actions.files import TYPES, FileType
from actions.models.action import Action
from actions.models.board import Board, BoardQuerySet
from actions.models.people import Seat


class OfActionQuerySet(BoardQuerySet):
    """What hangs on an action, and is seen by those who see it."""

    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).filter(action__in=Action.objects.visible_to(seat))


class EvidenceQuerySet(OfActionQuerySet):
    def impact_first(self) -> Self:
        """As an impact review offers it, with its action and who added it: of impact before of completion."""
        return self.select_related("by", "action").order_by("-shows", "pk")

    def empty(self, mark: str) -> None:
        """`mark` in the place of the words; link and file gone. Bytes are destroyed once that is committed."""
        names = list(self.exclude(file="").values_list("file", flat=True))
        self.update(words=mark, link="", **dict.fromkeys(FILE, ""), file_size=None)
        for name in names:
            transaction.on_commit(partial(default_storage.delete, name))


FILE = ("file", "file_name", "file_type", "sha256")  # what is kept of a file, beside its size


def out_of_sight(evidence: Any, name: str) -> str:
    """A random name, so that nothing of the file stands where it is kept."""
    token = secrets.token_hex(20)
    return f"evidence/{token[:2]}/{token}"


class EvidenceKind(models.TextChoices):
    POLICY = "policy", "Policy or procedure"
    TRAINING = "training", "Training"
    AUDIT = "audit", "Audit"
    DATA = "data", "Data"
    INSPECTION = "inspection", "Inspection"
    AWARENESS = "awareness", "Staff awareness"
    VOICE = "voice", "Voice of the adult"
    OTHER = "other", "Something else"


class Evidence(models.Model):
    Kind = EvidenceKind

    class Shows(models.TextChoices):
        COMPLETION = "completion", "That it was done"
        IMPACT = "impact", "That it made a difference"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="evidence")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    shows = models.CharField(max_length=10, choices=Shows.choices, default=Shows.COMPLETION)
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.OTHER)
    reached = models.PositiveIntegerField(null=True, blank=True, help_text="Training: how many it reached")
    out_of = models.PositiveIntegerField(null=True, blank=True, help_text="Training: of how many")
    words = models.TextField(
        help_text="What it is: a policy changed, training and its reach, an audit and its result"
    )
    link = models.URLField(blank=True, max_length=500)
    file = models.FileField(blank=True, upload_to=out_of_sight, help_text="Where its bytes are kept")
    file_name = models.CharField(blank=True, max_length=150, help_text="Under which it is offered again")
    file_type = models.CharField(blank=True, max_length=5, help_text="A key of files.TYPES")
    file_size = models.PositiveIntegerField(null=True, blank=True, help_text="In bytes")
    sha256 = models.CharField(blank=True, max_length=64, help_text="Of the file, as it came")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    relied_on = models.BooleanField(default=False, help_text="Ticked at sign-off")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(reached__isnull=True, out_of__isnull=True)
                | Q(kind="training", out_of__gte=1, reached__lte=F("out_of")),
                name="training_reaches_some_of_so_many",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def type(self) -> FileType | None:
        return TYPES.get(self.file_type)

    @property
    def is_owners_word(self) -> bool:
        """A statement by the owner with nothing to look at."""
        return not self.link and not self.file and self.by_id == self.action.owner_id

    @property
    def what(self) -> str:
        """Its kind in words, training with its reach: "Training, which reached 42 of 50"."""
        if self.kind == self.Kind.OTHER:
            return ""
        reach = f", which reached {self.reached} of {self.out_of}" if self.out_of else ""
        return f"{self.get_kind_display()}{reach}"
