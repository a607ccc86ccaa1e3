"""The review page: words beside proposals, and a decision at a time, with htmx and without."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from actions.intake import review
from actions.models import Commitment, Document, Proposal
from actions.planning import Wanted, plan_many
from frontend import beside
from tests.actions.intake.test_review import RETURN, starting
from tests.actions.intake.test_taking import take
from tests.factories import TODAY, World, world
from tests.frontend.pages import HTMX

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def document(w: World) -> Document:
    return take(w, RETURN).document


@pytest.fixture
def mo(w: World, client: Client) -> Client:
    client.force_login(w.mo.user)
    return client


def address(document: Document, query: str = "") -> str:
    return f"/wessex/sources/S-{document.source.number}/review/{document.pk}/{query}"


def step(mo: Client, proposal: Proposal, verb: str, *, htmx: bool = False, **given: Any) -> HttpResponse:
    sent = {"proposal": proposal.pk, "version": proposal.version, "verb": verb} | given
    return mo.post(address(proposal.document), sent, headers=HTMX if htmx else {})


def state(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def test_every_line_of_the_document_stands_beside_its_proposals(document: Document, mo: Client) -> None:
    page = mo.get(address(document)).text

    numbers = [int(n) for n in re.findall(r"Line </span>(\d+)</span>", page)]
    assert numbers == list(range(1, 10))
    for proposal in document.proposals.all():
        assert f'id="words-{proposal.pk}"' in page
        assert f'id="p-{proposal.pk}"' in page
    assert f"0 of {document.proposals.count()} decided" in page
    assert "“June 2026”, read as 30 June 2026 (the end of that month)" in page
    assert "reads like a commitment" in page


def test_without_javascript_a_step_leads_back_to_its_place(w: World, document: Document, mo: Client) -> None:
    proposal = starting(document, "We will audit")

    answer = step(mo, proposal, "keep", kind="planned_work", agency=w.police.pk, priority=w.priority.pk)

    assert answer["Location"] == f"{address(document)}#p-{proposal.pk}"
    commitment = Commitment.objects.get()
    assert (commitment.words, commitment.agency, commitment.priority) == (
        "We will audit 50 referrals.",
        w.police,
        w.priority,
    )


def test_with_htmx_only_the_row_its_words_and_the_progress_come_back(
    w: World, document: Document, mo: Client
) -> None:
    proposal = starting(document, "We will brief")

    answer = step(mo, proposal, "keep", htmx=True, kind="planned_work", agency=w.police.pk, priority="")

    page = answer.text
    assert "<html" not in page
    assert re.findall(r'<li class="[^"]*" id="(p-\d+)"', page) == [f"p-{proposal.pk}"]
    assert f'id="words-{proposal.pk}" class="app-said app-said--kept"' in page
    assert f"1 of {document.proposals.count()} decided" in page
    assert "kept, line 5, by Mo Manager" in page


def test_what_stands_under_another_heading_is_offered_as_planned_work(document: Document, mo: Client) -> None:
    proposal = starting(document, "We will recruit")
    page = mo.get(address(document)).text
    row = page[page.index(f'id="p-{proposal.pk}"') :]

    chosen = re.search(r'name="kind">.*?<option value="(\w+)" selected', row, re.DOTALL)
    assert chosen is not None
    step(mo, proposal, "keep", kind=chosen[1], agency=proposal.agency_id, priority="")

    assert Commitment.objects.get().kind == "planned_work"


@pytest.mark.slow
def test_each_step_is_done_and_undone(w: World, document: Document, mo: Client) -> None:
    words = list(document.proposals.values_list("text", "kind", "state", "start", "end"))
    p = starting(document, "We will publish")
    given: dict[str, dict[str, Any]] = {
        "context": {},
        "edit": {"text": "We will publish two leaflets."},
        "split": {"text": "We will publish\r\n\r\na leaflet in three languages."},
        "merge": {},
        "refile": {"filed_as": "finding", "agency": w.council.pk},
    }

    for verb, sent in given.items():
        for htmx in (False, True):
            p.refresh_from_db()
            assert step(mo, p, verb, htmx=htmx, **sent).status_code == (200 if htmx else 302), verb
            assert list(document.proposals.values_list("text", "kind", "state", "start", "end")) != words, (
                verb
            )
            last = document.steps.get()
            undone = mo.post(
                address(document), {"verb": "undo", "step": last.pk}, headers=HTMX if htmx else {}
            )
            assert undone.status_code == (200 if htmx else 302)
            assert list(document.proposals.values_list("text", "kind", "state", "start", "end")) == words, (
                verb
            )


def test_split_by_a_chosen_place(document: Document, mo: Client) -> None:
    first = review.merge(starting(document, "We will brief"), by=document.taken_in_by, version=1, today=TODAY)
    page = mo.get(address(document)).text
    [at] = re.findall(rf'id="at-{first.pk}-(\d+)"', page)

    step(mo, first, "split", at=at, text=first.text)

    assert starting(document, "We will publish").state == "waiting"


def test_a_blank_line_with_other_changes_is_refused_and_kept(document: Document, mo: Client) -> None:
    proposal = starting(document, "We will audit")

    answer = step(mo, proposal, "split", htmx=True, text="We might\n\naudit.")

    assert answer.status_code == 422
    assert "We might\n\naudit." in answer.text
    assert "one blank line" in answer.text


def test_a_stale_step_shows_both_and_keeps_what_was_typed(w: World, document: Document, mo: Client) -> None:
    proposal = starting(document, "We will audit")
    review.edit(proposal, text="Their words.", by=w.mo, version=1, today=TODAY)

    for htmx in (True, False):
        answer = step(mo, proposal, "edit", htmx=htmx, text="My words.")
        assert answer.status_code == 409
        assert "You changed the words of line 6" in answer.text
        assert "Their words.</blockquote>" in answer.text
        assert "My words.</textarea>" in answer.text
        assert ("<html" in answer.text) is not htmx

    assert starting(document, "Their").version == 2


def test_a_double_click_keeps_once(w: World, document: Document, mo: Client) -> None:
    proposal = starting(document, "We will audit")

    codes = [
        step(mo, proposal, "keep", kind="planned_work", agency="", priority="").status_code for _ in range(2)
    ]

    assert (codes, Commitment.objects.count()) == ([302, 409], 1)


def test_a_decision_taken_long_ago_is_put_back_unless_an_action_answers_it(
    w: World, document: Document, mo: Client
) -> None:
    first, second = starting(document, "We will audit"), starting(document, "We will brief")
    for proposal in (first, second):
        step(mo, proposal, "keep", kind="planned_work", agency="", priority="")
        proposal.refresh_from_db()
    wanted = Wanted(title="Brief", owner=w.alice, due_on=TODAY, commitments=(second.commitment,))
    plan_many([wanted], by=w.mo, today=TODAY)

    codes = [step(mo, proposal, "put_back", htmx=True).status_code for proposal in (first, second)]

    assert codes == [200, 422]
    assert [state(proposal) for proposal in (first, second)] == ["waiting", "kept"]
    assert list(Commitment.objects.order_by("number").values_list("taken_back", flat=True)) == [True, False]


def test_words_that_were_merged_away_are_told_of(w: World, document: Document, mo: Client) -> None:
    gone = starting(document, "We will publish")
    review.merge(starting(document, "We will brief"), by=w.mo, version=1, today=TODAY)

    answer = step(mo, gone, "keep", htmx=True, kind="planned_work", agency="", priority="")

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#review")
    assert "Those words were merged" in answer.text


def test_a_run_is_decided_at_once_and_a_refused_run_stays_ticked(
    w: World, document: Document, mo: Client
) -> None:
    rows = list(document.proposals.filter(kind="planned_work"))
    picked = [f"{p.pk}:{p.version}" for p in rows]
    mo.post(address(document), {"verb": "context_run", "picked": picked[:1]})

    refused = mo.post(address(document), {"verb": "keep_run", "picked": [*picked[1:], f"{rows[1].pk}:9"]})
    nothing = mo.post(address(document), {"verb": "keep_run"})
    kept = mo.post(
        address(document), {"verb": "keep_run", "picked": picked[1:], "priority": w.priority.pk}, follow=True
    )

    assert (refused.status_code, nothing.status_code) == (409, 422)
    assert len(re.findall(r'form="run" checked', refused.text)) == 3
    assert "Tick the words that you mean first." in nothing.text
    assert "3 kept." in kept.text
    assert list(Commitment.objects.values_list("priority", flat=True)) == [w.priority.pk] * 3
    assert [state(row) for row in rows] == ["context", "kept", "kept", "kept"]


@pytest.mark.parametrize(
    "sent",
    [
        {"verb": "keep", "proposal": "x", "version": "1"},
        {"verb": "keep", "proposal": "9" * 30, "version": "1"},
        {"verb": "explode"},
        {},
        {"verb": "undo", "step": "-1"},
        {"verb": "keep_run", "picked": "1;drop"},
    ],
)
def test_what_no_form_sends_is_refused_without_a_fault(
    document: Document, mo: Client, sent: dict[str, str]
) -> None:
    assert mo.post(address(document), sent).status_code in (409, 422)
    assert Commitment.objects.count() == 0


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "memo"},
        {"kind": "planned_work", "agency": "999999"},
        {"kind": "planned_work", "priority": "x"},
    ],
)
def test_what_is_not_on_the_lists_is_refused(document: Document, mo: Client, given: dict[str, str]) -> None:
    answer = step(mo, starting(document, "We will audit"), "keep", **given)

    assert (answer.status_code, Commitment.objects.count()) == (422, 0)


def test_others_on_the_board_read_it_and_decide_nothing(w: World, document: Document, client: Client) -> None:
    client.force_login(w.alice.user)

    page = client.get(address(document))
    answer = step(client, starting(document, "We will audit"), "context")

    assert (page.status_code, answer.status_code) == (200, 403)
    assert 'name="verb"' not in page.text
    assert state(starting(document, "We will audit")) == "waiting"


def test_the_filters_show_what_they_say(w: World, document: Document, mo: Client) -> None:
    step(mo, starting(document, "We will audit"), "context")

    def shown(query: str) -> list[str]:
        page = mo.get(address(document, query)).text
        ids = [int(pk) for pk in re.findall(r'data-proposal="(\d+)"', page)]
        return [document.proposals.get(pk=pk).text[:12] for pk in ids]

    assert shown("?state=context") == ["We will audi"]
    assert shown(f"?agency={w.council.pk}") == ["We will revi"]
    assert shown("?kind=challenge") == ["Staff turnov", "We will recr"]
    assert shown("?state=kept") == []
    assert len(shown("?agency=x&kind=y&state=z&page=99")) == 0
    assert len(shown("?kind=y&state=z&page=99")) == document.proposals.count()


def test_a_long_document_is_paged_and_no_line_is_left_out(w: World, mo: Client) -> None:
    lines = [
        "Wessex Police",
        "Planned work for 2026 to 2027",
        *(f"We will train team {n}." for n in range(130)),
    ]
    document = take(w, "\n".join(lines).encode()).document

    seen = []
    for number in (1, 2, 3):
        page = mo.get(address(document, f"?page={number}")).text
        seen += [int(n) for n in re.findall(r"Line </span>(\d+)</span>", page)]

    assert seen == list(range(1, 133))


@pytest.mark.slow
def test_the_page_costs_the_same_queries_whatever_its_length(
    w: World, mo: Client, django_assert_num_queries: Any
) -> None:
    def taken(count: int) -> Document:
        lines = [f"{name}\nPlanned work for 2026" for name in ("Wessex Police",)]
        lines += [f"We will train team {n} of {count}." for n in range(count)]
        return take(w, "\n".join(lines).encode()).document

    for count, queries in ((1, 11), (3, 13), (60, 13)):  # where something waits, what it resembles is asked
        document = taken(count)
        for proposal in document.proposals.all()[:count:2]:
            review.keep(proposal, by=w.mo, version=1, today=TODAY, priority=w.priority)
        with django_assert_num_queries(queries):
            mo.get(address(document))


def test_one_step_costs_the_same_queries_in_a_long_document(
    w: World, mo: Client, django_assert_num_queries: Any
) -> None:
    for count in (1, 60):
        text = "\n".join(
            ["Wessex Police", "Planned work for 2026", *(f"We will do {count}.{n}." for n in range(count))]
        )
        document = take(w, text.encode()).document
        with django_assert_num_queries(29):
            step(
                mo, document.proposals.first(), "keep", htmx=True, kind="planned_work", agency="", priority=""
            )


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("One two.\n\nThree four.", 9),
        ("One two.\r\n\r\nThree four.\r\n", 9),
        ("One\n\ntwo. Three four.", 4),
        ("One two. Three four.", None),
        ("One two.\n\nThree five.", None),
        ("\n\nOne two. Three four.", None),
        ("", None),
    ],
)
def test_a_blank_line_says_where_to_cut(typed: str, place: int | None) -> None:
    assert beside.blank_line(typed, "One two. Three four.") == place
