"""Dates, times and zones as a reader of each language writes them.

Patterns are CLDR's (unicode.org/reports/tr35/tr35-dates.html), names of days, months and cities are
Babel's. Nothing here knows a sentence or the present instant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import (
    format_date,
    format_datetime,
    get_day_names,
    get_month_names,
    get_timezone_location,
)

from bot.domain.cadence.hours import Span


@dataclass(frozen=True)
class Style:
    """The CLDR patterns of one language."""

    babel: str
    time: str
    when: str
    when_short: str
    day_time: str
    date: str
    weekday_date: str


ENGLISH = Style(
    babel="en_GB",
    time="HH:mm",
    when="EEE d MMM, HH:mm",
    when_short="EEE d MMM, HH:mm",
    day_time="EEE HH:mm",
    date="d MMMM y",
    weekday_date="EEEE d MMMM",
)
INDONESIAN = Style(
    babel="id",
    time="HH.mm",
    when="EEEE, d MMMM y 'pukul' HH.mm",
    when_short="EEE d MMM, HH.mm",
    day_time="EEEE HH.mm",
    date="d MMMM y",
    weekday_date="EEEE, d MMMM",
)

# Abbreviations that people living there use and that mean one thing only within that region. All
# others (IST is three zones, China and Chicago share CST) are told by the city.
_KNOWN_EVERYWHERE = {"UTC", "GMT"}
_KNOWN_ABBREVIATIONS = {
    "Africa": {"CAT", "CET", "EAT", "EET", "EEST", "GMT", "SAST", "WAT"},
    "America": {"AKST", "AST", "CST", "EST", "MST", "NST", "PST"}
    | {"AKDT", "ADT", "CDT", "EDT", "MDT", "NDT", "PDT"},
    "Asia": {"HKT", "JST", "KST", "WIB", "WIT", "WITA"},
    "Atlantic": {"GMT", "WEST", "WET"},
    "Australia": {"ACDT", "ACST", "AEDT", "AEST", "AWST"},
    "Europe": {"BST", "CEST", "CET", "EEST", "EET", "GMT", "MSK", "WEST", "WET"},
    "Pacific": {"HST", "NZDT", "NZST"},
}


def pattern(value: date | datetime, cldr: str, style: Style) -> str:
    """`value` by a CLDR pattern; an instant must already be in the reader's zone."""
    if isinstance(value, datetime):
        return format_datetime(value, cldr, locale=style.babel)
    return format_date(value, cldr, locale=style.babel)


def clock(value: datetime | time, style: Style) -> str:
    """Hours and minutes of the day, 24-hour, by the language's separator."""
    return value.strftime("%H:%M").replace(":", style.time[2])


def abbreviation(local: datetime) -> str | None:
    """The zone's abbreviation at `local`, if people know it and it means only this zone."""
    zone = local.tzinfo.key if isinstance(local.tzinfo, ZoneInfo) else ""
    area, name = zone.split("/")[0], local.tzname() or ""
    if (
        area == "Etc" and name[:1] in "+-"
    ):  # "Etc/GMT+5" is five hours behind: name it by what it is
        return f"UTC{name}"
    known = _KNOWN_EVERYWHERE | _KNOWN_ABBREVIATIONS.get(area, set())
    return name if name in known else None


def city(local: datetime, style: Style) -> str:
    """The city the zone of `local` is named after, in the language of `style`."""
    name = get_timezone_location(local.tzinfo, locale=style.babel, return_city=True)
    return name.split("/")[-1]


def month_name(month: int, style: Style) -> str:
    """The name of month 1–12, standing alone."""
    return str(get_month_names("wide", "stand-alone", style.babel)[month])


def weekday_name(weekday: int, style: Style) -> str:
    """The name of weekday 0 (Monday) – 6, standing alone."""
    return str(get_day_names("wide", "stand-alone", style.babel)[weekday])


def weekday_short(weekday: int, style: Style) -> str:
    """The abbreviated name of weekday 0 (Monday) – 6, standing alone."""
    return str(get_day_names("abbreviated", "stand-alone", style.babel)[weekday])


def week_runs(week: Sequence[Sequence[Span]]) -> list[tuple[list[int], Sequence[Span]]]:
    """The open days of a week in runs with the same spans; a run may pass from Sunday to Monday."""
    runs: list[tuple[list[int], Sequence[Span]]] = []
    for day, spans in enumerate(week):
        if runs and list(runs[-1][1]) == list(spans):
            runs[-1][0].append(day)
        else:
            runs.append(([day], spans))
    if len(runs) > 1 and list(runs[0][1]) == list(runs[-1][1]):
        last, spans = runs.pop()
        runs[0] = (last + runs[0][0], spans)
    return [run for run in runs if run[1]]


def span_text(span: Span, style: Style) -> str:
    """`09:00–17:00`; a span to the end of the day ends at 24:00."""
    end = f"24{style.time[2]}00" if span.end == time(0) else clock(span.end, style)
    return f"{clock(span.start, style)}–{end}"
