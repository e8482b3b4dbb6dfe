"""Leave is dates, both ends included."""

from datetime import date

import pytest

from bot.domain.cadence import Leave


@pytest.mark.parametrize(
    ("day", "away"), [(11, False), (12, True), (16, True), (20, True), (21, False)]
)
def test_covers_both_ends(day: int, away: bool) -> None:
    assert Leave(date(2026, 5, 12), date(2026, 5, 20)).covers(date(2026, 5, day)) is away


def test_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="on or after"):
        Leave(date(2026, 5, 12), date(2026, 5, 11))
