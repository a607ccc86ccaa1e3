"""Who gets what at which address: one row for each name that the resolver knows. What is not here fails the build.

`get` and `post` name those of the board whom the address serves; every other seat of the board is refused (403), or
finds nothing (404) where it stands under `hidden`. None: the method is not there (405). Those without a seat on the
board (left, invited, stranger) find nothing, as if there were no such board; who is not signed in is asked to.

`at` fills in the address and `query` what follows it; `body` is what a person or a machine would send. In them
"#agency" is the id of a thing that `boards.py` calls `agency`, and "=saw_agency" something that goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.rag import BEGUN
from tests.rights.boards import (
    CHAIR,
    CONTRIBUTOR,
    INDEPENDENT_CHAIR,
    LEAD,
    MANAGER,
    MEMBER,
    OWNER,
)

M, I, C, L, O, T = MANAGER, INDEPENDENT_CHAIR, CHAIR, LEAD, OWNER, CONTRIBUTOR  # noqa: E741
ALL = frozenset({M, I, C, L, O, T, MEMBER})
CHAIRS = frozenset({M, I, C})
OFFICE = frozenset({M})
WRITERS = frozenset({M, C})
MOVERS = frozenset({M, I, C, L, O})
DAY, SOON, LATER = "2026-06-03", "2026-07-20", "2026-09-30"


def only(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


@dataclass(frozen=True)
class Row:
    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()
    at: Mapping[str, str] = field(default_factory=dict)
    query: tuple[str, str] | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    json: bool = False


def read(**at: str) -> Row:
    return Row(get=ALL, at=at)


def kept(asked: str, thing: str, saw: str, /, **body: str) -> Row:
    return Row(get=OFFICE, post=OFFICE, query=(asked, f"#{thing}"), body={"saw": f"={saw}", **body})


def met(do: str, **body: str) -> Row:
    who = only(M, C)
    at = {"meeting": "#meeting"}
    return Row(get=who, post=who, at=at, query=("do", do), body={"saw": "=saw_meeting"} | body)


def step(verb: str, action: str, who: frozenset[str], **body: Any) -> Row:
    said = {"on_behalf_of": "#owner", "said_on": DAY, "how": "mail", "meeting": "#meeting"} | body
    at = {"number": f"#{action}", "verb": verb}
    return Row(get=who, post=who, at=at, body={"version": f"={action}_version"} | said)


def verb(action: str, who: frozenset[str], **body: Any) -> Row:
    return Row(
        post=who, at={"number": f"#{action}"}, body={"version": f"={action}_version"} | body, json=True
    )


def spoken_for(action: str, who: frozenset[str], of: str = "#owner", **body: Any) -> Row:
    """Only by those who may not do it themselves."""
    said = {"on_behalf_of": of, "said_on": DAY, "how": "meeting", "meeting": "#meeting"}
    return verb(action, who, **body, **said)


def measured(**body: Any) -> Row:
    return Row(post=MOVERS, at={"pk": "#measure"}, body=body, json=True)


def drafted(step: str) -> Row:
    at = {"number": "#draft_paper", "step": step}
    return Row(get=WRITERS, post=WRITERS, hidden=ALL - CHAIRS, at=at, body={"saves": "2"})


def written(**body: Any) -> Row:
    return Row(post=WRITERS, hidden=ALL - CHAIRS, at={"pk": "#draft_paper"}, body=body, json=True)


def several(**body: str) -> Row:
    ticked = [{"proposal": "#proposal", "version": 1}, {"proposal": "#next_proposal", "version": 1}]
    return Row(post=OFFICE, at={"pk": "#document"}, body={"proposals": ticked} | body, json=True)


def decided(proposal: str, **body: Any) -> Row:
    return Row(post=OFFICE, at={"pk": f"#{proposal}"}, body={"version": 1} | body, json=True)


def of_two(**body: str) -> Row:
    sent = {"other": "#other_commitment", "saw": "#link"} | body
    return Row(post=OFFICE, at={"number": "#commitment"}, body=sent, json=True)


def answer(response: str, who: frozenset[str], **body: Any) -> Row:
    return Row(
        post=who, at={"pk": f"#{response}"}, body={"version": f"={response}_version"} | body, json=True
    )


def removal(what: str, thing: str) -> Row:
    body = {"reason": "A name stood there", "sure": "on"}
    return Row(get=OFFICE, post=OFFICE, at={"what": what, "number": f"#{thing}"}, body=body)


PERSON = {"name": "Petra New", "agency": "#agency", "seen": "0", "subgroup_{subgroup}": "member"}
BLOCK = {
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "1",
    "form-0-commitment": "#commitment",
    "form-0-answered": "4",
    "form-0-title": "Brief them",
    "form-0-owner": "#owner",
    "form-0-due_on": LATER,
    "form-0-subgroup": "#subgroup",
    "form-0-priority": "#priority",
}
DOCUMENT = {"document": "Recommendation 1: Brief every officer.", "kind": "sar", "subgroup": "#subgroup"}
RUN = {
    "of": "#subgroup",
    "first": LATER,
    "every": "3",
    "times": "1",
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "1",
    "form-0-meets_on": LATER,
}
WANTED = {
    "title": "Brief them",
    "owner": "#owner",
    "due_on": LATER,
    "subgroup": "#subgroup",
    "priority": "#priority",
    "commitments": ["#commitment_pk"],
    "meeting": "#meeting",
}
FOUND = {"verdict": "embedded", "words": "Ten files.", "sentence": "It shows."}
DRAFT = {"title": "Ask families", "priority": "#priority", "subgroup": "#subgroup"}
MEASURE = {
    "name": "Asked",
    "source": "Audit",
    "baseline": "10",
    "baseline_on": DAY,
    "target": "80",
}
COLOURED = BEGUN.flat() | {"words_red": "Behind", "off_track_is_red": "on"}
ABOUT = {"number": "#shared"}
DECIDED = {"kind": "not_implemented", "meeting": "#board_meeting", "words": "The law changed."}
RAISERS = only(M, I, C, L)
SAYERS = MOVERS | {T}
PUBLISHED = {"number": "#source"}
QUESTION = {
    "words": "Who was briefed?",
    "due_on": LATER,
    "agencies": ["#agency"],
    "subgroups": ["#subgroup"],
}

# -- pages of a board ----------------------------------------------------------------------------------------

PAGES: dict[str, Row] = {
    "board": read(),
    "summary": read(),
    "summary_grid": read(),
    "summary_period": read(),
    "summary_trend": read(),
    "setup": Row(get=OFFICE),
    "the_board": Row(
        get=OFFICE, post=OFFICE, body={"saw": "=saw_board", "name": "Wessex and Coast", "division": "WLS"}
    ),
    # people
    "people": read(),
    "person": read(number="#leaver"),
    "invite": Row(get=OFFICE, post=OFFICE, body=PERSON | {"email": "petra@wessex.example"}),
    "person_change": Row(get=OFFICE, post=OFFICE, at={"number": "#leaver"}, body=PERSON),
    "person_away": Row(
        get=OFFICE, post=OFFICE, at={"number": "#leaver"}, body={"away_from": DAY, "away_until": LATER}
    ),
    "person_leave": Row(get=OFFICE, post=OFFICE, at={"number": "#leaver"}, body={"on": DAY}),
    "person_invite_again": Row(post=OFFICE, at={"number": "#waiting"}, body={"email": "w@wessex.example"}),
    # the post and the trail
    "ledger": Row(get=only(M, I)),
    "message": Row(get=only(M, I), at={"number": "#message"}),
    "message_settle": Row(
        post=OFFICE,
        at={"number": "#doubtful"},
        body={"became": "arrived", "attempts": "1"},
    ),
    "post": Row(get=OFFICE, post=OFFICE, body={"on": "1"}),
    "post_policy": Row(post=OFFICE, body={"titles_in_mail": "on"}),
    "trail": Row(get=only(M, I)),
    "redact line": removal("line", "line"),
    "redact evidence": removal("evidence", "evidence"),
    "redact action": removal("action", "planned"),
    "redact commitment": removal("commitment", "commitment"),
    "redact document": removal("document", "document"),
    "redact passage": removal("passage", "passage"),
    "redact response": removal("response", "in_place"),
    "redact decision": removal("decision", "decision"),
    "redact measure": removal("measure", "measure"),
    "redact challenge": removal("challenge", "challenge"),
    # actions; a manager and the chairs open an owner's step to write down what was said
    "actions": read(),
    "actions_spreadsheet": read(),
    "action": read(number="#done"),
    "action_step start": step("start", "planned", MOVERS),
    "action_step update": step("update", "started", SAYERS, confidence="on_track", words="Going well."),
    "action_step finish": step("finish", "started", MOVERS, words="All of them.", done_on=DAY),
    "action_step take-back": step("take-back", "done", MOVERS, words="Not all."),
    "action_step sign-off": step(
        "sign-off",
        "done",
        CHAIRS,
        relied_on="#evidence",
        impact="step",
        words="A step.",
        on_behalf_of="#chair",
    ),
    "action_step send-back": step("send-back", "done", CHAIRS, reason="No log.", due_on=LATER),
    "action_step reschedule": step(
        "reschedule", "planned", CHAIRS, reason="Staff left.", due_on=LATER, on_behalf_of="#chair"
    ),
    "action_step reassign": step(
        "reassign", "planned", only(M, I, C, L), owner="#colleague", reason="Leaves."
    ),
    "action_step attach": step(
        "attach", "started", SAYERS, words="The log.", shows="completion", kind="audit"
    ),
    "evidence_file": Row(get=ALL - {MEMBER}, hidden=only(MEMBER), at={"number": "#done", "pk": "#evidence"}),
    "action_step plan": step("plan", "draft", CHAIRS, owner="#owner", due_on=LATER, subgroup="#subgroup"),
    "action_step ask-for-time": step(
        "ask-for-time", "planned", CHAIRS | {O}, due_on=LATER, reason="Staff left."
    ),
    "action_step not-mine": step("not-mine", "planned", CHAIRS | {O}, words="The council's."),
    "action_step share": step("share", "planned", MOVERS, also="#colleague"),
    "action_step grant": step("grant", "asked", CHAIRS, due_on=LATER, words="Then.", on_behalf_of="#chair"),
    "action_step refuse": step("refuse", "asked", CHAIRS, reason="No."),
    "action_step hold": step("hold", "planned", CHAIRS, words="The rota.", look_again_on=LATER),
    "action_step resume": step("resume", "held", CHAIRS | {O}, words="It came."),
    "action_step withdraw": step(
        "withdraw", "planned", CHAIRS, kind="duplicate", words="Twice.", duplicate_of="#started"
    ),
    "action_step restore": step("restore", "withdrawn", OFFICE, words="Not twice."),
    "action_step review-impact": step("review-impact", "signed_off", CHAIRS, **FOUND),
    "action_step reopen": step(
        "reopen", "signed_off", CHAIRS, cause="evidence", words="Not so.", due_on=LATER
    ),
    "action_step confirm": step(
        "confirm", "continuing", CHAIRS | {O}, words="Each week.", look_again_on=LATER
    ),
    "action_step correct": step(
        "correct", "planned", OFFICE, title_="Brief all", due_on=LATER, reason="Slip."
    ),
    "raise": Row(get=RAISERS, post=RAISERS, body=DRAFT),
    "raise ?commitment": Row(get=RAISERS, post=RAISERS, query=("commitment", "#commitment"), body=DRAFT),
    # impact
    "impact": Row(get=CHAIRS, post=CHAIRS, at={"number": "#commitment"}, body={"actions": "=ticked"} | FOUND),
    "measure": Row(get=ALL, post=MOVERS, at={"number": "#measure"}, body={"value": "30", "on": DAY}),
    "measure_correct": Row(
        get=MOVERS,
        post=MOVERS,
        at={"number": "#measure"},
        body=MEASURE | {"saw": "=saw_measure", "reason": "Slip.", "baseline_on": "2026-01-05"},
    ),
    "measure_correct ?reading": Row(
        get=MOVERS,
        post=MOVERS,
        at={"number": "#measure"},
        query=("reading", "#reading"),
        body={"saw": "=saw_measure", "reason": "Slip.", "value": "21", "on": DAY},
    ),
    "measure_add ?action": Row(get=MOVERS, post=MOVERS, query=("action", "#planned"), body=MEASURE),
    "measure_add ?commitment": Row(
        get=only(M, I, L), post=only(M, I, L), query=("commitment", "#commitment"), body=MEASURE
    ),
    "measure_add ?priority": Row(
        get=only(M, I), post=only(M, I), query=("priority", "#priority"), body=MEASURE
    ),
    # papers
    "papers": Row(get=ALL, post=WRITERS, body={"meeting": "#meeting_without"}),
    "paper": read(number="#paper"),
    "paper draft": Row(
        get=CHAIRS,
        post=WRITERS,
        hidden=ALL - CHAIRS,
        at={"number": "#draft_paper"},
        body={"saves": "2", "opening": "A good quarter."},
    ),
    "paper_step refresh": drafted("refresh"),
    "paper_step issue": drafted("issue"),
    "paper_step discard": drafted("discard"),
    "paper_step reissue": Row(
        get=OFFICE,
        post=OFFICE,
        at={"number": "#paper", "step": "reissue"},
        body={"saves": "3", "reason": "A figure was wrong."},
    ),
    # what agencies answer, and what the board decides
    "responses": read(),
    "share_out": Row(
        get=OFFICE, post=OFFICE, at=ABOUT, body={"agencies": ["#spare_agency"], "due_on": LATER}
    ),
    "response_step respond": Row(
        get=only(M, L),
        post=only(M, L),
        at={"number": "#response", "verb": "respond"},
        body={
            "version": "=response_version",
            "says": "accepted",
            "words": "We will.",
            "on_behalf_of": "#lead",
            "said_on": DAY,
            "how": "mail",
            "meeting": "#board_meeting",
        },
    ),
    "response_step judge": Row(
        get=only(M, I),
        post=only(M, I),
        at={"number": "#in_place", "verb": "judge"},
        body={"version": "=in_place_version", "accepted": "yes"},
    ),
    "response_step unask": Row(
        get=OFFICE,
        post=OFFICE,
        at={"number": "#response", "verb": "unask"},
        body={"version": "=response_version", "reason": "Not theirs."},
    ),
    "decide": Row(get=OFFICE, post=OFFICE, at=ABOUT, body=DECIDED),
    "decision_undo": Row(get=OFFICE, post=OFFICE, at={"number": "#decision"}, body={"reason": "A slip."}),
    # questions of the board
    "challenges": read(),
    "challenge": read(number="#challenge"),
    "challenge_ask": Row(
        get=CHAIRS, post=CHAIRS, body=QUESTION | {"person": "#owner", "priority": "#priority"}
    ),
    "challenge_ask ?action": Row(get=CHAIRS, post=CHAIRS, query=("action", "#planned"), body=QUESTION),
    "challenge_ask ?commitment": Row(
        get=CHAIRS, post=CHAIRS, query=("commitment", "#commitment"), body=QUESTION
    ),
    "challenge_answer": Row(
        get=only(M, L),
        post=only(M, L),
        at={"number": "#challenge", "asked": "#place"},
        body={"words": "All of them.", "on_behalf_of": "#lead", "said_on": DAY, "how": "mail"},
    ),
    "challenge_close": Row(get=OFFICE, post=OFFICE, at={"number": "#challenge"}, body={"words": "Enough."}),
    # sources
    "sources": read(),
    "source": read(**PUBLISHED),
    "commitment": read(number="#commitment"),
    "commitment_link": Row(
        get=OFFICE,
        post=OFFICE,
        at={"number": "#commitment", "other": "#other_commitment"},
        body={"kind": "repeats", "saw": "#link", "words": "The same."},
    ),
    "commitment_link remove": Row(
        get=OFFICE,
        post=OFFICE,
        at={"number": "#commitment", "other": "#other_commitment"},
        body={"remove": "1", "saw": "#link"},
    ),
    "commitment_reopen": Row(
        get=CHAIRS,
        post=CHAIRS,
        at={"number": "#other_commitment", "action": "#signed_off"},
        body={"version": "=signed_off_version", "words": "Again.", "due_on": LATER},
    ),
    "take_in": Row(
        get=OFFICE,
        post=OFFICE,
        body={
            "words": "Recommendation 1: Brief every officer.",
            "kind": "#sar",
            "title": "Review of Ben",
            "short_title": "Ben",
            "subgroup": "#subgroup",
        },
    ),
    "take_in ?source": Row(
        get=OFFICE,
        post=OFFICE,
        query=("source", "#source"),
        body={"words": "Recommendation 1: Brief every officer.", "kind": "#sar"},
    ),
    "publish": Row(
        get=OFFICE,
        post=OFFICE,
        hidden=ALL - CHAIRS,
        at={"number": "#restricted"},
        body={"published_on": DAY},
    ),
    "restrict": Row(
        get=OFFICE, post=OFFICE, at=PUBLISHED, body={"subgroup": "#subgroup", "reason": "Early."}
    ),
    "plan": Row(get=CHAIRS, post=CHAIRS, at=PUBLISHED, body=BLOCK),
    "plan ?commitment": Row(
        get=CHAIRS, post=CHAIRS, at=PUBLISHED, query=("commitment", "#commitment"), body=BLOCK
    ),
    "review": Row(
        get=ALL,
        post=OFFICE,
        at={"number": "#source", "document": "#document"},
        body={
            "verb": "keep",
            "proposal": "#proposal",
            "version": "1",
            "priority": "#priority",
            "agency": "#agency",
            "kind": "recommendation",
        },
    ),
    # what the manager keeps
    "agencies": Row(
        get=ALL, post=OFFICE, body={"name": "Fire", "short_name": "Fire", "attendance": "attends"}
    ),
    "agencies ?change": kept(
        "change", "spare_agency", "saw_spare_agency", name="Fire", short_name="Fire", attendance="attends"
    ),
    "agencies ?remove": kept("remove", "spare_agency", "saw_spare_agency"),
    "subgroups": Row(get=ALL, post=OFFICE, body={"name": "Quality"}),
    "subgroups ?change": kept("change", "spare_subgroup", "saw_spare_subgroup", name="Quality"),
    "subgroups ?remove": kept("remove", "spare_subgroup", "saw_spare_subgroup"),
    "source_kinds": Row(get=ALL, post=OFFICE, body={"name": "Inquest"}),
    "source_kinds ?change": kept("change", "spare_kind", "saw_spare_kind", name="Inquest"),
    "source_kinds ?remove": kept("remove", "spare_kind", "saw_spare_kind"),
    "colours": Row(get=ALL, post=OFFICE, body=COLOURED),
    "meetings": Row(get=ALL, post=only(M, C), body=RUN),
    "meeting": Row(
        get=ALL,
        post=only(M, C),
        at={"meeting": "#meeting"},
        body={"words": "The rota is shared.", "about": "=about"},
    ),
    "minute_take_back": Row(
        get=only(M, C), post=only(M, C), at={"number": "#minute"}, body={"reason": "Slip."}
    ),
    "meeting hold": met("hold", held_on="2026-05-27"),
    "meeting move": met("move", meets_on=LATER),
    "meeting cancel": met("cancel", reason="Snow"),
    "meeting correct": Row(
        get=OFFICE,  # the board's own meeting, which is no subgroup's
        post=OFFICE,
        at={"meeting": "#board_meeting"},
        query=("do", "correct"),
        body={
            "saw": "=saw_board_meeting",
            "meets_on": "2026-05-26",
            "cut_off_on": "2026-05-12",
            "state": "held",
            "reason": "Slip",
        },
    ),
    "meeting remove": met("remove"),
    "plans": Row(get=ALL, post=ALL),  # sent to the list: there is nothing to send here
    "plans ?start": Row(
        get=OFFICE,
        post=OFFICE,
        query=("start", "1"),
        body={"name": "Next", "starts_on": "2028-04-01", "ends_on": "2031-03-31"},
    ),
    "plans ?change": kept(
        "change", "spare_plan", "saw_spare_plan", name="Next", starts_on="2031-04-01", ends_on="2034-03-31"
    ),
    "plans ?remove": kept("remove", "spare_plan", "saw_spare_plan"),
    "plans ?add": Row(get=OFFICE, post=OFFICE, query=("add", "#plan"), body={"number": "5", "name": "Voice"}),
    "plans ?priority": kept("priority", "spare_priority", "saw_spare_priority", number="9", name="Voice"),
    "plans ?remove_priority": kept("remove_priority", "spare_priority", "saw_spare_priority"),
    "carry_over": Row(get=OFFICE, post=OFFICE, at={"plan": "#old_plan"}, body={"a{carried}": "#priority"}),
    "carry_over ?to": Row(
        get=OFFICE,
        post=OFFICE,
        at={"plan": "#old_plan"},
        query=("to", "#plan"),
        body={"a{carried}": "#priority"},
    ),
}

# -- the API of a board --------------------------------------------------------------------------------------

API: dict[str, Row] = {
    "api-plan-list": read(),
    "api-priority-list": read(),
    "api-agency-list": read(),
    "api-meeting-list": read(),
    "api-subgroup-list": read(),
    "api-seat-list": read(),
    "api-source-list": Row(
        get=ALL, post=OFFICE, body=DOCUMENT | {"title": "Ben", "short_title": "Ben"}, json=True
    ),
    "api-source-list source": Row(get=ALL, post=OFFICE, body=DOCUMENT | {"source": "#source"}, json=True),
    "api-document-list": read(),
    "api-document-detail": read(pk="#document"),
    "api-document-proposals": read(pk="#document"),
    "api-document-keep": several(priority="#priority"),
    "api-document-context": several(),
    "api-document-undo": Row(post=OFFICE, at={"pk": "#document"}, body={"step": "#last_step"}, json=True),
    "api-proposal-detail": read(pk="#proposal"),
    "api-proposal-keep": decided("proposal", priority="#priority", agency="#agency"),
    "api-proposal-put-back": decided("context_proposal"),
    "api-proposal-refile": decided("proposal", kind="challenge", agency="#agency"),
    "api-proposal-edit": decided("proposal", text="Audit it twice."),
    "api-proposal-split": decided("proposal", at=5),
    "api-proposal-merge": decided("proposal"),
    "api-source-detail": read(**PUBLISHED),
    "api-commitment-list": read(),
    "api-commitment-detail": read(number="#commitment"),
    "api-commitment-resembling": read(number="#commitment"),
    "api-commitment-links": read(number="#commitment"),
    "api-commitment-link": of_two(kind="repeats", words="The same."),
    "api-commitment-unlink": of_two(),
    "api-commitment-reopen": Row(
        post=CHAIRS,
        at={"number": "#other_commitment"},
        body={"action": "#signed_off", "version": "=signed_off_version", "words": "Again.", "due_on": LATER},
        json=True,
    ),
    "api-rollup-list": read(),
    "api-colours-list": read(),
    "api-rollup-commitments": read(),
    "api-rollup-grid": read(),
    "api-rollup-period": Row(get=ALL, query=("first", "2026-05-01")),
    "api-rollup-since": read(),
    "api-rollup-trend": read(),
    "api-action-list": Row(get=ALL, post=CHAIRS, body={"actions": [WANTED]}, json=True),
    "api-action-detail": read(number="#done"),
    "api-action-events": read(number="#done"),
    "api-action-start": verb("planned", MOVERS, words=""),
    "api-action-update-": verb("started", only(O, T, L), confidence="on_track", words="Going well."),
    "api-action-update- on-behalf": spoken_for("started", CHAIRS, confidence="on_track", words="Going well."),
    "api-action-finish": verb("started", only(O, L), words="All of them.", done_on=DAY),
    "api-action-finish on-behalf": spoken_for("started", CHAIRS, words="All of them.", done_on=DAY),
    "api-action-take-back": verb("done", only(O, L), words="Not all."),
    "api-action-take-back on-behalf": spoken_for("done", CHAIRS, words="Not all."),
    "api-action-sign-off": verb("done", only(I, C), relied_on=["#evidence"], step_only=True, words="A step."),
    "api-action-sign-off on-behalf": spoken_for(
        "done", OFFICE, of="#chair", relied_on=["#evidence"], step_only=True, words="A step."
    ),
    "api-action-send-back": verb("done", CHAIRS, reason="No log.", due_on=LATER),
    "api-action-reassign": verb("planned", only(M, I, C, L), owner="#colleague", reason="Leaves."),
    "api-action-reschedule": verb("planned", CHAIRS, reason="Staff left.", due_on=SOON),
    "api-action-attach": verb(
        "started", SAYERS, words="The log.", shows="completion", kind="training", reached=1, out_of=2
    ),
    "api-action-file": Row(
        get=ALL - {MEMBER}, hidden=only(MEMBER), at={"number": "#done", "pk": "#evidence"}
    ),
    "api-action-plan": verb("draft", CHAIRS, owner="#owner", due_on=LATER, subgroup="#subgroup"),
    "api-action-ask-for-time": verb("planned", only(O), due_on=LATER, reason="Staff left."),
    "api-action-ask-for-time on-behalf": spoken_for("planned", CHAIRS, due_on=LATER, reason="Staff left."),
    "api-action-not-mine": verb("planned", only(O), words="The council's."),
    "api-action-not-mine on-behalf": spoken_for("planned", CHAIRS, words="The council's."),
    "api-action-share": verb("planned", MOVERS, contributors=["#colleague"]),
    "api-action-reschedule on-behalf": spoken_for(
        "planned", OFFICE, of="#chair", reason="Staff left.", due_on=LATER
    ),
    "api-action-grant": verb("asked", CHAIRS, due_on=SOON),
    "api-action-grant on-behalf": spoken_for("asked", OFFICE, of="#chair", due_on=LATER),
    "api-action-refuse": verb("asked", CHAIRS, reason="No."),
    "api-action-hold": verb("planned", CHAIRS, words="The rota.", look_again_on=LATER),
    "api-action-resume": verb("held", CHAIRS | {O}, words="It came."),
    "api-action-withdraw": verb("planned", CHAIRS, kind="overtaken", words="New law."),
    "api-action-restore": verb("withdrawn", OFFICE, words="Not so."),
    "api-action-reopen": verb("signed_off", CHAIRS, cause="evidence", words="Not so.", due_on=LATER),
    "api-action-confirm": verb("continuing", only(O), words="Each week.", look_again_on=LATER),
    "api-action-confirm on-behalf": spoken_for("continuing", CHAIRS, words="Each week.", look_again_on=LATER),
    "api-action-correct": verb("planned", OFFICE, title="Brief all", reason="Slip."),
    "api-action-raise-": Row(post=RAISERS, body=DRAFT | {"commitments": ["#commitment_pk"]}, json=True),
    "api-measure-list": Row(get=ALL, post=MOVERS, body=MEASURE | {"action": "#planned"}, json=True),
    "api-measure-list commitment": Row(
        get=ALL, post=only(M, I, L), body=MEASURE | {"commitment": "#commitment"}, json=True
    ),
    "api-measure-list priority": Row(
        get=ALL, post=only(M, I), body=MEASURE | {"priority": "#priority"}, json=True
    ),
    "api-measure-detail": read(pk="#measure"),
    "api-measure-readings": measured(value="30", on=DAY),
    "api-measure-correct": measured(mark="=saw_measure", reason="Slip.", name="Heard"),
    "api-measure-correct-reading": measured(
        mark="=saw_measure", reason="Slip.", reading="#reading", value="21"
    ),
    "api-report-list": Row(get=ALL, post=WRITERS, body={"meeting": "#meeting_without"}, json=True),
    "api-report-detail": read(pk="#paper"),
    "api-report-detail draft": Row(get=CHAIRS, hidden=ALL - CHAIRS, at={"pk": "#draft_paper"}),
    "api-report-write": written(saves=2, words={"opening": "A good quarter."}),
    "api-report-refresh": written(saves=2),
    "api-report-issue": written(saves=2),
    "api-report-discard": written(saves=2),
    "api-report-reissue": Row(
        post=OFFICE, at={"pk": "#paper"}, body={"reason": "A figure was wrong."}, json=True
    ),
    "api-response-list": read(),
    "api-response-detail": read(pk="#response"),
    "api-response-share-out": Row(
        post=OFFICE, body={"commitment": "#shared", "agencies": ["#spare_agency"]}, json=True
    ),
    "api-response-respond": answer("response", only(L), says="accepted"),
    "api-response-respond on-behalf": answer(
        "response", OFFICE, says="accepted", on_behalf_of="#lead", said_on=DAY, how="mail"
    ),
    "api-response-judge": answer("in_place", only(M, I), accepted=True),
    "api-response-unask": answer("response", OFFICE, reason="Not theirs."),
    "api-decision-list": Row(get=ALL, post=OFFICE, body=DECIDED | {"commitments": ["#shared"]}, json=True),
    "api-decision-detail": read(pk="#decision"),
    "api-decision-record": Row(
        post=only(M, C),
        body={
            "meeting": "#meeting",
            "words": "The rota is shared.",
            "actions": ["#started"],
            "commitments": ["#commitment"],
        },
        json=True,
    ),
    "api-decision-take-back": Row(
        post=only(M, C), at={"pk": "#minute"}, body={"reason": "A slip."}, json=True
    ),
    "api-decision-undo": Row(post=OFFICE, at={"pk": "#decision"}, body={"reason": "A slip."}, json=True),
    "api-challenge-list": Row(
        get=ALL,
        post=CHAIRS,
        body=QUESTION | {"people": ["#owner"], "office": True, "priority": "#priority"},
        json=True,
    ),
    "api-challenge-list action": Row(get=ALL, post=CHAIRS, body=QUESTION | {"action": "#planned"}, json=True),
    "api-challenge-list commitment": Row(
        get=ALL, post=CHAIRS, body=QUESTION | {"commitment": "#commitment"}, json=True
    ),
    "api-challenge-detail": read(pk="#challenge"),
    "api-challenge-answer": Row(
        post=only(L), at={"pk": "#challenge"}, body={"asked": "#place", "words": "All of them."}, json=True
    ),
    "api-challenge-answer on-behalf": Row(
        post=OFFICE,
        at={"pk": "#challenge"},
        body={"asked": "#place", "words": "So.", "on_behalf_of": "#lead", "said_on": DAY, "how": "mail"},
        json=True,
    ),
    "api-challenge-close": Row(post=OFFICE, at={"pk": "#challenge"}, body={"words": "Enough."}, json=True),
    "api-impact-review-list": Row(
        get=ALL,
        post=CHAIRS,
        body={"actions": [{"action": "#signed_off", "version": "=signed_off_version"}]} | FOUND,
        json=True,
    ),
}

OF_BOARD = PAGES | API

# -- what belongs to no board: to oneself, or to nobody ------------------------------------------------------

OPEN, SIGN_IN, NOTHING, OVER, SILENT = "open", "sign in", "nothing there", "over", "no engine runs"
ELSEWHERE: dict[
    str, str
] = {  # what somebody gets who is not signed in; whoever is, never sees another board there
    "healthz": OPEN,
    "healthz_reminders": SILENT,
    "help": OPEN,
    "accessibility": OPEN,
    "home": SIGN_IN,
    "no_board": OPEN,
    "api": SIGN_IN,
    "api-schema": SIGN_IN,
    "caught_mail": NOTHING,  # there while mail is caught, on one machine, alone
    "caught_mail_one": NOTHING,
    "invitation": NOTHING,
    "first_board": OVER,
    # sign-in
    "account_login": OPEN,
    "account_confirm_login_code": SIGN_IN,
    "account_inactive": OPEN,
    "account_signup": OPEN,
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": OPEN,
    "account_reset_password_from_key_done": OPEN,
    "mfa_authenticate": SIGN_IN,
    "mfa_trust": SIGN_IN,
    "mfa_login_webauthn": OPEN,
    "openid_connect_login": NOTHING,  # no provider is set here
    "openid_connect_callback": NOTHING,
    "socialaccount_login_cancelled": OPEN,
    "socialaccount_login_error": OPEN,
    # one's own account
    "account": SIGN_IN,
    "account_name": SIGN_IN,
    "session": OPEN,
    "account_end_sessions": SIGN_IN,
    "second_factor": SIGN_IN,
    "account_logout": SIGN_IN,
    "account_reauthenticate": SIGN_IN,
    "account_change_password": SIGN_IN,
    "mfa_index": SIGN_IN,
    "mfa_list_webauthn": SIGN_IN,
    "mfa_reauthenticate": SIGN_IN,
    "mfa_activate_totp": SIGN_IN,
    "mfa_deactivate_totp": SIGN_IN,
    "mfa_add_webauthn": SIGN_IN,
    "mfa_reauthenticate_webauthn": SIGN_IN,
    "mfa_remove_webauthn": SIGN_IN,
    "mfa_view_recovery_codes": SIGN_IN,
    "mfa_generate_recovery_codes": SIGN_IN,
}
