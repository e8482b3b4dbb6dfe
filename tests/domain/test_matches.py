import pytest

from bot.domain.cadence import Every
from bot.domain.matches import PairRhythm, checked_rhythm
from bot.domain.refusals import InvalidField


def test_a_rhythm_as_picked() -> None:
    assert checked_rhythm("week", "4", "2") == PairRhythm(Every.WEEK, 4)
    assert checked_rhythm("two_weeks", "0", None) == PairRhythm(Every.TWO_WEEKS, 0)
    assert checked_rhythm("month", "6", "-1") == PairRhythm(Every.MONTH, 6, -1)
    assert checked_rhythm("program", None, None) is None


@pytest.mark.parametrize(
    ("every", "weekday", "nth", "input"),
    [
        (None, "4", "1", "every"),
        ("daily", "4", "1", "every"),
        ("week", "7", "1", "weekday"),
        ("week", "", "1", "weekday"),
        ("week", None, "1", "weekday"),
        ("month", "4", "5", "nth"),
        ("month", "4", None, "nth"),
    ],
)
def test_what_no_form_offers_is_refused_at_its_input(
    every: str | None, weekday: str | None, nth: str | None, input: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        checked_rhythm(every, weekday, nth)
    assert refused.value.input == input
