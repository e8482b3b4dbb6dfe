"""What hypothesis draws: zones near their clock changes, habits, hours, people."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.cadence import Availability, Every, Hours, Rhythm, Span
from tests.domain.cadence.clocks import ALL_ZONES, clock_changes

# The same examples on every machine, and no verdict that depends on its load.
repeatable = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)

_CHANGING = [tz for tz in ALL_ZONES if clock_changes(tz, 2026)]
zones = st.sampled_from(ALL_ZONES)


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and an instant (UTC, to the minute) within two days of its clock change."""
    tz = draw(st.sampled_from(_CHANGING))
    change = draw(st.sampled_from(clock_changes(tz, draw(st.integers(2024, 2030))) or (_SOME_DAY,)))
    return tz, change + timedelta(minutes=draw(st.integers(-2880, 2880)))


_SOME_DAY = clock_changes("Europe/Berlin", 2026)[0]

minutes = st.integers(0, 24 * 60 - 1)
wall_times = minutes.map(lambda m: time(m // 60, m % 60))
rhythms = st.one_of(
    st.builds(
        Rhythm,
        every=st.sampled_from([Every.WEEK, Every.TWO_WEEKS]),
        weekday=st.integers(0, 6),
        local_time=wall_times,
        anchor=st.dates(date(2010, 1, 1), date(2030, 1, 1)),
    ),
    st.builds(
        Rhythm,
        every=st.just(Every.MONTH),
        weekday=st.integers(0, 6),
        local_time=wall_times,
        anchor=st.dates(date(2010, 1, 1), date(2030, 1, 1)),
        nth=st.sampled_from([None, -1, 1, 2, 3, 4]),
    ),
)


def _span(ends: tuple[int, int]) -> Span:
    start, end = sorted(ends)
    return Span(time(start // 60, start % 60), time((end + 1) // 60 % 24, (end + 1) % 60))


spans = st.tuples(minutes, minutes).map(_span)
hours = st.lists(st.lists(spans, max_size=3).map(tuple), min_size=7, max_size=7).map(
    lambda week: Hours(tuple(week))
)


def person(tz: str, week: Hours, off: set[date] | None = None) -> Availability:
    """Somebody with these hours, away on the dates `off`."""
    return Availability(tz, week, lambda day: day in (off or set()))
