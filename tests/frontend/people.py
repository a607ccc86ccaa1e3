"""Where people stand, what is typed of one, and one who is invited."""

from typing import Any

from actions import people
from actions.models import Seat
from actions.people import Person
from tests.factories import TODAY, World

LIST = "/wessex/people/"


def invited(w: World, name: str = "Nia New", **changes: Any) -> Seat:
    email = f"{name.split()[0].lower()}@wessex.example"
    return people.invite([Person(name, email, **changes)], by=w.mo, today=TODAY)[0]


def sent(**changes: Any) -> dict[str, Any]:
    return {"name": "Nia New", "email": "nia@wessex.example", "job": "", "agency": "", "seen": 0} | changes
