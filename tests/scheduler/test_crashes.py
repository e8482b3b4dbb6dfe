"""A crash at every step of delivery ends in exactly one message."""

from datetime import timedelta

import pytest

from bot.sandbox.people import Person
from tests.scheduler.conftest import NOTE, NOW, posts, states, tell
from tests.world import Crash, World

STEPS = ("before_claim", "claimed", "posting", "accepted", "settled")


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_loses_and_doubles_nothing(world: World, bima: Person, step: str) -> None:
    tell(world, NOTE, bima, "hello")
    world.crash_at = lambda passed: passed == step
    with pytest.raises(Crash):
        world.settle()
    world.crash_at = lambda _: False
    world.restart()
    world.advance(timedelta(hours=1))
    assert posts(world, "hello") == 1
    assert set(states(world).values()) == {"sent"}


def test_a_crash_after_each_restart_still_ends_in_one_message(world: World, bima: Person) -> None:
    tell(world, NOTE, bima, "hello")
    for step in STEPS[:-1]:
        crash_on_the_way(world, step)
        world.restart()
    world.advance(timedelta(hours=3))
    assert posts(world, "hello") == 1


def test_two_messages_to_one_person_keep_their_order(world: World, bima: Person) -> None:
    tell(world, NOW, bima, "first")
    tell(world, NOW, bima, "second")
    world.settle()
    texts = [r.text for r in world.sandbox.journal if r.kind == "post"]
    assert [t.split("|")[1] for t in texts] == ["first", "second"]


def crash_on_the_way(world: World, step: str) -> None:
    """Move on until the bot crashes at `step`."""
    world.crash_at = lambda passed: passed == step
    with pytest.raises(Crash):
        world.advance(timedelta(hours=2))
    world.crash_at = lambda _: False
