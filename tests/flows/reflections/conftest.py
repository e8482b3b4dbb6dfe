"""Bima (Jakarta) and his mentor Sari (Berlin), who are asked every Friday at 16:00."""

import pytest

from bot.sandbox.people import Person
from tests.flows.reflections.pair import habit, speaks
from tests.pairs import pair
from tests.world import World


@pytest.fixture
def bima(world: World) -> Person:
    return world.add_person("bima", "Bima", tz="Asia/Jakarta")


@pytest.fixture
def sari(world: World) -> Person:
    return world.add_person("sari", "Sari", tz="Europe/Berlin")


@pytest.fixture
def match(world: World, bima: Person, sari: Person) -> str:
    """Their match; Bima is asked on Fridays, Sari is not."""
    found = pair(world, sari, bima)
    for person in (bima, sari):
        speaks(world, person, "en")
    habit(world, found, bima)
    return found
