"""Two boards with one of everything. Every free text of the other one carries a word that nobody of the first may
ever read; so do the words of the first one's restricted review, for those who may not read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.test import Client

from actions import (
    challenges,
    colours,
    decisions,
    impact,
    kept,
    links,
    measures,
    minutes,
    planning,
    progress,
    reporting,
    responses,
    rollup,
    trail,
)
from actions.intake import steps
from actions.models import (
    Action,
    Agency,
    Board,
    BoardHead,
    Commitment,
    Document,
    Event,
    Measure,
    Meeting,
    Passage,
    Plan,
    Priority,
    Proposal,
    ReviewStep,
    Seat,
    Source,
    SourceKind,
    Subgroup,
    User,
)
from actions.models.board import UK
from actions.rag import Scheme
from notifications.models import Message, Policy, Reminder
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, seat, sign_in, source, world

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UK)
OURS, OTHER = "wessex", "mercia"
FOREIGN = "Quillon"  # stands in every free text of the other board
SEALED = "Morwenna"  # in a restricted review of ours: for the manager and the chairs
ASKED = (
    "Tamsin"  # in its recommendation to the police: also for their lead and for the owner of what answers it
)

PRIVATE = " Orlando"  # in a file of evidence and its name: for the owner's agency, the subgroup, the chairs

MANAGER, INDEPENDENT_CHAIR, CHAIR, LEAD = "manager", "independent chair", "subgroup chair", "lead"
OWNER, CONTRIBUTOR, MEMBER = "owner", "contributor", "board member"
LEFT, INVITED, ANONYMOUS, STRANGER = "left", "invited", "anonymous", "stranger"

Ids = dict[str, Any]


@dataclass(frozen=True)
class Boards:
    """`ours` and `other` name the same things on each board; `clients` are people of ours, and those who are not."""

    ours: Ids
    other: Ids
    clients: dict[str, Client]
    board: Board
    elsewhere: Board
    seats: dict[str, Seat]


def boards() -> Boards:
    w, ours = one_of_everything(OURS, "")
    stranger, other = one_of_everything(OTHER, f" {FOREIGN}")
    more_lines(stranger)
    mark_every_text(stranger.board)
    for one in (w, stranger):
        rollup.months.keep(one.board, TODAY.replace(day=1) - timedelta(days=1))
    last = Event.objects.filter(board=stranger.board).first()
    assert last
    other |= marks(other) | {"line": last.seq}
    seats = {
        MANAGER: w.mo,
        INDEPENDENT_CHAIR: w.ingrid,
        CHAIR: w.bob,
        LEAD: w.carol,
        OWNER: w.alice,
        CONTRIBUTOR: Seat.objects.get(pk=ours["contributor"]),
        MEMBER: w.dan,
        LEFT: left(w),
        INVITED: invited(w),
        STRANGER: Seat.objects.get(pk=stranger.mo.pk),
    }
    clients = {kind: signed_in(one) for kind, one in seats.items()} | {ANONYMOUS: Client()}
    return Boards(ours, other, clients, w.board, stranger.board, seats)


def signed_in(one: Seat) -> Client:
    client = Client()
    sign_in(client, one.user or User.objects.get(email=one.email))
    return client


def left(w: World) -> Seat:
    gone = seat(w.board, "Lee Left", w.police, is_manager=True)
    Seat.objects.filter(pk=gone.pk).update(left_on=TODAY - timedelta(days=1))
    return Seat.objects.get(pk=gone.pk)


def invited(w: World) -> Seat:
    """Has an account with that very address, and has not taken the seat up."""
    one = seat(w.board, "Ivy Invited", w.council, is_manager=True)
    Seat.objects.filter(pk=one.pk).update(user=None, invited_at=NOON)
    return Seat.objects.get(pk=one.pk)


def one_of_everything(slug: str, word: str) -> tuple[World, Ids]:
    w = world(slug)
    ids: Ids = {"board": w.board.pk, "sar": w.sar.pk, "agency": w.council.pk, "police": w.police.pk}
    ids |= {
        "subgroup": w.subgroup.pk,
        "owner": w.alice.pk,
        "chair": w.bob.pk,
        "lead": w.carol.pk,
        "priority": w.priority.pk,
        "plan": w.priority.plan_id,
    }
    ids |= lists(w, word) | people(w, word) | meetings(w)
    coloured(w, word)
    if word:  # numbers are each board's own: the other one's begin where ours never come
        BoardHead.objects.filter(board=w.board).update(actions=500, sources=500, commitments=500)
    ids |= read(w, word)
    ids |= actions(w, word, ids)
    ids |= answered(w, word, ids)
    ids |= questions(w, word, ids)
    ids |= restricted(w, word or f" {SEALED}", word or f" {ASKED}")
    ids |= post(w, word)
    ids |= papers(w, word, ids)
    if not word:
        ids |= marks(ids)
    return w, ids


def lists(w: World, word: str) -> Ids:
    old = Plan.objects.create(
        board=w.board, name=f"Old plan{word}", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31)
    )
    spare = Plan.objects.create(
        board=w.board, name=f"Spare plan{word}", starts_on=date(2031, 4, 1), ends_on=date(2034, 3, 31)
    )
    old_priority = Priority.objects.create(board=w.board, plan=old, number=1, name=f"Old priority{word}")
    spare_priority = Priority.objects.create(
        board=w.board, plan_id=w.priority.plan_id, number=9, name=f"Spare{word}"
    )
    agency = Agency.objects.create(board=w.board, name=f"Spare agency{word}", short_name=f"Spare{word}")
    ambulance = Agency.objects.create(board=w.board, name=f"Ambulance{word}", short_name=f"Ambulance{word}")
    return {
        "old_plan": old.pk,
        "old_priority": old_priority.pk,
        "spare_plan": spare.pk,
        "spare_priority": spare_priority.pk,
        "spare_agency": agency.pk,
        "ambulance": ambulance.pk,
        "spare_subgroup": Subgroup.objects.create(board=w.board, name=f"Spare group{word}").pk,
        "spare_kind": SourceKind.objects.create(board=w.board, slug="spare", name=f"Spare kind{word}").pk,
    }


def coloured(w: World, word: str) -> None:
    """A word of the board's own for the one state that all its pages have."""
    scheme = Scheme.of(w.board.scheme.flat() | {"words_silent": f"Not heard{word}"})
    colours.set_colours(scheme, by=w.mo, today=TODAY, saw=colours.mark(w.board))


def people(w: World, word: str) -> Ids:
    contributor = seat(w.board, f"Connie Contributor{word}", w.council)
    leaver = seat(w.board, f"Lena Leaver{word}", w.police)
    colleague = seat(w.board, f"Peter Police{word}", w.police)
    waiting = seat(w.board, f"Wanda Waiting{word}", w.police)
    Seat.objects.filter(pk=waiting.pk).update(user=None, invited_at=NOON - timedelta(days=3))
    return {
        "contributor": contributor.pk,
        "leaver": leaver.pk,
        "colleague": colleague.pk,
        "waiting": waiting.pk,
    }


def meetings(w: World) -> Ids:
    days = {"meets_on": TODAY - timedelta(days=7), "cut_off_on": TODAY - timedelta(days=21)}
    ours = Meeting.objects.create(board=w.board, subgroup=w.subgroup, **days)
    boards = Meeting.objects.create(board=w.board, state=Meeting.State.HELD, **days)
    return {"meeting": ours.pk, "board_meeting": boards.pk}


def papers(w: World, word: str, ids: Ids) -> Ids:
    """Of each meeting's papers one: issued for the board, drafted for the subgroup; and a meeting without any."""
    made = {}
    for name, subgroup in (("paper", None), ("draft_paper", w.subgroup)):
        day = TODAY + timedelta(days=10)
        meeting = Meeting.objects.create(board=w.board, subgroup=subgroup, meets_on=day, cut_off_on=TODAY)
        made[name] = reporting.draft(meeting, by=w.mo, today=TODAY)
        said = {"opening": f"In short{word}", "slipped": f"The flood{word}"}
        reporting.write(made[name], said, by=w.mo, saves=1, today=TODAY)
    reporting.issue(made["paper"], by=w.mo, saves=2, today=TODAY)
    later = {"meets_on": TODAY + timedelta(days=40), "cut_off_on": TODAY + timedelta(days=26)}
    past = {"meets_on": TODAY - timedelta(days=70), "cut_off_on": TODAY - timedelta(days=84)}
    met = Meeting.objects.create(board=w.board, subgroup=w.subgroup, **past)
    about = [Action.objects.get(board=w.board, number=ids["started"])]
    minute = minutes.record(met, words=f"The rota is shared{word}", actions=about, by=w.mo, today=TODAY)
    return {
        "minute": minute.pk,
        "about": f"A-{ids['started']} C-{ids['commitment']}",
        "paper": made["paper"].pk,
        "draft_paper": made["draft_paper"].pk,
        "passage": made["paper"].passages.get(place="words.opening").pk,
        "meeting_without": Meeting.objects.create(board=w.board, subgroup=w.subgroup, **later).pk,
        "board_meeting_without": Meeting.objects.create(board=w.board, **later).pk,
    }


def read(w: World, word: str) -> Ids:
    """A source with its document: one proposal kept, two that wait."""
    text = f"Brief officers{word}.\nAudit it{word}.\nTell the board{word}."
    s = source(w, f"Review of Anna{word}", f"Anna{word}")
    Source.objects.filter(pk=s.pk).update(number=trail.number(w.board, "sources"))
    s.refresh_from_db()
    document = Document.objects.create(
        board=w.board,
        source=s,
        name=f"anna.txt{word}",
        sha256=f"{w.board.pk:064}",
        text=text,
        taken_in_by=w.mo,
    )
    number = trail.number(w.board, "commitments")
    commitment = Commitment.objects.create(
        board=w.board,
        number=number,
        source=s,
        kind="recommendation",
        words=text.split("\n")[0],
        agency=w.police,
    )
    other = Commitment.objects.create(
        board=w.board,
        number=trail.number(w.board, "commitments"),
        source=s,
        kind="finding",
        words=f"Brief all officers again{word}.",
        agency=w.council,
    )
    link = links.link(commitment, other, kind="related", words=f"As before{word}", by=w.mo, today=TODAY)
    found, start = [], 0
    for line, words in enumerate(text.split("\n"), 1):
        about: dict[str, Any] = {"state": "kept", "commitment": commitment} if line == 1 else {}
        found.append(
            Proposal.objects.create(
                board=w.board,
                document=document,
                line=line,
                start=start,
                end=start + len(words),
                kind="recommendation",
                text=words,
                **about,
            )
        )
        start += len(words) + 1
    ReviewStep.objects.create(document=document, by=w.mo, verb="keep", before=steps.snapshot(found[:1]))
    return {
        "source": s.number,
        "source_pk": s.pk,
        "document": document.pk,
        "commitment": commitment.number,
        "commitment_pk": commitment.pk,
        "other_commitment": other.number,
        "link": link.pk,
        "proposal": found[1].pk,
        "next_proposal": found[2].pk,
    }


def actions(w: World, word: str, ids: Ids) -> Ids:
    """One of each status that a verb begins from; Alice's, under Bob's subgroup, with a contributor."""
    answers = (Commitment.objects.get(pk=ids["commitment_pk"]),)
    made = {
        name: action(w, title=f"To be {name}{word}", detail=f"As agreed{word}", commitments=answers)
        for name in ("planned", "started", "done")
    }
    old = Priority.objects.get(pk=ids["old_priority"])
    made["carried"] = action(w, title=f"To be carried{word}", priority=old)
    for one in made.values():
        one.contributors.add(ids["contributor"])
    told = {"by": w.alice, "today": TODAY}
    for name in ("started", "done"):
        words = f"Half of them{word}."
        progress.update(made[name], confidence="at_risk", words=words, version=1, **told)
    about = {"words": f"The log{word}", "link": "https://example.org/log", "version": 2}
    about["file"] = (f"Log{word or PRIVATE}.txt", f"Log{word or PRIVATE}".encode())
    evidence = progress.attach(made["done"], **about, **told)
    progress.finish(made["done"], words=f"All of them{word}.", done_on=TODAY, version=3, **told)
    made |= further_on(w, word, ids)
    numbers = {name: one.number for name, one in made.items()}
    measure = checked(w, lives.signed_off(w, title=f"Checked{word}"), word)
    versions = {f"{name}_version": Action.objects.get(pk=one.pk).version for name, one in made.items()}
    ticked = f"{made['signed_off'].pk}-{made['signed_off'].version}"
    ids_of = {
        "measure": measure.pk,
        "reading": measure.readings.get().pk,
        "saw_measure": measures.mark(measure),
    }
    return numbers | versions | ids_of | {"evidence": evidence.pk, "ticked": ticked}


def further_on(w: World, word: str, ids: Ids) -> dict[str, Action]:
    """One of each that waits, rests, goes on or is over."""
    answers = (Commitment.objects.get(pk=ids["commitment_pk"]),)
    draft = {"subgroup": w.subgroup, "priority": w.priority, "owner": w.alice}
    return {
        "draft": planning.raise_draft(f"To be planned{word}", by=w.mo, today=TODAY, **draft),
        "asked": lives.asked(w, title=f"To be granted{word}"),
        "held": lives.held(w, title=f"To go on{word}"),
        "withdrawn": lives.withdrawn(w, title=f"To be restored{word}"),
        "continuing": lives.continuing(w, title=f"To be confirmed{word}"),
        "signed_off": lives.signed_off(w, title=f"To be checked{word}", commitments=answers),
    }


def checked(w: World, action: Action, word: str) -> Measure:
    """The impact of an action, measured and looked at."""
    numbers = {"baseline": Decimal(10), "baseline_on": date(2026, 1, 5), "target": Decimal(80)}
    about = {"name": f"Asked{word}", "unit": f"people{word}", "source": f"Audit{word}"}
    made = measures.measure(action, **about, **numbers, by=w.ingrid, today=TODAY)
    measures.read(made, value=Decimal(20), on=TODAY, source=f"Log{word}", by=w.ingrid, today=TODAY)
    found = {"words": f"Ten files{word}", "sentence": f"It shows{word}", "link": "https://example.org/audit"}
    version = Action.objects.get(pk=action.pk).version
    impact.review({action: version}, impact.Found("embedded", **found), by=w.ingrid, today=TODAY)
    return made


def answered(w: World, word: str, ids: Ids) -> Ids:
    """What agencies were asked: one has not answered yet, one has it in place; and what the board decided."""
    asked, decided = (
        Commitment.objects.create(
            board=w.board,
            number=trail.number(w.board, "commitments"),
            source_id=ids["source_pk"],
            kind="recommendation",
            words=f"{words}{word}",
        )
        for words in ("Ask families", "Buy a system")
    )
    told: dict[str, Any] = {"by": w.mo, "today": TODAY}
    waiting, in_place = responses.share_out(asked, agencies=[w.police, w.council], **told)
    if waiting.agency != w.police:
        waiting, in_place = in_place, waiting
    dora = seat(w.board, f"Dora Director{word}", w.council, is_lead=True)
    about = {"says": "in_place", "words": f"Since May{word}", "link": "https://example.org/policy"}
    responses.respond(in_place, **about, by=dora, version=1, today=TODAY)
    put_off = responses.share_out(decided, agencies=[w.police], **told)[0]
    responses.respond(put_off, says="in_place", words=f"We do{word}", by=w.carol, version=1, today=TODAY)
    responses.judge(put_off, accepted=False, words=f"No file{word}", by=w.ingrid, version=2, today=TODAY)
    board = Meeting.objects.get(pk=ids["board_meeting"])
    about = {"kind": "referred", "words": f"Not ours{word}", "referred_to": f"NHS England{word}"}
    undone = decisions.decide([decided], meeting=board, **about, **told)
    decisions.undo(undone, reason=f"A slip{word}", **told)
    decision = decisions.decide([decided], meeting=board, **about, **told)
    return {
        "shared": asked.number,
        "shared_pk": asked.pk,
        "decided": decided.number,
        "decision": decision.pk,
        "response": waiting.pk,
        "response_version": 1,
        "in_place": in_place.pk,
        "in_place_version": 2,
    }


def questions(w: World, word: str, ids: Ids) -> Ids:
    """What the board asks: the police and the office have not answered yet; another question is closed."""
    told: dict[str, Any] = {"due_on": TODAY + timedelta(days=20), "by": w.mo, "today": TODAY}
    about = Action.objects.get(board=w.board, number=ids["planned"])
    one = challenges.challenge(f"Who was briefed{word}", whom=[w.police, None], about=about, **told)
    closed = challenges.challenge(f"What of families{word}", whom=[w.subgroup, w.alice], **told)
    for place, by in zip(closed.asked.all(), (w.bob, w.alice), strict=True):
        challenges.answer(place, words=f"We asked{word}", by=by, today=TODAY)
    challenges.close(closed, words=f"Good{word}", by=w.mo, today=TODAY)
    return {"challenge": one.pk, "place": one.asked.get(agency=w.police).pk}


def restricted(w: World, word: str, asked: str) -> Ids:
    """An unpublished review under Bob's subgroup: one recommendation asks the ambulance service, one the police."""
    far = Agency.objects.get(board=w.board, name__startswith="Ambulance")
    number = trail.number(w.board, "sources")
    s = Source.objects.create(
        board=w.board,
        number=number,
        kind=w.sar,
        title=f"Review{word}",
        short_title=f"Short{word}",
        restricted=True,
        subgroup=w.subgroup,
    )
    Document.objects.create(
        board=w.board, source=s, name=f"y{word}", sha256=f"{s.pk + 10**9:064}", text=f"y{word}"
    )
    driver = seat(w.board, "Fay Far", far)
    for agency, owner, said in ((far, driver, word), (w.police, w.alice, asked)):
        commitment = Commitment.objects.create(
            board=w.board,
            number=trail.number(w.board, "commitments"),
            source=s,
            kind="recommendation",
            words=f"Do it{said}",
            agency=agency,
        )
        response = responses.share_out(commitment, agencies=[agency], by=w.mo, today=TODAY)[0]
        lead = w.carol if agency == w.police else seat(w.board, "Lea Lead", agency, is_lead=True)
        responses.respond(response, says="in_part", words=f"Half{said}", by=lead, version=1, today=TODAY)
        question: dict[str, Any] = {"due_on": TODAY, "by": w.mo, "today": TODAY}
        one = challenges.challenge(f"Why{said}", whom=[agency], about=commitment, **question)
        challenges.answer(one.asked.get(), words=f"Because{said}", by=lead, today=TODAY)
        answering = action(w, title=f"Do{said}", owner=owner, subgroup=None, commitments=(commitment,))
        progress.update(
            answering,
            confidence="at_risk",
            words=f"Said{said}",
            needed_from_board=f"Help{said}",
            by=owner,
            version=1,
            today=TODAY,
        )
        over = action(w, title=f"Done{said}", owner=owner, subgroup=None, commitments=(commitment,))
        progress.finish(over, words=f"Done{said}", done_on=TODAY, by=owner, version=1, today=TODAY)
        file = (f"Seen{said}.txt", f"Seen{said}".encode())
        seen = progress.attach(over, words=f"Seen{said}", file=file, by=w.ingrid, version=2, today=TODAY)
        progress.sign_off(
            over, relied_on=[seen], step_only=True, words=f"A step{said}", by=w.ingrid, version=3, today=TODAY
        )
        checked(w, over, said)
    return {"restricted": s.number}


def post(w: World, word: str) -> Ids:
    Policy.objects.create(board=w.board)
    doubtful = Message.objects.create(
        board=w.board,
        seat=w.alice,
        to=w.alice.email,
        subject=f"In doubt{word}",
        message_id=f"<2@{w.board.slug}>",
        dated_at=NOON,
        created_at=NOON,
        sending_at=NOON,
        attempts=1,
        state=Message.State.IN_DOUBT,
        reason=f"Cut off{word}",
    )
    message = Message.objects.create(
        board=w.board,
        seat=w.alice,
        to=w.alice.email,
        subject=f"Yours{word}",
        message_id=f"<1@{w.board.slug}>",
        dated_at=NOON,
        created_at=NOON,
        reason=f"Held{word}",
    )
    Reminder.objects.create(
        board=w.board,
        seat=w.alice,
        action=Action.objects.filter(board=w.board).first(),
        message=message,
        kind="assigned",
        step="1",
        due_version=1,
        for_on=TODAY,
        key=f"1-{w.board.slug}",
        created_at=NOON,
        reason=f"Held{word}",
    )
    last = Event.objects.filter(board=w.board, verb="update").first()
    assert last
    return {"message": message.pk, "doubtful": doubtful.pk, "line": last.seq}


MARKED = {
    "board": Board,
    "spare_agency": Agency,
    "spare_subgroup": Subgroup,
    "spare_kind": SourceKind,
    "spare_plan": Plan,
    "spare_priority": Priority,
    "meeting": Meeting,
    "board_meeting": Meeting,
}


def marks(ids: Ids) -> Ids:
    """What a form says that the person saw."""
    return {f"saw_{name}": kept.mark(model.objects.get(pk=ids[name])) for name, model in MARKED.items()}


def more_lines(w: World) -> None:
    """The other board's trail is longer than ours, so that its last lines have numbers that ours lack."""
    for count in range(60):
        action(w, title=f"More {count} {FOREIGN}")
    trail.append(w.board, [trail.Entry("keep_agency", w.mo, TODAY, words=FOREIGN, detail={"name": FOREIGN})])


# -- every free text of the other board -----------------------------------------------------------------------

# Written by the machine, never by a person.
NOT_FREE = {
    "actions.Board.slug",
    "actions.BoardHead.hash",
    "actions.Document.sha256",
    "actions.Event.confidence",
    "actions.Evidence.file_type",
    "actions.Evidence.sha256",
    "actions.Event.hash",
    "actions.Event.prev_hash",
    "actions.Event.salt",
    "actions.Event.status",
    "actions.Event.verb",
    "actions.Event.words_hash",
    "actions.Passage.place",
    "actions.Passage.removed",
    "actions.Passage.salt",
    "actions.Passage.text_hash",
    "actions.Report.hash",
    "actions.ReviewStep.made",
    "actions.ReviewStep.verb",
    "actions.SourceKind.slug",
    "actions.User.password",
    "notifications.Message.message_id",
    "notifications.Reminder.key",
    "notifications.Reminder.step",
}
TEXT = (models.CharField, models.TextField, models.JSONField)


def free_texts() -> list[tuple[Any, Any]]:
    """Every field of every model of a board that a person's words may stand in."""
    return [
        (model, field)
        for label in ("actions", "notifications")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if isinstance(field, TEXT)
        and not field.choices
        and f"{label}.{model.__name__}.{field.name}" not in NOT_FREE
    ]


def of_board(model: Any, board: Board) -> Any:
    names = {field.name for field in model._meta.fields}
    if model is Board:
        return model.objects.filter(pk=board.pk)
    if model is User:
        return model.objects.filter(seats__board=board)
    path = "board" if "board" in names else "document__board"
    return model.objects.filter(**{path: board})


def mark_every_text(board: Board) -> None:
    """What was not marked as it was written: names of people, addresses, fields that no verb fills yet."""
    for model, field in free_texts():
        if model in (Event, Passage) or isinstance(field, models.JSONField):
            continue
        for row in of_board(model, board).distinct():
            text = getattr(row, field.name) or ""
            if FOREIGN.lower() not in text.lower():
                type(row).objects.filter(pk=row.pk).update(**{field.name: marked(field, text, row.pk)})


def marked(field: Any, text: str, pk: int) -> str:
    if isinstance(field, models.EmailField):
        return f"p{pk}@{FOREIGN.lower()}.example"
    if isinstance(field, models.URLField):
        return f"https://example.org/{FOREIGN}"
    word = f"{FOREIGN} {pk} {text}".strip()
    return word[: field.max_length] if field.max_length else word
