"""One of several processes that write through the verbs at once: `python -m tests.concurrency.writer A-1 100`.

Prints one JSON: how many were written, how many were refused as "locked", and how long the slowest took.
"""

import json
import sys
import time

import django

django.setup()

from django.db import OperationalError  # noqa: E402 - Django comes first

from actions import progress  # noqa: E402
from actions.models import Action  # noqa: E402
from tests.factories import TODAY  # noqa: E402


def main(reference: str, writes: int) -> None:
    action = Action.objects.select_related("board", "owner").get(number=int(reference.removeprefix("A-")))
    locked, slowest = 0, 0.0
    for n in range(writes):
        began = time.monotonic()
        try:
            progress.update(
                action,
                confidence="on_track",
                words=f"{reference}, week {n}",
                by=action.owner,
                version=action.version,
                today=TODAY,
            )
        except OperationalError as error:
            locked += 1
            print(error, file=sys.stderr)
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"written": writes - locked, "locked": locked, "slowest": slowest}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
