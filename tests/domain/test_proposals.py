from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import Leave
from bot.domain.lifecycle import Role
from bot.domain.proposals import closes_at, first_is_mentor

T0 = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
BOTH = frozenset(Role)
MENTOR, MENTEE = frozenset({Role.MENTOR}), frozenset({Role.MENTEE})
NEITHER: frozenset[Role] = frozenset()


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (MENTOR, MENTEE, True),
        (MENTEE, MENTOR, False),
        (BOTH, BOTH, True),
        (MENTEE, BOTH, False),
        (BOTH, MENTOR, False),
        (NEITHER, MENTOR, False),
        (NEITHER, MENTEE, True),
        (NEITHER, NEITHER, True),
        (MENTOR, MENTOR, True),
    ],
)
def test_roles_are_guessed_from_where_people_are(
    first: frozenset[Role], second: frozenset[Role], expected: bool
) -> None:
    assert first_is_mentor(first, second) is expected


@pytest.mark.parametrize(
    ("leaves", "days"),
    [
        ([], 10),
        ([Leave(date(2026, 11, 1), date(2026, 11, 8))], 10),
        ([Leave(date(2026, 11, 12), date(2026, 11, 12))], 11),
        ([Leave(date(2026, 11, 1), date(2026, 11, 11))], 12),
        ([Leave(date(2026, 11, 19), date(2026, 11, 23))], 15),
        ([Leave(date(2026, 11, 20), date(2026, 11, 23))], 10),
        (
            [
                Leave(date(2026, 11, 10), date(2026, 11, 12)),
                Leave(date(2026, 11, 12), date(2026, 11, 13)),
            ],
            14,
        ),
    ],
)
def test_silence_counts_days_not_on_leave(leaves: list[Leave], days: int) -> None:
    assert closes_at(T0, "Asia/Jakarta", leaves) == T0 + timedelta(days=days)


def test_days_of_leave_are_those_of_the_persons_own_calendar() -> None:
    late = datetime(2026, 11, 9, 18, 0, tzinfo=UTC)  # the tenth in Jakarta
    leave = [Leave(date(2026, 11, 10), date(2026, 11, 10))]
    assert closes_at(late, "Asia/Jakarta", leave) == late + timedelta(days=10)
    assert closes_at(late, "Europe/Berlin", leave) == late + timedelta(days=11)
