"""Plays the stories of the example board: each step is the verb that it names, on its day, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from actions import impact, planning, progress
from actions.management.commands import _example_board as data
from actions.management.commands._example_steps import Step, Story
from actions.models import Action, Agency, Board, Commitment, Evidence, Priority, Seat, Subgroup


@dataclass
class Example:
    """The board as it grows: each thing under the short key that the data calls it by."""

    board: Board
    today: date
    agencies: dict[str, Agency] = field(default_factory=dict)
    subgroups: dict[str, Subgroup] = field(default_factory=dict)
    priorities: dict[int, Priority] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)

    def on(self, days: int) -> date:
        """So many days from today; a weekend becomes the Monday after it."""
        day = self.today + timedelta(days=days)
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

    @property
    def manager(self) -> Seat:
        return self.seats["manager"]


Happening = tuple[int, Callable[[], None]]  # the day, counted from today, and what happens on it


def play(example: Example, stories: Sequence[Story], arrivals: Sequence[Happening]) -> None:
    """Everything that happened, day by day, so that the trail reads in order."""
    planned: dict[Story, Action] = {}
    agreed = [one for one in stories if not one.raised_by]
    plans = [
        (day, partial(_plan, example, [one for one in agreed if one.planned == day], planned))
        for day in {one.planned for one in agreed}
    ]
    raised = [(one.planned, partial(_raise, example, one)) for one in stories if one.raised_by]
    steps = [
        (step.day, partial(_take, example, step, story, planned)) for story in stories for step in story.steps
    ]
    happenings: list[Happening] = [*arrivals, *plans, *raised, *steps]
    for _, happen in sorted(happenings, key=itemgetter(0)):
        happen()


def _plan(example: Example, stories: Sequence[Story], planned: dict[Story, Action]) -> None:
    wanted = [_wanted(example, story) for story in stories]
    made = planning.plan_many(wanted, by=example.manager, today=example.on(stories[0].planned))
    planned.update(zip(stories, made, strict=True))


def _raise(example: Example, story: Story) -> None:
    planning.raise_draft(
        story.title,
        detail=story.detail,
        owner=example.seats[story.owner],
        subgroup=example.subgroups.get(story.subgroup),
        priority=example.priorities.get(story.priority or 0),
        commitments=[example.commitments[key] for key in story.answers],
        by=example.seats[story.raised_by],
        today=example.on(story.planned),
    )


def _wanted(example: Example, story: Story) -> planning.Wanted:
    def day(offset: int | None) -> date | None:
        return None if offset is None else example.on(offset)

    return planning.Wanted(
        title=story.title,
        owner=example.seats[story.owner],
        due_on=day(story.due),
        look_again_on=day(story.look_again),
        start_on=day(story.start),
        subgroup=example.subgroups.get(story.subgroup),
        priority=example.priorities.get(story.priority or 0),
        commitments=tuple(example.commitments[key] for key in story.answers),
    )


def _take(example: Example, step: Step, story: Story, planned: dict[Story, Action]) -> None:
    action = Action.objects.get(pk=planned[story].pk)
    VERBS[step.verb](example, step, action, {"version": action.version, "today": example.on(step.day)})


def _by_owner(verb: Callable[..., Any]) -> Callable[..., None]:
    def take(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
        verb(action, by=example.seats.get(step.who) or action.owner, **step.given, **now)

    return take


def _finish(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    progress.finish(action, by=_owner(action), done_on=now["today"], **step.given, **now)


def _sign_off(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    review = step.given["review"]
    progress.sign_off(
        action,
        by=_chair(example, action),
        relied_on=list(Evidence.objects.filter(action=action).select_related("action")),
        words=step.given["words"],
        review_on=None if review is None else example.on(step.day + review),
        step_only=review is None,
        **now,
    )


def _send_back(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    due_on = example.on(step.given["to"])
    progress.send_back(action, by=_chair(example, action), reason=step.given["reason"], due_on=due_on, **now)


def _review_impact(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    reopen = step.given["reopen"]
    found = impact.Found(
        step.given["verdict"],
        words=step.given["words"],
        sentence=step.given["sentence"],
        reopen_until=None if reopen is None else example.on(reopen),
        relied_on=list(Evidence.objects.filter(action=action, shows="impact").select_related("action")),
    )
    impact.review({action: now["version"]}, found, by=_chair(example, action), today=now["today"])


def _reschedule(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    due_on = example.on(step.given["to"])
    progress.reschedule(action, by=_chair(example, action), reason=step.given["reason"], due_on=due_on, **now)


def _reassign(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    to = example.seats[step.given["to"]]
    planning.reassign(action, to=to, by=example.manager, reason=step.given["reason"], **now)


DAYS = ("due_on", "look_again_on")  # told as so many days from today


def _by_chair(verb: Callable[..., Any]) -> Callable[..., None]:
    def take(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
        verb(action, by=_chair(example, action), **_dated(example, step), **now)

    return take


def _asked_by_owner(verb: Callable[..., Any]) -> Callable[..., None]:
    def take(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
        verb(action, by=_owner(action), **_dated(example, step), **now)

    return take


def _dated(example: Example, step: Step) -> dict[str, Any]:
    return {name: example.on(value) if name in DAYS else value for name, value in step.given.items()}


def _withdraw(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    given = dict(step.given)
    of = given.pop("of")
    stays = Action.objects.get(board=example.board, title=of) if of else None
    progress.withdraw(action, by=example.manager, duplicate_of=stays, **given, **now)


def _restore(example: Example, step: Step, action: Action, now: dict[str, Any]) -> None:
    progress.restore(action, by=example.manager, **step.given, **now)


VERBS: dict[str, Callable[..., None]] = {
    "start": _by_owner(progress.start),
    "update": _by_owner(progress.update),
    "attach": _by_owner(progress.attach),
    "finish": _finish,
    "sign_off": _sign_off,
    "send_back": _send_back,
    "review_impact": _review_impact,
    "reschedule": _reschedule,
    "reassign": _reassign,
    "ask_for_time": _asked_by_owner(progress.ask_for_time),
    "confirm": _asked_by_owner(progress.confirm),
    "grant": _by_chair(progress.grant),
    "refuse": _by_chair(progress.refuse),
    "hold": _by_chair(progress.hold),
    "reopen": _by_chair(progress.reopen),
    "withdraw": _withdraw,
    "restore": _restore,
}


def _owner(action: Action) -> Seat:
    assert action.owner is not None
    return action.owner


def _chair(example: Example, action: Action) -> Seat:
    chairs = {person.chairs: example.seats[key] for key, person in data.PEOPLE.items() if person.chairs}
    names = {group.pk: key for key, group in example.subgroups.items()}
    chair = chairs.get(names.get(action.subgroup_id or 0, ""))
    return chair if chair and chair != action.owner else example.seats["independent"]
