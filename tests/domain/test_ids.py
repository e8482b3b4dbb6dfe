"""Ids."""

import uuid
from datetime import UTC, datetime, timedelta

from bot.domain.ids import new_id

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7_that_tells_its_time() -> None:
    made = uuid.UUID(new_id(NOW))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


def test_ids_of_one_instant_are_distinct_and_keep_their_order() -> None:
    made = [new_id(NOW) for _ in range(10_000)]
    assert made == sorted(set(made))


def test_a_later_id_sorts_behind() -> None:
    assert new_id(NOW) < new_id(NOW + timedelta(milliseconds=100))
