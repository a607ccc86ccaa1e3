"""A measure is as closed as what it measures, keeps it in use, and loses its words where they name an adult."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from actions import audit, boards, kept, measures, redaction
from actions.models import Commitment, Event, Measure, Reading, Source
from actions.refusals import Invalid
from tests.actions.measures.measuring import EARLIER, by, commitment, corrected, lines, measured
from tests.actions.test_redaction import SECRET, holding
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db


def test_it_is_as_closed_as_what_it_measures(w: World) -> None:
    s = source(w)
    kept_back = commitment(w, source=s)
    closed = action(w, commitments=(kept_back,), subgroup=None)
    for thing in (closed, kept_back, w.priority):
        made = measured(w, thing=thing, by=w.mo)
        measures.read(made, value=Decimal(50), on=EARLIER, **by(w, by=w.mo))
    Source.objects.filter(pk=s.pk).update(restricted=True, subgroup=w.subgroup)

    def sees(who: str) -> tuple[set[str], int]:
        seen = Measure.objects.visible_to(getattr(w, who))
        names = ("action", "commitment", "priority")
        found = {name for one in seen for name in names if getattr(one, f"{name}_id")}
        return found, Reading.objects.visible_to(getattr(w, who)).count()

    everything = ({"action", "commitment", "priority"}, 3)
    assert {who: sees(who) for who in ("mo", "ingrid", "bob", "carol", "alice", "dan")} == {
        "mo": everything,
        "ingrid": everything,
        "bob": everything,  # chairs the subgroup that watches over it
        "carol": everything,  # leads the agency asked
        "alice": everything,  # owns what answers it
        "dan": ({"priority"}, 1),
    }
    assert not Measure.objects.visible_to(world("mercia").mo).exists()


def test_of_what_is_no_commitment_any_more_nothing_is_shown(w: World) -> None:
    put_back = commitment(w)
    measured(w, thing=put_back, by=w.mo)

    Commitment.objects.update(taken_back=True)

    assert not Measure.objects.visible_to(w.mo).exists()


def test_a_priority_that_is_measured_is_in_use_and_stays(w: World) -> None:
    measured(w, thing=w.priority, by=w.mo)

    with pytest.raises(Invalid, match="in use: 1 measure"):
        boards.remove(w.priority, by=w.mo, today=TODAY, saw=kept.mark(w.priority))


def one_line(verb: str) -> Callable[[World, Measure], None]:
    def remove(w: World, measure: Measure) -> None:
        line = Event.objects.filter(verb=verb, board=w.board).latest("seq")
        redaction.line(line, by=w.mo, reason="Named the adult", today=TODAY)

    return remove


def itself(w: World, measure: Measure) -> None:
    redaction.measure(measure, by=w.mo, reason="Named the adult", today=TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["action", "commitment", "priority"])
@pytest.mark.parametrize(
    "remove",
    [
        itself,
        one_line("measure"),
        one_line("read_measure"),
        one_line("correct_measure"),
        one_line("correct_reading"),
    ],
)
def test_words_that_name_an_adult_go_wherever_they_stand_and_the_numbers_stay(
    w: World, what: str, remove: Callable[[World, Measure], None]
) -> None:
    thing = {"action": action, "commitment": commitment, "priority": lambda w: w.priority}[what](w)
    made = measured(w, thing=thing, by=w.mo, name=f"{SECRET} asked", unit=SECRET, source=f"File of {SECRET}")
    reading = measures.read(
        made, value=Decimal(60), on=EARLIER, source=f"Visit to {SECRET}", **by(w, by=w.mo)
    )
    corrected(w, made, by=w.mo, name="Adults asked", reason=f"{SECRET} is named")
    measures.correct_reading(
        reading,
        value=Decimal(61),
        on=EARLIER,
        source="Visit",
        **by(w, by=w.mo, reason=f"Not {SECRET}", saw=measures.mark(Measure.objects.get())),
    )

    remove(w, made)

    now, reading = Measure.objects.get(), Reading.objects.get()
    gone = "Removed by Mo Manager on 3 June 2026: Named the adult"
    assert (now.name, now.unit, now.source, reading.source) == (gone, "", gone, gone)
    assert (now.baseline, now.target, reading.value) == (Decimal(41), Decimal(90), Decimal(61))
    assert holding(SECRET) == []
    assert audit.verify(w.board) == []


def test_afterwards_it_gets_a_new_name_that_a_removed_reason_does_not_take_away(w: World) -> None:
    made = measured(w, name=SECRET)
    itself(w, made)
    now = corrected(w, Measure.objects.get(), name="Adults asked", source="Audit", unit="%")

    redaction.line(
        Event.objects.filter(verb="redact").latest("seq"), by=w.mo, reason="Said too much", today=TODAY
    )

    now.refresh_from_db()
    assert (now.name, now.unit, now.source) == ("Adults asked", "%", "Audit")


def test_the_words_of_another_measure_stay(w: World, asked: Measure) -> None:
    other = measured(w, thing=asked.action, name="Adults heard")

    itself(w, asked)

    other.refresh_from_db()
    assert (other.name, lines(other)[0][2]) == ("Adults heard", "Adults heard")
