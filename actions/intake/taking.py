"""Store a document and what was read in it, once per board; it decides nothing about any proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction

from actions import access, trail
from actions.intake import reading
from actions.intake.agencies import Agencies
from actions.models import Document, Proposal, Seat, Source, SourceKind, Subgroup
from actions.refusals import Invalid


@dataclass(frozen=True)
class Taken:
    """`already`: the board has these bytes, so nothing was changed; `proposals` counts all that were read."""

    document: Document
    proposals: int
    already: bool


def take_in(
    *,
    by: Seat,
    data: bytes,
    name: str,
    kind: SourceKind,
    today: date,
    title: str = "",
    short_title: str = "",
    source: Source | None = None,
    restricted: bool = False,
    subgroup: Subgroup | None = None,
) -> Taken:
    """A document of a new source (with `title` and `short_title`) or of one that is there. All or nothing.

    A new one may be `restricted`: then few read its words, among them the chair of `subgroup`.
    """
    access.check(by, "take_in", source)
    _refuse_unfit(by, kind, source, title, short_title)
    if subgroup is not None and subgroup.board_id != by.board_id:
        raise Invalid("Choose one of this board's subgroups.", field="subgroup")
    digest = sha256(data).hexdigest()
    name = _one_line(name, 200) or "Pasted words"
    if known := _known(by, digest):
        return known
    read = _read(data, kind=kind, name=name, today=today)
    try:
        with transaction.atomic():
            source = source or _new_source(
                by, kind, title, short_title, restricted=restricted, subgroup=subgroup
            )
            document = Document.objects.create(
                board=by.board, source=source, name=name, sha256=digest, text=read.text, taken_in_by=by
            )
            Proposal.objects.bulk_create(_proposals(document, read.proposals), batch_size=500)
            detail = {"document": document.pk, "proposals": len(read.proposals)}
            entry = trail.Entry("take_in", by, today, source=source, words=name, detail=detail)
            trail.append(by.board, [entry])
    except IntegrityError:
        if known := _known(by, digest):  # somebody took the same bytes in at the same moment
            return known
        raise
    return Taken(document, len(read.proposals), already=False)


def _read(data: bytes, *, kind: SourceKind, name: str, today: date) -> reading.Reading:
    try:
        return reading.read(data, kind=kind.slug, name=name, today=today)
    except reading.Unreadable as error:
        raise Invalid(str(error), field="document") from error


def _known(by: Seat, digest: str) -> Taken | None:
    document = Document.objects.visible_to(by).select_related("source").filter(sha256=digest).first()
    return Taken(document, document.proposals.count(), already=True) if document else None


def _new_source(
    by: Seat, kind: SourceKind, title: str, short_title: str, *, restricted: bool, subgroup: Subgroup | None
) -> Source:
    return Source.objects.create(
        board=by.board,
        number=trail.number(by.board, "sources"),
        kind=kind,
        title=title.strip(),
        short_title=short_title.strip(),
        restricted=restricted,
        subgroup=subgroup,
    )


def _proposals(document: Document, read: tuple[reading.Proposal, ...]) -> list[Proposal]:
    agencies = Agencies(document.board.agencies.all())
    return [
        Proposal(
            board_id=document.board_id,
            document=document,
            line=one.line,
            start=one.start,
            end=one.end,
            heading=_one_line(one.heading, 300),
            agency_words=_one_line(one.agency, 300),
            agency=agencies.named(one.agency),
            kind=one.kind,
            text=one.text,
            number=_one_line(one.number, 20),
            owner_words=_one_line(one.owner_words, 200),
            due_words=_one_line(one.due_words, 120),
            due_on=one.due_on,
            due_precision=one.due_precision,
            note=_one_line(one.note, 300),
        )
        for one in read
    ]


def _one_line(words: str, longest: int) -> str:
    """A caption, not the words themselves: those are kept whole in the document."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _refuse_unfit(by: Seat, kind: SourceKind, source: Source | None, title: str, short_title: str) -> None:
    if kind.board_id != by.board_id:
        raise Invalid("Choose one of this board's own kinds of source.", field="kind")
    if source is not None:
        return
    if not title.strip():
        raise Invalid("Give the source a title, as it is printed.", field="title")
    if len(title.strip()) > 200:
        raise Invalid("Keep the title within 200 characters.", field="title")
    if not short_title.strip():
        raise Invalid("Give a short title: how people call it, in a word or two.", field="short_title")
    if len(short_title.strip()) > 40:
        raise Invalid("Keep the short title within 40 characters.", field="short_title")
