"""What a flow may ask for."""

from collections.abc import Iterator

import pytest

from tests.world import World


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A world at T0, on each database: no people yet but the app."""
    made = World(database_url)
    yield made
    made.close()
