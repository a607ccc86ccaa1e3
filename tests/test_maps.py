"""Each part of the source says at its top what its modules are for, so that one can find the way from there."""

import re
from pathlib import Path

import pytest

from tests.settings import ROOT

WHAT_DJANGO_FINDS = {"apps", "management", "migrations", "static", "styles", "templates", "urls"}


@pytest.mark.one_database
@pytest.mark.parametrize("part", ["actions", "notifications", "frontend"])
def test_every_module_is_on_the_map(part: str) -> None:
    folder = Path(ROOT) / part
    there = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}

    told = set(re.findall(r"\w+", (folder / "__init__.py").read_text(encoding="utf-8")))

    assert {one for one in there if not one.startswith("_")} - WHAT_DJANGO_FINDS <= told
