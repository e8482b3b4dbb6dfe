"""One prompt a day, three in seven days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import next_allowed_date
from tests.domain.cadence.strategies import repeatable

TODAY = date(2026, 5, 12)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ([], 0),
        ([0], 1),
        ([-1, 0], 1),
        ([-6, -3, -1], 1),  # the fourth waits until the first is seven days old
        ([-7, -3, -1], 0),
        ([-2, -1, 0], 5),
        ([2, 4, 6], 9),  # what is planned counts as well
        ([1, 7, 8], 0),
        ([-1, 3, 5], 6),
    ],
)
def test_the_first_date_with_room(taken: list[int], free: int) -> None:
    assert next_allowed_date([day(n) for n in taken], TODAY) == day(free)


def test_caps_can_be_lowered_or_raised() -> None:
    assert next_allowed_date([day(-3)], TODAY, per_week=1) == day(4)
    assert next_allowed_date([TODAY], TODAY, per_day=2) == TODAY
    assert next_allowed_date([TODAY, TODAY], TODAY, per_day=2) == day(1)


@pytest.mark.parametrize(("per_day", "per_week"), [(0, 3), (1, 0)])
def test_a_cap_that_lets_nothing_through_is_refused(per_day: int, per_week: int) -> None:
    with pytest.raises(ValueError, match="start at 1"):
        next_allowed_date([], TODAY, per_day, per_week)


@repeatable
@given(st.integers(1, 2), st.integers(1, 4), st.lists(st.integers(0, 30), max_size=25))
def test_whatever_the_order_of_asking_no_seven_days_hold_too_many(
    per_day: int, per_week: int, wishes: list[int]
) -> None:
    slots: list[date] = []
    for wish in wishes:
        slots.append(next_allowed_date(slots, day(wish), per_day, per_week))
    for start in {*slots, *(slot - timedelta(days=6) for slot in slots)}:
        assert sum(start <= slot <= start + timedelta(days=6) for slot in slots) <= per_week
    assert all(slots.count(slot) <= per_day for slot in slots)
