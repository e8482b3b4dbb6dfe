"""How often something returns, in words that fit into a sentence."""

from bot.domain.cadence import Every
from bot.i18n import N_, Reader

_PLACES = {
    1: N_("on the first {weekday} of the month"),
    2: N_("on the second {weekday} of the month"),
    3: N_("on the third {weekday} of the month"),
    4: N_("on the fourth {weekday} of the month"),
    -1: N_("on the last {weekday} of the month"),
}


def said(t: Reader, every: Every, weekday: int, nth: int | None) -> str:
    """`every second Friday`. A month without a place is said as such."""
    day = t.weekday(weekday)
    if every is Every.WEEK:
        return t.plain("every {weekday}", weekday=day)
    if every is Every.TWO_WEEKS:
        return t.plain("every second {weekday}", weekday=day)
    if nth is None:
        return t.plain("once a month, on a {weekday}", weekday=day)
    return t.plain(_PLACES[nth], weekday=day)


def place_name(t: Reader, nth: int) -> str:
    """Which of a month's five, for a form."""
    return t.plain(_PLACE_NAMES[nth])


_PLACE_NAMES = {
    1: N_("first"),
    2: N_("second"),
    3: N_("third"),
    4: N_("fourth"),
    -1: N_("last"),
}
