"""A life that was lived, for a test to be hostile to."""

from dataclasses import dataclass

import pytest

from tests.cast import Cast
from tests.flows.hostile.life import Life
from tests.flows.hostile.recorder import Recorder
from tests.world import World


@dataclass(frozen=True)
class Lived:
    world: World
    life: Life
    seen: Recorder


@pytest.fixture
def cast(world: World) -> Cast:
    """A pair that has begun, all of them reading English."""
    made = Cast(world)
    made.all_speak()
    made.join()
    made.begin()
    return made


@pytest.fixture
def lived(world: World) -> Lived:
    """A whole life, with all that was shown in it."""
    life, seen = Life(world), Recorder(world)
    life.live()
    world.sandbox.after_action.remove(seen.look)
    return Lived(world, life, seen)
