"""What shows it: evidence of completion or of impact, as a file, a link or a statement; and that it still happens."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from actions import files, on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Confidence, Evidence, Seat, Status
from actions.refusals import Invalid

Kind, Shows = Evidence.Kind, Evidence.Shows


def attach(
    action: Action,
    *,
    words: str,
    by: Seat,
    version: int,
    today: date,
    link: str = "",
    shows: str = Shows.COMPLETION,
    kind: str = Kind.OTHER,
    reached: int | None = None,
    out_of: int | None = None,
    file: tuple[str, bytes] | None = None,
    behalf: Behalf | None = None,
) -> Evidence:
    """It changes no status. `file` is the name as it came and the bytes; training says how many it `reached`,
    `out_of` how many. After sign-off only evidence of impact is added."""
    on_behalf.check(by, "attach", action, today, behalf)
    _refuse_unfit(action, words, shows, kind, reached, out_of)
    checked = files.check(*file, limit=settings.EVIDENCE_MAX_MB) if file else None
    one = Evidence(
        board_id=action.board_id,
        action=action,
        words=words.strip(),
        link=link,
        shows=shows,
        kind=kind,
        reached=reached,
        out_of=out_of,
        by=behalf.of if behalf else by,
    )
    said = {"shows": str(shows), "kind": str(kind)} | ({"file": checked.type.key} if checked else {})
    move: dict[str, Any] = {"verb": "attach", "by": by, "version": version, "today": today}
    try:
        with transaction.atomic():
            trail.move(action, None, **move, words=one.words, detail=said, behalf=behalf)
            _keep(one, checked)
    except BaseException:
        _forget(one)
        raise
    return one


def _refuse_unfit(
    action: Action, words: str, shows: str, kind: str, reached: int | None, out_of: int | None
) -> None:
    if not words.strip():
        raise Invalid(
            "Say what it is: a policy changed, training and its reach, an audit and its result.",
            field="words",
        )
    if shows not in Shows.values:
        raise Invalid("Say what it shows: that it was done, or that it made a difference.", field="shows")
    if kind not in Kind.values:
        raise Invalid("Choose what kind of evidence it is.", field="kind")
    if action.status == Status.SIGNED_OFF and shows != Shows.IMPACT:
        raise Invalid("It is signed off: add what shows that it made a difference.", field="shows")
    if kind != Kind.TRAINING and (reached is not None or out_of is not None):
        raise Invalid(
            "Only training says how many it reached. Leave it empty, or choose training.", field="kind"
        )
    if kind == Kind.TRAINING and (reached is None or out_of is None):
        missing = "reached" if reached is None else "out_of"
        raise Invalid("Say how many people the training reached, and of how many.", field=missing)
    if out_of is not None and out_of < 1:
        raise Invalid("Say of how many people, at least 1.", field="out_of")
    if reached is not None and out_of is not None and not 0 <= reached <= out_of:
        raise Invalid(
            f"It cannot reach more than the {out_of} there are, or fewer than none.", field="reached"
        )


def _keep(one: Evidence, checked: files.Checked | None) -> None:
    """The row, and last of all the bytes: what is refused leaves neither."""
    if checked:
        one.file_name, one.file_type, one.sha256 = checked.name, checked.type.key, checked.sha256
        one.file_size = len(checked.data)
        one.file.save(checked.name, ContentFile(checked.data), save=False)
    one.save()


def _forget(one: Evidence) -> None:
    """The bytes of what was not saved after all."""
    if one.file.name:
        one.file.storage.delete(one.file.name)


def confirm(
    action: Action,
    *,
    words: str,
    look_again_on: date,
    by: Seat,
    version: int,
    today: date,
    link: str = "",
    behalf: Behalf | None = None,
) -> Action:
    """Continuing work still happens: said, and looked at again on `look_again_on`. `link` shows it. How it stands is
    what was said last: a word of an earlier day, written down later, takes nothing back."""
    on_behalf.check(by, "confirm", action, today, behalf)
    if not action.continuing:
        raise Invalid("Only continuing work is confirmed. Say that it is done, or how it stands.")
    if not words.strip():
        raise Invalid("Say how you know that it still happens.", field="words")
    if look_again_on <= today:
        raise Invalid("The next look lies in the future: choose a later day.", field="look_again_on")
    due = action.look_again_on
    said_on = behalf.said_on if behalf else today
    stands: dict[str, Any] = {"confidence": Confidence.ON_TRACK, "said_on": said_on}
    superseded = action.said_on is not None and said_on < action.said_on
    with transaction.atomic():
        trail.move(
            action,
            None,
            verb="confirm",
            by=by,
            version=version,
            today=today,
            behalf=behalf,
            words=words.strip(),
            detail={"from": str(due), "to": str(look_again_on)},
            look_again_on=look_again_on,
            confirmed_on=said_on,
            confirmed_in_time=due is None or said_on <= due,
            **({} if superseded else stands),
        )
        if link:
            shown_by = behalf.of if behalf else by
            Evidence.objects.create(
                board_id=action.board_id, action=action, words=words.strip(), link=link, by=shown_by
            )
    return action
