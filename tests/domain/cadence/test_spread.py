"""Each reader's own place after the minute."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import SPREAD, Hours, is_open, offset_of, put_off, window_end
from tests.domain.cadence.strategies import hours, near_a_change, person, repeatable

offsets = st.integers(0, 599).map(lambda seconds: timedelta(seconds=seconds))


def test_ten_thousand_readers_are_spread_evenly() -> None:
    offsets = [offset_of(f"U{n:010X}") for n in range(10_000)]
    assert all(timedelta(0) <= offset < SPREAD for offset in offsets)
    minutes = Counter(offset // timedelta(minutes=1) for offset in offsets)
    assert sorted(minutes) == list(range(10))
    assert max(minutes.values()) < 1_150
    assert max(Counter(offsets).values()) < 40  # in one second


def test_a_reader_has_the_same_place_everywhere() -> None:
    assert offset_of("U0123ABCD") == timedelta(seconds=589)


@repeatable
@given(near_a_change(), hours, offsets)
def test_nobody_is_put_off_out_of_their_hours(
    moment: tuple[str, datetime], week: Hours, by: timedelta
) -> None:
    tz, due = moment
    who = person(tz, week)
    later = put_off(who, due, by)
    assert due <= later <= due + by
    assert not is_open(who, due) or is_open(who, later)
    if later < due + by:  # held back, but no more than the hours ask for
        end = window_end(who, due)
        assert end is not None
        assert later == due or later == end - timedelta(minutes=1)
