"""Who may read a source: restricted until it is published, then everybody on the board. It changes no word of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from actions import access, trail
from actions.models import Seat, Source, Subgroup
from actions.refusals import Changed, Invalid


def publish(source: Source, *, published_on: date, by: Seat, today: date) -> Source:
    access.check(by, "publish", source)
    if published_on > today:
        raise Invalid("The day it was published cannot be in the future.", field="published_on")
    detail = {"published_on": published_on.isoformat()}
    return _set(source, "publish", by, today, "", detail, restricted=False, published_on=published_on)


def restrict(source: Source, *, subgroup: Subgroup | None, reason: str, by: Seat, today: date) -> Source:
    """From now on few may read its words: `subgroup` is the one whose chair still may."""
    access.check(by, "restrict", source)
    if not reason.strip():
        raise Invalid("Say why few may read it from now on.", field="reason")
    if subgroup is not None and subgroup.board_id != by.board_id:
        raise Invalid("Choose one of this board's subgroups.", field="subgroup")
    detail = {"subgroup": subgroup.pk if subgroup else None}
    words = reason.strip()
    return _set(
        source, "restrict", by, today, words, detail, restricted=True, published_on=None, subgroup=subgroup
    )


@transaction.atomic
def _set(
    source: Source,
    verb: str,
    by: Seat,
    today: date,
    words: str,
    detail: Mapping[str, object],
    *,
    restricted: bool,
    **changes: object,
) -> Source:
    moved = Source.objects.filter(pk=source.pk, restricted=not restricted)
    if not moved.update(restricted=restricted, **changes):
        raise Changed(f"{source.reference} is {'restricted' if restricted else 'published'} already.")
    source.refresh_from_db()
    trail.append(by.board, [trail.Entry(verb, by, today, source=source, words=words, detail=dict(detail))])
    return source
