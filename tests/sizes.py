"""With how many of something a promise is kept: each run tries some, `make promises` as many as the promise says."""

import os

WHOLE = os.environ.get("PROMISES") == "1"


def tried(promised: int, *, each_run: int) -> int:
    return promised if WHOLE else each_run
