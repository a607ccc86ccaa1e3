"""The people of a board: everybody reads who they are; the manager invites, changes, and sees them off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import access, invitation, leaving, people
from actions.leaving import WAITING
from actions.models import Action, Challenge, Seat, Subgroup
from actions.refusals import Changed, Invalid
from frontend import roll
from frontend.context import BoardRequest
from frontend.forms.people import AgainForm, AwayForm, InviteForm, LeaveForm, PersonForm, SeveralForm
from frontend.pages import narrowed, page_or_part
from frontend.saving import refused
from frontend.sent import posted
from notifications.forecast import next_round
from notifications.models import Message, Policy
from notifications.schedule import is_open

PER_PAGE = 50
SHOWN = 25  # actions of one person; a link leads to the rest


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    shown = roll.PersonFilter(request.GET, queryset=roll.people(request.seat), request=request)
    context = narrowed(request, shown, PER_PAGE)
    context |= {
        "lines": [(one, roll.said_roles(one), roll.STANDS[one.stands]) for one in context["page"]],
        "may_keep": access.may(request.seat, "keep_people"),
    }
    return page_or_part(request, "frontend/people/index.html", "list", context)


def find(request: BoardRequest, number: int) -> Seat:
    return get_object_or_404(roll.people(request.seat), pk=number)


@require_safe
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    person = find(request, number)
    seat, today = request.seat, request.seat.board.today
    actions = Action.objects.standing(seat).filter(owner=person, status__in=WAITING).most_urgent_first()
    context = {
        "person": person,
        "roles": roll.said_roles(person),
        "stands": roll.STANDS[person.stands],  # type: ignore[attr-defined]
        "today": today,
        "actions": actions[: SHOWN + 1],
        "shown": SHOWN,
        "may_keep": access.may(seat, "keep_people"),
        "moved": moved(request, person) if person.left_on else None,
        "overstays": person.leaves_on is not None and person.leaves_on < today,
        "post_off": is_post_off(seat),
        "link_over": person.invited_at is not None and timezone.now() - person.invited_at > invitation.LASTS,
        "lasts": invitation.LASTS.days,
    }
    if person.stands == "invited":  # type: ignore[attr-defined]
        context |= mail_of(person)
    return render(request, "frontend/people/show.html", context)


def mail_of(person: Seat) -> dict[str, Any]:
    """Whether an invited person was written to at all, and whether the mail of the latest invitation waits."""
    last = Message.objects.filter(seat=person).aggregate(at=Max("sent_at"))["at"]
    waits = last is None or (person.invited_at is not None and last < person.invited_at)
    return {"mail_made": last is not None, "mail_waits": waits, "mailed": mailed(person)}


def moved(request: BoardRequest, person: Seat) -> dict[str, Any] | None:
    """What moved to whom when they left, as the trail has it: of the actions and questions, those that one may see."""
    line = leaving.what_moved(person)
    if line is None:
        return None
    names = dict(Seat.objects.visible_to(request.seat).values_list("pk", "name"))
    numbers: dict[str, int] = line.detail["actions"]
    chairs: dict[str, int | None] = line.detail["chairs"]
    actions = Action.objects.visible_to(request.seat).filter(number__in=numbers).order_by("number")
    asked: dict[str, int] = line.detail.get("asked", {})
    subgroups = Subgroup.objects.visible_to(request.seat).filter(pk__in=chairs)
    questions = Challenge.objects.visible_to(request.seat).filter(pk__in=asked)
    return {
        "actions": [(one, names.get(numbers[str(one.number)], "")) for one in actions],
        "chairs": [(one, names.get(chairs[str(one.pk)] or 0, "")) for one in subgroups],
        "questions": [(one, names.get(asked[str(one.pk)], "")) for one in questions],
        "restricted": len(numbers) - len(actions) + len(asked) - len(questions),
    }


# -- the manager's --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: BoardRequest, board: str) -> HttpResponse:
    access.check(request.seat, "keep_people")
    kind = SeveralForm if request.GET.get("several") else InviteForm
    form = kind(posted(request), by=request.seat)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["lines"] if isinstance(form, SeveralForm) else [form.person]
        try:
            seats = people.invite(wanted, by=request.seat, today=request.seat.board.today)
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            return invited(request, seats)
    context = {
        "form": form,
        "several": kind is SeveralForm,
        "post_off": is_post_off(request.seat),
        "mailed": mailed(request.seat),
        "lasts": invitation.LASTS.days,
    }
    return render(request, "frontend/people/invite.html", context, status=422 if form.errors else 200)


def is_post_off(seat: Seat) -> bool:
    return not Policy.objects.filter(board=seat.board_id, post_on=True).exists()


def mailed(seat: Seat) -> str:
    """When a mail goes out that is asked for now."""
    now, division = timezone.now(), seat.board.division
    if is_open(now, division):
        return "The mail goes out within minutes."
    at = next_round(now, division)
    return (
        f"The mail goes out on {at:%A %-d %B} at {at:%-H:%M}: people are written to from 7:00 to 18:00 on "
        "working days."
    )


def invited(request: BoardRequest, seats: list[Seat]) -> HttpResponse:
    who = seats[0].name if len(seats) == 1 else f"{len(seats)} people"
    if is_post_off(request.seat):
        when = "This board’s post is off: the mail goes out once you turn it on, under Messages."
    else:
        when = mailed(request.seat)
    messages.success(request, f"{who} {'is' if len(seats) == 1 else 'are'} invited. {when}")
    if len(seats) == 1:
        return redirect("person", request.seat.board.slug, seats[0].pk)
    return redirect("people", request.seat.board.slug)


@require_POST
def invite_again(request: BoardRequest, board: str, number: int) -> HttpResponse:
    person = find(request, number)
    access.check(request.seat, "keep_people", person)
    form = AgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["email"][0]))
        return redirect("person", board, number)
    again = mail_of(person)["mail_made"]
    try:
        people.invite_again(
            person, by=request.seat, today=request.seat.board.today, email=form.cleaned_data["email"]
        )
        when = "" if is_post_off(request.seat) else f" {mailed(request.seat)}"
        done = "is invited again. Every older link has ended." if again else "is invited at this address."
        messages.success(request, f"{person.name} {done}{when}")
    except (Invalid, Changed) as refusal:
        messages.error(request, refusal.message)
    return redirect("person", board, number)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: BoardRequest, board: str, number: int) -> HttpResponse:
    person = find(request, number)
    access.check(request.seat, "keep_people", person)
    if person.left_on:
        return gone(request, person)
    stands = PersonForm.stands_now(person, people.latest(person))
    if request.method != "POST":
        return asked(request, "change", person, PersonForm(initial=stands, by=request.seat))
    form = PersonForm(request.POST, by=request.seat)
    if not form.is_valid():
        return asked(request, "change", person, form, 422)
    try:
        people.change(
            person,
            form.person,
            by=request.seat,
            seen=form.cleaned_data["seen"],
            today=request.seat.board.today,
        )
    except Invalid as refusal:
        return asked(request, "change", person, refuse(form, refusal), 422)
    except Changed as refusal:
        given = request.POST.copy()
        given["seen"] = str(stands["seen"])  # sent again, it is meant
        again = PersonForm(given, by=request.seat)
        return asked(request, "change", person, refuse(again, refusal), 409, now=roll.said_roles(person))
    messages.success(request, f"{form.person.name}: saved.")
    return redirect("person", board, number)


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: BoardRequest, board: str, number: int) -> HttpResponse:
    person = find(request, number)
    access.check(request.seat, "keep_people", person)
    if person.left_on:
        return gone(request, person)
    if request.method != "POST":
        form = AwayForm(initial={"away_from": person.away_from, "away_until": person.away_until})
        return asked(request, "away", person, form)
    form = AwayForm(request.POST)
    if not form.is_valid():
        return asked(request, "away", person, form, 422)
    since, until = form.cleaned_data["away_from"], form.cleaned_data["away_until"]
    back = "is here again" if person.away_until else "is not away"
    try:
        people.away(person, since=since, until=until, by=request.seat, today=request.seat.board.today)
    except (Invalid, Changed) as refusal:
        return asked(request, "away", person, refuse(form, refusal), 422)
    said = f"is away until {until:%-d %B %Y}" if until else back
    messages.success(request, f"{person.name} {said}.")
    return redirect("person", board, number)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: BoardRequest, board: str, number: int) -> HttpResponse:
    """First what would move to whom; then at once, or on a day that is set ahead."""
    person, today = find(request, number), request.seat.board.today
    access.check(request.seat, "keep_people", person)
    if person.left_on:
        return gone(request, person)
    if request.method != "POST":
        return asked(
            request,
            "leave",
            person,
            LeaveForm(initial={"on": person.leaves_on or today}),
            **preview(person, today),
        )
    if "stay" in request.POST:
        return stays(request, person)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return asked(request, "leave", person, form, 422, **preview(person, today))
    on = form.cleaned_data["on"]
    try:
        if on > today:
            leaving.leave_ahead(person, on=on, by=request.seat, today=today)
            messages.success(
                request, f"{person.name} leaves after {on:%-d %B %Y}. What waits for them moves then."
            )
        else:
            leaving.leave(person, by=request.seat, today=today, on=on)
            messages.success(request, f"{person.name} has left the board. Below is what moved to whom.")
    except (Invalid, Changed) as refusal:
        return asked(request, "leave", person, refuse(form, refusal), 422, **preview(person, today))
    return redirect("person", board, number)


def gone(request: BoardRequest, person: Seat) -> HttpResponse:
    """Also for the second of two clicks."""
    messages.info(request, f"{person.name} has left the board. To bring them back, invite them again.")
    return redirect("person", request.seat.board.slug, person.pk)


def stays(request: BoardRequest, person: Seat) -> HttpResponse:
    try:
        leaving.leave_ahead(person, on=None, by=request.seat, today=request.seat.board.today)
        messages.success(request, f"{person.name} stays.")
    except Changed as refusal:
        messages.error(request, refusal.message)
    return redirect("person", request.seat.board.slug, person.pk)


def preview(person: Seat, today: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = {"handover": leaving.handover(person, today=today)}
    except Invalid as refusal:
        found = {"nobody": refusal.message}
    others = Seat.objects.active().filter(agency=person.agency_id, is_lead=True).exclude(pk=person.pk)
    return found | {"no_lead": person.is_lead and not others.exists()}


def asked(
    request: BoardRequest, step: str, person: Seat, form: Any, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"person": person, "form": form, "today": request.seat.board.today} | more
    return render(request, f"frontend/people/{step}.html", context, status=status)


def refuse(form: Any, refusal: Invalid | Changed) -> Any:
    """The verb's own words, at the field that they are about."""
    form.is_valid()  # so that it can take an error
    refused(form, refusal)
    return form
