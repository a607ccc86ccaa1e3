"""One review's whole life: nine recommendations for five agencies, what each answers, what is done, what changed
practice and what did not, what the board decided, and the paper that still says the same three years later.

Through the pages and the API, each step by the person whose step it is; no verb is called directly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from actions.models import Agency, Document, Meeting, Seat
from actions.models.board import UK
from tests.actions.api.client import Api
from tests.factories import World, seat, world

pytestmark = pytest.mark.django_db

REVIEW = """Safeguarding Adults Review: Rowan

1. Introduction

1.1 Rowan was a pseudonym chosen by the family.

2. Recommendations

Recommendation 1 (Wessex Police): Custody sergeants should ask every adult about care and support needs.

Recommendation 2 (Wessex Council): The Council should revise its guidance on self-neglect.

Recommendation 3 (Wessex NHS): Discharge letters should name who follows up.

Recommendation 4 (Wessex Housing): Housing should name a safeguarding lead for every office.

Recommendation 5 (Wessex Probation): Probation should keep one shared record with the Police.

Recommendation 6 (Wessex Housing): Housing should change the national allocation rules.

Recommendation 7: All agencies should use one template for chronologies.

Recommendation 8 (Wessex Police): The Police should continue to share learning at every briefing.

Recommendation 9 (Wessex Council): The Council should tell care homes of this review.
"""

SURVEY = "https://example.org/survey"

COLOURS = {"complete": 2, "awaiting": 1, "red": 1, "amber": 1, "green": 1, "waiting": 1, "silent": 0}
IMPACT = {
    "embedded": 1,
    "partly": 0,
    "not_effective": 1,
    "check_not_due": 0,
    "check_overdue": 0,
    "step_only": 1,
}
FIGURES = {
    "counted": 7,
    "due_by_now": 4,
    "complete_of_due": 2,
    "complete": 2,
    "awaiting": 1,
    "overdue": 1,
    "overdue_two_meetings": 1,
    "overdue_longest_days": 185,
    "overdue_longest_meetings": 2,
    "silent": 0,
    "on_hold": 1,
    "open": 5,
    "asks_board": 1,
    "due_soon": 1,
    "on_time": 1,
    "on_time_last": 2,
    "moved": 2,
    "moved_typical_days": 167,
    "moved_longest_days": 273,
    "continuing": 1,
    "confirmed": 1,
    "withdrawn": {"not_implemented": 0, "referred": 0, "duplicate": 0, "overtaken": 1, "error": 0},
    "colours": COLOURS,
} | IMPACT
COMMITMENTS = {"made": 9, "unanswered": 1, "no_action": 0, "under_way": 3, "complete": 3, "decided": 2}
NOT_SUMS = {"overdue_longest_days", "overdue_longest_meetings", "moved_typical_days", "moved_longest_days"}


def on(day: str) -> Any:
    """At ten in the morning, where the board is."""
    return time_machine.travel(datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=UK), tick=False)


@dataclass
class Story:
    """The board, its five leads, and each person's own browser, signed in anew each day."""

    w: World
    leads: dict[str, Seat]  # by the agency's short name
    browsers: dict[tuple[int, date], Client] = field(default_factory=dict)

    def page(self, person: Seat) -> Client:
        today = (person.pk, self.w.board.today)
        if today not in self.browsers:
            self.browsers[today] = Client()
            self.browsers[today].force_login(person.user)
        return self.browsers[today]

    def api(self, person: Seat) -> Api:
        return Api(self.page(person), "wessex")

    def agency(self, name: str) -> int:
        return int(Agency.objects.get(short_name=name).pk)

    def response(self, number: int, agency: str) -> dict[str, Any]:
        """What that agency was asked about a recommendation, as it now stands."""
        asked = self.api(self.w.mo).get(f"commitments/{number}/")[1]["responses"]
        return dict(next(one for one in asked if one["agency"]["id"] == self.agency(agency)))

    def action(self, number: int) -> dict[str, Any]:
        return dict(self.api(self.w.mo).get(f"actions/{number}/")[1])

    def does(self, person: Seat, verb: str, number: int, **said: Any) -> None:
        """On the action's page."""
        sent = {"version": self.action(number)["version"]} | said
        done = self.page(person).post(f"/wessex/actions/A-{number}/{verb}/", sent)
        assert done.status_code == 302, text(done)

    def sends(self, person: Seat, verb: str, number: int, **said: Any) -> dict[str, Any]:
        """By the API."""
        version = self.action(number)["version"]
        status, body = self.api(person).post(f"actions/{number}/{verb}/", version=version, **said)
        assert status == 200, body
        return dict(body)

    @property
    def states(self) -> list[str]:
        """Of the nine recommendations, in their order."""
        rows = self.api(self.w.mo).get("commitments/")[1]["results"]
        return [row["state"] for row in sorted(rows, key=lambda row: int(row["number"]))]

    def state(self, number: int) -> str:
        return self.states[number - 1]


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def s() -> Story:
    with on("2026-05-29"):
        w = world()
        for name in ("NHS", "Housing", "Probation"):
            Agency.objects.create(board=w.board, name=f"Wessex {name}", short_name=name)
        people = {"Council": "Lena Lead", "NHS": "Nia Lead", "Housing": "Hugo Lead", "Probation": "Pru Lead"}
        leads = {
            name: seat(w.board, person, Agency.objects.get(short_name=name), is_lead=True)
            for name, person in people.items()
        }
        for day in ("2026-06-18", "2026-09-17", "2026-12-10", "2027-03-18"):
            meets_on = date.fromisoformat(day)
            Meeting.objects.create(board=w.board, meets_on=meets_on, cut_off_on=meets_on - timedelta(days=14))
        return Story(w, leads | {"Police": w.carol})


# -- the steps, in the order in which they are taken ---------------------------------------------------------


def take_in_the_review(s: Story) -> Document:
    """The manager pastes the pages with the recommendations, and marks none of them by hand."""
    about = {"kind": s.w.sar.pk, "title": "Safeguarding Adults Review: Rowan", "short_title": "Rowan"}
    s.page(s.w.mo).post("/wessex/sources/take-in/", about | {"words": REVIEW})
    return Document.objects.get()


def keep_all_nine(s: Story, document: Document) -> list[dict[str, Any]]:
    asked = document.proposals.filter(kind="recommendation")
    picked = [f"{one.pk}:{one.version}" for one in asked]
    given = {"verb": "keep_run", "picked": picked, "priority": s.w.priority.pk}
    s.page(s.w.mo).post(f"/wessex/sources/S-1/review/{document.pk}/", given)
    kept = s.api(s.w.mo).get("commitments/")[1]["results"]
    return sorted(kept, key=lambda one: int(one["number"]))


def share_out(s: Story) -> None:
    """The first on its page, the others by the API; the seventh is for all five agencies."""
    police = {"agencies": [s.agency("Police")], "due_on": "2026-06-29"}
    s.page(s.w.mo).post("/wessex/commitments/C-1/share-out/", police)
    others = {2: ["Council"], 3: ["NHS"], 4: ["Housing"], 5: ["Probation"], 6: ["Housing"], 7: list(s.leads),
              8: ["Police"], 9: ["Council"]}  # fmt: skip
    for number, names in others.items():
        agencies = [s.agency(name) for name in names]
        assert s.api(s.w.mo).post("responses/share-out/", commitment=number, agencies=agencies)[0] == 201


def answer(s: Story, number: int, agency: str, says: str, words: str = "", link: str = "") -> None:
    """The agency's lead answers on the page that the first page leads to."""
    asked = s.response(number, agency)
    said = {"version": asked["version"], "says": says, "words": words, "link": link}
    done = s.page(s.leads[agency]).post(f"/wessex/responses/{asked['id']}/respond/", said)
    assert done.status_code == 302, text(done)


def judge(s: Story, number: int, agency: str, *, accepted: bool, words: str) -> None:
    asked = s.response(number, agency)
    said = {"version": asked["version"], "accepted": accepted, "words": words}
    status, body = s.api(s.w.ingrid).post(f"responses/{asked['id']}/judge/", **said)
    assert status == 200, body


def hold_the_meeting(s: Story, day: str) -> Meeting:
    meeting = Meeting.objects.get(meets_on=day)
    address = f"/wessex/meetings/{meeting.pk}/?do=hold"
    found = re.search(r'name="saw" value="([^"]*)"', text(s.page(s.w.mo).get(address)))
    assert found
    s.page(s.w.mo).post(address, {"held_on": day, "saw": found[1]})
    assert Meeting.objects.get(pk=meeting.pk).state == "held"
    return meeting


def put_forward(s: Story, agency: str, number: int, title: str) -> None:
    """A lead proposes an action for the own agency: a draft."""
    address = f"/wessex/actions/raise/?commitment={number}&agency={s.agency(agency)}"
    done = s.page(s.leads[agency]).post(address, {"title": title, "agency": s.agency(agency)})
    assert done.status_code == 302, text(done)


def plan(s: Story, number: int, owner: Seat, due_on: str) -> None:
    """The draft gets its owner, its date, and the subgroup that watches over it."""
    given = {"owner": owner.pk, "due_on": due_on, "subgroup": s.w.subgroup.pk}
    s.does(s.w.mo, "plan", number, **given)


def attach(s: Story, person: Seat, number: int, words: str, **about: Any) -> int:
    evidence = s.sends(person, "attach", number, words=words, **about)["evidence"]
    return int(evidence[-1]["id"])


def figures(s: Story, **asked: Any) -> list[dict[str, Any]]:
    return list(s.api(s.w.dan).get("rollup/", **asked)[1]["figures"])


def as_named(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in FIGURES}


def paper_of(answer: HttpResponse) -> str:
    """The paper itself, without the frame around it."""
    found = re.search(r'<article class="app-paper">.*</article>', answer.content.decode(), re.DOTALL)
    assert found
    return found[0]


# -- the story -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_from_a_review_with_nine_recommendations_to_a_report_that_stays(s: Story) -> None:
    w, police, council, nhs = s.w, s.w.alice, s.w.dan, s.leads["NHS"]

    with on("2026-06-01"):
        # the review is taken in, and a person keeps its nine recommendations
        document = take_in_the_review(s)
        kept = keep_all_nine(s, document)
        assert [(one["printed_number"], one["words"][:18]) for one in kept] == [
            ("1", "Custody sergeants "), ("2", "The Council should"), ("3", "Discharge letters "),
            ("4", "Housing should nam"), ("5", "Probation should k"), ("6", "Housing should cha"),
            ("7", "All agencies shoul"), ("8", "The Police should "), ("9", "The Council should"),
        ]  # fmt: skip

        # they are shared out: thirteen answers are asked for, and none is there
        share_out(s)
        assert s.api(w.mo).get("responses/")[1]["count"] == 13
        assert set(s.states) == {"unanswered"}
        assert "Responses asked of your agency" in text(s.page(w.carol).get("/wessex/"))

    with on("2026-06-10"):
        # every kind of answer
        answer(s, 1, "Police", "accepted")
        answer(s, 2, "Council", "in_part", "All but the template, which is national.")
        answer(s, 3, "NHS", "accepted")
        answer(s, 4, "Housing", "in_place", "Every office has one.")
        answer(s, 5, "Probation", "not_implement", "Two systems cannot share a record by law.")
        answer(s, 6, "Housing", "refer", "The rules are made nationally.")
        for agency in ("Police", "Council", "NHS", "Probation"):
            answer(s, 7, agency, "accepted")
        answer(s, 8, "Police", "accepted")
        answer(s, 9, "Council", "accepted")

        # an answer that proposes not to act is no answer to the board yet; one that is in place is to be shown
        assert s.states[3:6] == ["no_action", "no_action", "no_action"]
        judge(s, 4, "Housing", accepted=False, words="Which offices, and since when?")
        answer(s, 4, "Housing", "in_place", "All nine, since March 2025.", "https://example.org/leads")
        assert s.response(4, "Housing")["judged"] == ""
        judge(s, 4, "Housing", accepted=True, words="The list names all nine.")
        assert s.state(4) == "complete"

        # one has not answered about the seventh, and that is seen
        assert s.state(7) == "unanswered"
        assert "Wessex Housing answers" in text(s.page(w.dan).get("/wessex/commitments/C-7/"))

    with on("2026-06-18"):
        # the board decides on two of them, at a meeting, with reasons fit to publish
        meeting = hold_the_meeting(s, "2026-06-18")
        assert s.page(w.bob).post("/wessex/commitments/C-5/decide/", {}).status_code == 403
        not_to_be = {"kind": "not_implemented", "words": "The law does not allow one shared record."}
        s.page(w.mo).post("/wessex/commitments/C-5/decide/", not_to_be | {"meeting": meeting.pk})
        elsewhere = {"kind": "referred", "referred_to": "The Ministry", "words": "The rules are national."}
        decided = s.api(w.mo).post("decisions/", commitments=[6], meeting=meeting.pk, **elsewhere)
        assert decided[0] == 201
        assert s.states[4:6] == ["decided", "decided"]
        shown = text(s.page(w.dan).get("/wessex/commitments/C-5/"))
        assert "The law does not allow one shared record." in shown
        assert "18 June 2026" in shown

    with on("2026-06-19"):
        # the leads put actions forward, and these are planned
        put_forward(s, "Police", 1, "Add the question to the custody form")
        put_forward(s, "Council", 2, "Revise the guidance")
        put_forward(s, "NHS", 3, "Change the discharge letter")
        put_forward(s, "Police", 7, "Use the template")
        put_forward(s, "Council", 7, "Use the template in every team")
        assert {s.action(number)["status"] for number in range(1, 6)} == {"draft"}
        assert s.state(1) == "no_action"  # a draft promises nothing
        plan(s, 1, police, "2026-07-31")
        plan(s, 2, council, "2026-07-31")
        plan(s, 3, nhs, "2026-08-31")
        plan(s, 4, police, "2027-06-30")
        plan(s, 5, council, "2026-12-31")

        # are planned at once, the first of them without an end; A-10 stays a draft
        wanted = [
            {"title": "Share learning at every briefing", "owner": police.pk, "look_again_on": "2026-12-01",
             "commitments": [kept[7]["id"]]},
            {"title": "Write to every care home", "owner": council.pk, "due_on": "2026-07-15",
             "commitments": [kept[8]["id"]]},
            {"title": "Buy the template", "owner": nhs.pk, "due_on": "2026-09-30", "commitments": [kept[6]["id"]]},
            {"title": "Use the template in reports", "owner": s.leads["Probation"].pk, "due_on": "2027-03-31",
             "commitments": [kept[6]["id"]]},
        ]  # fmt: skip
        made = s.api(w.mo).post("actions/", actions=[one | {"subgroup": w.subgroup.pk} for one in wanted])
        assert [one["reference"] for one in made[1]["actions"]] == ["A-6", "A-7", "A-8", "A-9"]
        put_forward(s, "Police", 1, "Train the custody nurses, too")
        assert s.action(10)["status"] == "draft"
        assert s.states == [
            "under_way", "under_way", "under_way", "complete", "decided", "decided", "unanswered", "under_way",
            "under_way",
        ]  # fmt: skip

    with on("2026-07-10"):
        # owners say where it stands; one needs more time, and gets it from the chair
        s.does(police, "update", 1, confidence="on_track", words="The form is drafted.")
        s.does(council, "ask-for-time", 2, due_on="2026-10-31", reason="The consultation is still open.")
        s.does(w.bob, "grant", 2, due_on="2026-09-30", words="Until September, not October.")
        assert (s.action(2)["first_due_on"], s.action(2)["due_on"]) == ("2026-07-31", "2026-09-30")

        # a step without an impact of its own is done, evidenced, and signed off
        letter = attach(s, council, 7, "The letter", link="https://example.org/letter", kind="policy")
        s.does(council, "finish", 7, words="Sent to all 61 homes.", done_on="2026-07-09")
        step_only = {"impact": "step", "words": "A letter changes no practice alone."}
        s.does(w.bob, "sign-off", 7, relied_on=[letter], **step_only)
        assert s.state(9) == "complete"

    with on("2026-08-03"):
        # done, says the owner; not yet, says the chair
        s.does(police, "finish", 1, words="The question is on the form.", done_on="2026-07-31")
        unshown = s.page(w.bob).post(
            "/wessex/actions/A-1/sign-off/", {"version": s.action(1)["version"], "impact": "review",
                                              "review_on": "2027-02-22"})  # fmt: skip
        assert unshown.status_code == 422
        assert "the owner’s word alone is no evidence" in text(unshown)
        s.does(w.bob, "send-back", 1, reason="Show that sergeants use it.", due_on="2026-08-31")

    with on("2026-08-24"):
        # with evidence it is signed off, and its impact is to be checked on a day; nobody signs off their own
        audit = attach(s, police, 1, "Audit of 40 records", shows="completion", kind="audit")
        s.does(police, "finish", 1, words="Sergeants use it.", done_on="2026-08-20")
        own = s.api(police).post("actions/1/sign-off/", version=s.action(1)["version"], relied_on=[audit])
        assert own[0] == 403
        seen = {"seen": "I read ten records myself.", "impact": "review", "review_on": "2027-02-22"}
        s.does(w.bob, "sign-off", 1, relied_on=[audit], **seen)
        assert (s.action(1)["status"], s.action(1)["review_on"]) == ("signed_off", "2027-02-22")
        assert s.state(1) == "complete"

    with on("2026-09-10"):
        # more time is refused to another; the second is done by its last date, and signed off
        s.does(nhs, "ask-for-time", 3, due_on="2026-12-31", reason="The supplier is late.")
        s.sends(w.bob, "refuse", 3, reason="The risk is too high to wait.")
        guidance = attach(s, council, 2, "The guidance", link="https://example.org/guidance", kind="policy")
        s.does(council, "finish", 2, words="Published.", done_on="2026-09-10")
        s.does(w.bob, "sign-off", 2, relied_on=[guidance], impact="review", review_on="2027-02-25")
        s.does(w.bob, "withdraw", 8, kind="overtaken", words="The template is free of charge now.")
        s.does(w.bob, "hold", 5, words="The new record system.", look_again_on="2027-06-01")

    with on("2026-09-17"):
        hold_the_meeting(s, "2026-09-17")

    with on("2026-11-30"):
        # work without an end is confirmed by its day, and its day rolls on
        s.does(police, "confirm", 6, words="In all 30 briefings.", look_again_on="2027-06-01")

    with on("2026-12-10"):
        hold_the_meeting(s, "2026-12-10")

    with on("2027-02-22"):
        # months later: the form is filled in, and practice has not changed. It is open again
        assert figures(s)[0]["check_overdue"] == 1  # due today, and not done
        unchanged = {"verdict": "not_effective", "words": "In 31 of 40 records the answer is always no.",
                     "sentence": "Asking on a form alone did not bring needs to light.",
                     "reopen_until": "2027-04-30"}  # fmt: skip
        own = s.api(police).post("impact-reviews/", actions=[{"action": 1, "version": 1}], **unchanged)
        assert own[0] == 403
        s.does(w.ingrid, "review-impact", 1, **unchanged)
        again = s.action(1)
        assert (again["status"], again["due_on"]) == ("started", "2027-04-30")
        assert again["verdict"] == "not_effective"
        assert [one["relied_on"] for one in again["evidence"]] == [False, False]
        assert s.state(1) == "under_way"

    with on("2027-02-25"):
        # and the guidance has changed practice, as ticked evidence of impact shows
        survey = attach(s, council, 2, "Survey of 80 staff", link=SURVEY, shows="impact", kind="awareness")
        reviewed = s.api(w.bob).post(
            "impact-reviews/",
            commitment=2,
            actions=[{"action": 2, "version": s.action(2)["version"]}],
            verdict="embedded",
            relied_on=[survey],
            sentence="Staff now know when self-neglect is a safeguarding matter.",
        )
        assert reviewed[0] == 201, reviewed[1]
        s.does(police, "update", 1, confidence="at_risk", words="We ask sergeants.", why="Few have time.")
        s.does(police, "update", 4, confidence="on_track", words="Half of the teams use it.")

    with on("2027-03-02"):
        needed = {
            "why": "The supplier went bankrupt.",
            "needed_from_board": "A word with the Integrated Care Board.",
        }
        s.does(nhs, "update", 3, confidence="off_track", words="No letter yet.", **needed)
        s.does(s.leads["Probation"], "finish", 9, words="All reports use it.", done_on="2027-03-01")

    with on("2027-03-04"):
        # the figures are whole, and their parts add up to them
        (whole,) = figures(s)
        assert as_named(whole) == FIGURES
        assert sum(COLOURS.values()) == FIGURES["counted"]
        assert sum(IMPACT.values()) == 3  # every one that was ever signed off
        assert whole["said"]["complete_of_due"] == "2 of 4 due by now"
        assert whole["said"]["moved"] == "2 of 7 have moved; typically 167 days, longest 273 days"
        for by in ("agency", "priority", "subgroup", "owner", "source"):
            assert_sums(figures(s, by=by), whole)
        assert s.states == [
            "under_way", "complete", "under_way", "complete", "decided", "decided", "unanswered", "under_way",
            "complete",
        ]  # fmt: skip
        (made,) = s.api(w.dan).get("rollup/commitments/")[1]["figures"]
        assert made["figures"] == COMMITMENTS
        told = "9 commitments: 1 not answered by all, 3 under way, 3 complete, 2 not to be implemented or referred."
        assert told in text(s.page(w.dan).get("/wessex/summary/"))

        # the paper for the next meeting is drafted at its cut-off; its words are the manager's
        meeting = Meeting.objects.get(meets_on="2027-03-18")
        s.page(w.mo).post("/wessex/papers/", {"meeting": meeting.pk})
        paper = s.api(w.mo).get("reports/")[1]["results"][0]["id"]
        s.page(w.mo).post(f"/wessex/papers/{paper}/", {"saves": 1, "opening": "A mixed quarter."})

    with on("2027-03-08"):
        # what happens after the cut-off is not in it; until it is issued its words change, and few read it
        s.does(w.bob, "sign-off", 9, seen="I read three reports.", impact="review", review_on="2027-09-08")
        assert s.page(w.dan).get(f"/wessex/papers/{paper}/").status_code == 404
        s.page(w.mo).post(f"/wessex/papers/{paper}/", {"saves": 2, "opening": "A good quarter in all."})
        s.page(w.mo).post(f"/wessex/papers/{paper}/issue/", {"saves": 3})

        issued = s.api(w.dan).get(f"reports/{paper}/")[1]
        assert (issued["state"], issued["cut_off_on"], issued["version"]) == ("issued", "2027-03-04", 1)
        assert as_named(issued["figures"]["numbers"]["whole"]) == FIGURES
        assert issued["figures"]["numbers"]["commitments"] == COMMITMENTS
        assert figures(s)[0]["complete"] == 3  # the board has moved on meanwhile
        read = paper_of(s.page(w.dan).get(f"/wessex/papers/{paper}/"))
        for words in (
            "A good quarter in all.",
            "3 of 9 made: each agency that accepts it",
            "2 of 7 have moved; typically 167 days, longest 273 days",
            "A word with the Integrated Care Board.",
            "Staff now know when self-neglect is a safeguarding matter.",
        ):
            assert words in read
        assert "A mixed quarter." not in read
        too_late = s.page(w.mo).post(f"/wessex/papers/{paper}/", {"saves": 4, "opening": "Better."})
        assert too_late.status_code == 409

    with on("2030-03-08"):
        # three years later it is the same to the letter
        s.does(police, "finish", 1, words="At last.", done_on="2030-03-01")
        assert paper_of(s.page(w.dan).get(f"/wessex/papers/{paper}/")) == read
        assert s.api(w.dan).get(f"reports/{paper}/")[1] == issued

        # a mistake in it is put right in a second version, which says why; the first one stays
        why = {"saves": 4, "reason": "Nine offices, not eight."}
        s.page(w.mo).post(f"/wessex/papers/{paper}/reissue/", why)
        second = s.api(w.mo).get("reports/")[1]["results"][0]
        assert (second["version"], second["supersedes"]) == (2, paper)
        s.page(w.mo).post(f"/wessex/papers/{second['id']}/", {"saves": 1, "opening": "Nine offices."})
        s.page(w.mo).post(f"/wessex/papers/{second['id']}/issue/", {"saves": 2})
        again = s.api(w.dan).get(f"reports/{second['id']}/")[1]
        assert again["figures"]["numbers"] == issued["figures"]["numbers"]
        assert "Nine offices, not eight." in text(s.page(w.dan).get(f"/wessex/papers/{second['id']}/"))
        assert "Version 2 has replaced this one" in text(s.page(w.dan).get(f"/wessex/papers/{paper}/"))
        assert s.api(w.dan).get(f"reports/{paper}/")[1]["words"] == issued["words"]


def assert_sums(groups: list[dict[str, Any]], whole: dict[str, Any]) -> None:
    """Each figure that is a count, over the groups, is the whole's."""
    for name, count in as_named(whole).items():
        if isinstance(count, int) and name not in NOT_SUMS:
            assert sum(one[name] for one in groups) == count, name
    for part in ("withdrawn", "colours"):
        for name, count in whole[part].items():
            assert sum(one[part][name] for one in groups) == count, (part, name)
