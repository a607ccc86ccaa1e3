"""What each verb of an action is sent, but for the version and who it goes to."""

from typing import Any

from tests.factories import World

BODIES: dict[str, dict[str, Any]] = {
    "start": {},
    "update": {"confidence": "on_track", "words": "Two of five done"},
    "finish": {"words": "All briefed", "done_on": "2026-06-02"},
    "take-back": {"words": "Not yet"},
    "sign-off": {"relied_on": [], "review_on": "2026-12-01"},
    "send-back": {"reason": "Two missing", "due_on": "2026-08-01"},
    "reassign": {"owner": 0},
    "reschedule": {"reason": "Room lost", "due_on": "2026-09-01"},
    "attach": {"words": "Attendance list", "link": "https://example.org/list"},
    "plan": {"owner": 0, "due_on": "2026-07-01"},
    "ask-for-time": {"due_on": "2026-08-01", "reason": "Two are ill"},
    "not-mine": {"words": "It is the council's"},
    "share": {"contributors": []},
    "grant": {"due_on": "2026-08-01"},
    "refuse": {"reason": "The inspection comes first"},
    "hold": {"words": "The new rota", "look_again_on": "2026-08-01"},
    "resume": {"words": "The rota is here"},
    "withdraw": {"kind": "overtaken", "words": "The law has changed"},
    "restore": {"words": "It has not"},
    "reopen": {"cause": "evidence", "words": "Another course's list", "due_on": "2026-09-01"},
    "confirm": {"words": "In every briefing", "look_again_on": "2026-12-01"},
    "correct": {"reason": "Slip", "title": "Brief all sergeants"},
}


def bodies(w: World) -> dict[str, dict[str, Any]]:
    return BODIES | {verb: BODIES[verb] | {"owner": w.dan.pk} for verb in ("reassign", "plan")}
