"""An entry is corrected through its form: only what this person changed."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from actions import progress
from actions.models import Event
from tests.actions.progress import lives
from tests.factories import World, action
from tests.frontend.pages import BrowserOf


def as_shown(response: HttpResponse) -> dict[str, Any]:
    """What a browser would send back, were nothing touched: each field, and beside it what was first seen."""
    form = response.context["form"]
    sent = {}
    for field in form:
        value = field.value()
        sent[field.html_name] = (
            "" if value is None else str(getattr(value, "pk", value)).replace("\n", "\r\n")
        )
        if field.field.show_hidden_initial:
            sent[field.html_initial_name] = sent[field.html_name]
    return sent


def test_an_untouched_form_changes_nothing_however_the_browser_ends_its_lines(
    w: World, browser_of: BrowserOf
) -> None:
    action(w, detail="One line\nand another")
    client = browser_of(w.mo)
    shown = client.get("/wessex/actions/A-1/correct/")

    answer = client.post("/wessex/actions/A-1/correct/", as_shown(shown) | {"reason": "Slip"})

    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["Nothing here differs from what stands. Change what was entered wrongly."],
    )
    assert 'name="initial-due_on" value="2026-07-01"' in shown.text


def test_what_somebody_else_changed_meanwhile_is_not_put_back(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    client = browser_of(w.mo)
    sent = as_shown(client.get("/wessex/actions/A-1/correct/")) | {"title_": "Brief all", "reason": "Slip"}
    progress.reschedule(a, due_on=date(2026, 8, 1), reason="Agreed", by=w.bob, **lives.now(a))

    stale = client.post("/wessex/actions/A-1/correct/", sent)
    form = stale.context["form"]
    again = client.post("/wessex/actions/A-1/correct/", sent | {"version": form["version"].value()})

    assert (stale.status_code, again.status_code) == (409, 302)
    a.refresh_from_db()
    assert (a.title, a.due_on, a.times_moved) == ("Brief all", date(2026, 8, 1), 1)
    assert Event.objects.get(verb="correct").detail == {}


def test_what_has_no_date_is_not_asked_for_one(w: World, browser_of: BrowserOf) -> None:
    lives.continuing(w)
    lives.signed_off(w)
    client = browser_of(w.mo)

    fields = [set(client.get(f"/wessex/actions/A-{n}/correct/").context["form"].fields) for n in (1, 2)]

    always = {"version", "title_", "detail", "start_on", "priority", "subgroup", "reason"}
    assert fields == [always, always | {"due_on", "done_on"}]
