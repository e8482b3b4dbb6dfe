"""A mentor in Berlin and a mentee in Jakarta."""

import pytest

from bot.sandbox.people import Person
from tests.flows.sessions.acts import member
from tests.pairs import pair
from tests.world import World


@pytest.fixture
def sari(world: World) -> Person:
    """The mentor, in Berlin."""
    return member(world, "sari", "Europe/Berlin")


@pytest.fixture
def bima(world: World) -> Person:
    """The mentee, in Jakarta."""
    return member(world, "bima", "Asia/Jakarta")


@pytest.fixture
def match_id(world: World, sari: Person, bima: Person) -> str:
    """Their mentoring."""
    return pair(world, sari, bima)
