"""The diagram of an action's life: as it is printed, and every arrow of it a way that the verbs go."""

from pathlib import Path

import pytest
from django.core.management import call_command

from actions.management.commands.lifecycle import arrows
from actions.models import Status
from actions.trail import FROM, TO

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_holds_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("lifecycle")

    printed = capsys.readouterr().out
    introduction, page = (DOCS / "lifecycle.md").read_text().split("```mermaid", 1)
    assert "```mermaid" + page == printed
    assert introduction.startswith("# The life of an action\n")
    assert "(lifecycle.md)" in (DOCS / "README.md").read_text()


def test_from_every_status_there_is_a_way_on_and_to_every_status_one_in() -> None:
    before, after = zip(*arrows(), strict=True)

    assert set(before) == {"[*]", *Status.values}
    assert set(after) == set(Status.values)


def test_what_moves_comes_from_somewhere_but_for_what_is_made() -> None:
    assert set(TO) - set(FROM) == {"raise"}
