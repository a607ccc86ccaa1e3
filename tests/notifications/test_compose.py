"""What a mail says, and what it never says."""

from datetime import date
from typing import Any

from actions.models import Commitment, Source
from notifications import post
from notifications.models import Policy
from tests.factories import TODAY, World, source
from tests.notifications.conftest import Sink
from tests.notifications.moments import NOW
from tests.notifications.test_deliver import queued, send
from tests.notifications.test_outbox import planned

SECRET = "Brief every custody sergeant"

EXPECTED = """\
Dear Alice Owner,

The action tracker of Wessex Safeguarding Adults Board reminds you of these actions.

Overdue

* A-1, due 1 May 2026
  https://tracker.example/wessex/actions/A-1/

Due today

* A-3, due 3 June 2026 (new to you)
  https://tracker.example/wessex/actions/A-3/

Due soon

* A-2, due 10 June 2026
  https://tracker.example/wessex/actions/A-2/

Open an action to say where it stands, to attach evidence or to finish it. You will be asked to sign in.
All that is yours: https://tracker.example/wessex/

You get this because you own these actions, or something was written down in your name. It went to you alone.
Nobody reads replies to this address: write to your board's office instead.
"""


def test_a_mail_carries_reference_date_and_link_each_action_once(w: World, sink: Sink, settings: Any) -> None:
    settings.SITE_URL = "https://tracker.example"
    planned(w, due_on=date(2026, 5, 1))
    planned(w, due_on=date(2026, 6, 10))
    queued(w, at=NOW.replace(hour=8))

    send()

    (mail,) = sink.got
    assert sink.texts == [EXPECTED]
    assert (
        mail["Subject"] == "Wessex Safeguarding Adults Board: 3 actions: 1 overdue, 1 due today, 1 due soon"
    )
    assert (mail["Reply-To"], mail["Auto-Submitted"], mail.get_content_type()) == (
        None,
        "auto-generated",
        "text/plain",
    )
    assert mail["Date"] == "Wed, 03 Jun 2026 09:00:00 +0100"


def test_the_words_of_an_action_stay_out_unless_the_board_allows_titles(w: World, sink: Sink) -> None:
    queued(w)
    send()
    assert SECRET not in sink.got[0].as_string()

    post.set_policy(w.board, titles_in_mail=True, resend_in_doubt=False, by=w.mo, today=TODAY)
    queued(w)
    send()
    assert f"* A-2: {SECRET}, due 3 June 2026\n" in sink.texts[1]
    assert SECRET not in sink.got[1]["Subject"]


def test_the_words_of_a_restricted_source_stay_out_even_then(w: World, sink: Sink) -> None:
    Policy.objects.update(titles_in_mail=True)
    closed = source(w)
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    kept = Commitment.objects.create(
        board=w.board, number=1, source=closed, kind="recommendation", words="Brief them"
    )
    queued(w, commitments=(kept,))

    send()

    assert "* A-1, due 3 June 2026\n" in sink.texts[0]
    assert SECRET not in sink.got[0].as_string()


def test_a_name_with_line_breaks_and_encodings_makes_no_header(w: World, sink: Sink) -> None:
    w.board.name = "Wessex\r\nBcc: everyone@example.org\r\n=?utf-8?q?x?= " + "very " * 30
    w.board.save()
    queued(w)

    send()

    (mail,) = sink.got
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Wessex Bcc: everyone@example.org = ?utf-8?q?x?= very")
    assert len(mail["Subject"]) <= 200
    assert "\n" not in mail["Subject"]


def test_a_continuing_action_says_when_to_look_again(w: World, sink: Sink) -> None:
    queued(w, at=NOW.replace(hour=8), due_on=None, look_again_on=date(2026, 9, 1))

    send()

    assert "New to you\n\n* A-1, to look at again on 1 September 2026\n" in sink.texts[0]
