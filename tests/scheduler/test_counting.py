"""Messages are counted when they enter a state, whichever way they came into the outbox."""

from bot import metrics
from bot.domain.deliveries import REFLECTION
from bot.sandbox.people import Person
from tests import pairs
from tests.flows.reflections.pair import habit
from tests.scheduler.conftest import NOTE, tell
from tests.world import World


def _pending(kind: str) -> float:
    value = metrics.REGISTRY.get_sample_value(
        "bimbing_deliveries_total", {"kind": kind, "state": "pending"}
    )
    return value or 0.0


def test_a_message_that_was_told_counts_once(world: World, bima: Person) -> None:
    before = _pending(NOTE.name)
    tell(world, NOTE, bima, "hello")
    tell(world, NOTE, bima, "hello")
    assert _pending(NOTE.name) == before + 1


def test_a_habits_message_counts_once_however_often_it_is_planned(
    world: World, bima: Person
) -> None:
    sari = world.add_person("sari", "Sari", tz="Europe/Berlin")
    match = pairs.pair(world, sari, bima)
    habit(world, match, bima, weekday=1)
    before = _pending(REFLECTION.name)
    world.bot.beats.plan()
    assert _pending(REFLECTION.name) == before + 1
    world.bot.beats.plan()
    assert _pending(REFLECTION.name) == before + 1
