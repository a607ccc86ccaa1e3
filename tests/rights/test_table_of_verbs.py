"""The table of verb × who: as it is printed, asked by every verb, with no row that nothing asks."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from actions import (
    access,
    boards,
    challenges,
    colours,
    decisions,
    impact,
    leaving,
    links,
    measures,
    meetings,
    minutes,
    people,
    planning,
    plans,
    progress,
    redaction,
    repeating,
    responses,
)
from actions.intake import publishing, review, taking
from actions.models import (
    Action,
    Agency,
    Asked,
    Challenge,
    Commitment,
    Decision,
    Document,
    Event,
    Evidence,
    Measure,
    Meeting,
    Passage,
    Plan,
    Priority,
    Proposal,
    Reading,
    Report,
    Response,
    Source,
    SourceKind,
    Subgroup,
)
from actions.rag import BEGUN
from actions.refusals import NotAllowed
from actions.reporting import verbs as verbs_of_papers
from notifications import post
from notifications.models import Message
from tests.factories import TODAY
from tests.rights.boards import LEFT, MEMBER, Boards
from tests.rights.cells import rows

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
MODULES = (
    boards,
    challenges,
    colours,
    decisions,
    impact,
    leaving,
    links,
    measures,
    meetings,
    minutes,
    people,
    planning,
    plans,
    post,
    progress,
    publishing,
    redaction,
    repeating,
    responses,
    review,
    taking,
    verbs_of_papers,
)


def test_the_page_of_rights_holds_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rights")

    assert (ROOT / "docs" / "rights.md").read_text().endswith("\n\n" + capsys.readouterr().out)


def test_every_row_is_asked_by_a_verb_or_a_page() -> None:
    sources = [
        path.read_text()
        for app in ("actions", "frontend", "notifications")
        for path in (ROOT / app).rglob("*.py")
        if path.name != "access.py" and "management" not in path.parts
    ]
    asked = set(
        re.findall(
            r'(?:check|may|step|begin|for_those_who_may|_check)\((?:[^()]*, )?"(\w+)"', "\n".join(sources)
        )
    )

    assert set(access.TABLE) - asked - set(progress.VERBS) == set()
    assert access.ON_BEHALF.keys() | access.NEVER_THE_OWNER.keys() <= access.TABLE.keys()


def verbs() -> dict[str, Callable[..., Any]]:
    """Every public function of the domain that is done by somebody: it takes `by`."""
    return {
        f"{module.__name__}.{name}": one
        for module in MODULES
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and one.__module__ == module.__name__
        and "by" in inspect.signature(one).parameters
    }


# No verb: nothing is written, or what is asked stands in the verb that calls it.
NOT_VERBS = {"actions.redaction.mark_of"}


@dataclass
class Things:
    """Whatever a verb asks for, found by the name or the type of what it takes."""

    b: Boards

    def one(self, model: Any, **filters: Any) -> Any:
        return model.objects.filter(board=self.b.board, **filters).first()

    def of(self, verb: str, name: str, kind: str) -> Any:
        ours = self.b.ours
        by_kind: dict[str, Any] = {
            "held_on": lambda: TODAY,
            "state": lambda: "planned",
            "Action": lambda: self.one(Action, number=ours["done"]),
            "Agency": lambda: self.one(Agency, pk=ours["spare_agency"]),
            "Asked": lambda: self.one(Asked, pk=ours["place"]),
            "Challenge": lambda: self.one(Challenge, pk=ours["challenge"]),
            "Commitment": lambda: self.one(Commitment, pk=ours["commitment_pk"]),
            "Decision": lambda: self.one(Decision, pk=ours["decision"]),
            "Document": lambda: self.one(Document, pk=ours["document"]),
            "Event": lambda: self.one(Event, seq=ours["line"]),
            "Evidence": lambda: self.one(Evidence, pk=ours["evidence"]),
            "Message": lambda: self.one(Message, pk=ours["doubtful"]),
            "Meeting": lambda: self.one(Meeting, pk=ours["meeting"]),
            "Plan": lambda: self.one(Plan, pk=ours["spare_plan"]),
            "Priority": lambda: self.one(Priority, pk=ours["spare_priority"]),
            "Proposal": lambda: self.one(Proposal, pk=ours["proposal"]),
            "Seat": lambda: self.b.seats["owner"],
            "Response": lambda: self.one(Response, pk=ours["response"]),
            "Source": lambda: self.one(Source, number=ours["source"]),
            "SourceKind": lambda: self.one(SourceKind, pk=ours["spare_kind"]),
            "Subgroup": lambda: self.one(Subgroup, pk=ours["spare_subgroup"]),
            "Board": lambda: self.b.board,
            "Scheme": lambda: BEGUN,
            "Person": lambda: people.Person(name="Petra New", email="petra@wessex.example"),
            "date": lambda: TODAY + timedelta(days=30),
            "str": lambda: "x",
            "int": lambda: 1,
            "bytes": lambda: b"x",
            "bool": lambda: False,
            "Sequence[Person]": lambda: [self.of("", "", "Person")],
            "Sequence[Wanted]": lambda: self.wanted(verb),
            "Sequence[Evidence]": lambda: [self.of("", "", "Evidence")],
            "Sequence[Whom]": lambda: [self.of("", "", "Agency")],
            "Sequence[Agency]": lambda: [self.of("", "", "Agency")],
            "Sequence[Commitment]": lambda: [self.of("", "", "Commitment")],
            "Sequence[Seen]": lambda: [(ours["proposal"], 1)],
            "Sequence[str]": lambda: ["x"],
            "Filing": lambda: review.Filing("recommendation", None),
            "Mapping[int, Priority | None]": lambda: {1: None},
            "Mapping[Action, int]": lambda: {self.one(Action, number=ours["signed_off"]): 4},
            "Found": lambda: impact.Found("embedded", "x", "x"),
            "Measure": lambda: self.one(Measure, pk=ours["measure"]),
            "Report": lambda: self.one(Report, pk=ours["draft_paper"]),
            "Passage": lambda: self.one(Passage, pk=ours["passage"]),
            "Mapping[str, str]": lambda: {"opening": "x"},
            "Reading": lambda: self.one(Reading, pk=ours["reading"]),
            "Measured": lambda: self.of("", "", "Action"),
            "Decimal": lambda: Decimal(1),
            "Any": lambda: self.of("", "", "Agency"),
        }
        return by_kind[name if name in by_kind else kind.removesuffix(" | None")]()

    def wanted(self, verb: str) -> Any:
        if verb == "actions.meetings.add":
            return [meetings.Wanted(TODAY + timedelta(days=30), None)]
        return [planning.Wanted(title="x", owner=self.b.seats["owner"], due_on=TODAY)]


@pytest.mark.parametrize("name", sorted(verbs().keys() - NOT_VERBS))
@pytest.mark.parametrize("kind", [MEMBER, LEFT])
def test_a_verb_refuses_a_seat_without_the_right(b: Boards, name: str, kind: str) -> None:
    verb, things = verbs()[name], Things(b)
    given: dict[str, Any] = {}
    for one in inspect.signature(verb).parameters.values():
        if one.name == "by":
            given["by"] = b.seats[kind]
        elif one.name == "today":
            given["today"] = TODAY
        elif one.default is inspect.Parameter.empty:
            given[one.name] = things.of(name, one.name, str(one.annotation))
    before = rows()

    with pytest.raises(NotAllowed):
        verb(**given)
    assert rows() == before


@pytest.mark.parametrize("verb", access.ON_BEHALF)
@pytest.mark.parametrize("kind", [MEMBER, LEFT])
def test_nor_is_it_done_on_behalf_of_another(b: Boards, verb: str, kind: str) -> None:
    action = Things(b).of("", "", "Action")
    behalf = access.Behalf(b.seats["subgroup chair"], TODAY, "mail")

    with pytest.raises(NotAllowed):
        access.check(b.seats[kind], verb, action, behalf)
