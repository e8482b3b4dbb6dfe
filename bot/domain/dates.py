"""Dates as people type them, in English and Indonesian alike.

The words of both languages are always understood: people mix them, whatever they chose to read.
Day and month in figures, like 5/6, are read both ways, and the person is asked. No zones and no
clock: `today` is the person's own date and always an argument. Times of day are in `times`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

_MONTHS = (
    "jan january januari",
    "feb february februari pebruari",
    "mar march maret",
    "apr april",
    "may mei",
    "jun june juni",
    "jul july juli",
    "aug august agu agt agustus",
    "sep sept september",
    "oct october okt oktober",
    "nov november nopember",
    "dec december des desember",
)
_WEEKDAYS = (
    "mon monday sen senin",
    "tue tues tuesday sel selasa",
    "wed wednesday rab rabu",
    "thu thur thurs thursday kam kamis",
    "fri friday jum jumat jum'at",
    "sat saturday sab sabtu",
    "sun sunday min minggu ahad",
)
_MONTH = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAY = {name: n for n, names in enumerate(_WEEKDAYS) for name in names.split()}
_FROM_TODAY = {"today": 0, "hari ini": 0, "tomorrow": 1, "besok": 1, "lusa": 2}

_YEAR = re.compile(r"\b(20\d\d)\b")
_ISO = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ?([a-z]+)(?: (20\d\d))?")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (20\d\d))?")
_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](20\d\d))?")
_DAY_ALONE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?: 20\d\d)?")

_UNTIL = r"(?:to|until|till|through|sampai dengan|sampai|hingga|s/d|sd)"
_BEGINS_TODAY = re.compile(rf"{_UNTIL} ")
_BETWEEN = re.compile(rf" (?:{_UNTIL}|-) ")
_FROM = re.compile(r"(?:from|dari|mulai) ")

# Without a year, a range may cross New Year but not most of a year: that is a slip.
_HALF_YEAR = timedelta(days=183)
_ALMOST_A_YEAR = timedelta(days=365)


class BadDateReason(StrEnum):
    """Why a text is not a date or a range of dates."""

    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    OTHER_WEEKDAY = "other_weekday"
    ENDS_BEFORE_START = "ends_before_start"


@dataclass(frozen=True)
class BadDate:
    """A refusal: the text at fault, and why."""

    reason: BadDateReason
    text: str = field(repr=False)


@dataclass(frozen=True)
class DateRange:
    """From `first` to `last`, both included."""

    first: date
    last: date


T = TypeVar("T", date, DateRange)


@dataclass(frozen=True)
class Ambiguous(Generic[T]):
    """Two readings, to be offered to the person: `a` has the day first, `b` the month."""

    a: T
    b: T


def parse_date(text: str, today: date) -> date | Ambiguous[date] | BadDate:
    """The date meant by `text`, typed by somebody for whom it is `today`.

    ISO dates, `12 May`, `May 12`, `12 Mei 2027`, `25/6`; today, tomorrow, lusa; weekdays, which
    mean the next such day after today. A date without a year is never past: what was yesterday
    is next year's, what is today is today. A weekday named before a date must fit it.
    """
    return _both_ways(text, lambda words, order: _Reader(today, order).day(words, today))


def parse_range(text: str, today: date) -> DateRange | Ambiguous[DateRange] | BadDate:
    """The dates meant by `text`: `12 May - 20 May`, `12–20 Mei`, `besok sampai jumat`.

    `until 20 May` starts today; a date alone is a range of one day. Without years, a range under
    way is this year's and one that is over is next year's.
    """
    return _both_ways(text, lambda words, order: _Reader(today, order).range(words))


class _NotADate(Exception):
    def __init__(self, reason: BadDateReason) -> None:
        self.reason = reason


def _both_ways(text: str, read: Callable[[str, bool], T]) -> T | Ambiguous[T] | BadDate:
    readings: list[T] = []
    faults: list[BadDateReason] = []
    for day_first in (True, False):
        try:
            readings.append(read(_plain(text), day_first))
        except _NotADate as fault:
            faults.append(fault.reason)
    if not readings:
        return BadDate(faults[0], text)
    a, b = readings[0], readings[-1]
    return a if a == b else Ambiguous(a, b)


def _plain(text: str) -> str:
    """Small letters, single spaces, no commas; dashes between dates stand alone; full years."""
    text = re.sub(r"(?<=[a-z])\.", "", text.lower().replace("’", "'"))
    text = re.sub(r"[–—]", " - ", text.replace(",", " "))
    if text.count("-") == 1:  # not part of an ISO date
        text = text.replace("-", " - ")
    text = re.sub(r"([/.]\d{1,2}[/.])(\d\d)\b", r"\g<1>20\2", text)
    return " ".join(text.split())


@dataclass(frozen=True)
class _Reader:
    """Reads plain words for one day and one order of figures. Raises _NotADate.

    `floor`, where a method takes it, is the date before which nothing without a year may lie.
    """

    today: date
    day_first: bool

    def day(self, words: str, floor: date) -> date:
        if words in _FROM_TODAY:
            return self.today + timedelta(days=_FROM_TODAY[words])
        if words in _WEEKDAY:
            return _next_weekday(_WEEKDAY[words], max(self.today + timedelta(days=1), floor))
        name, _, rest = words.partition(" ")
        if name not in _WEEKDAY:
            return self._calendar_day(words, floor)
        day = self._calendar_day(rest, floor)
        if day.weekday() != _WEEKDAY[name]:
            raise _NotADate(BadDateReason.OTHER_WEEKDAY)
        return day

    def range(self, words: str) -> DateRange:
        words = _FROM.sub("", words, count=1)
        begins_today = _BEGINS_TODAY.match(words)
        if begins_today:
            words = f"today - {words[begins_today.end() :]}"
        match _BETWEEN.split(words):
            case [alone]:
                day = self.day(alone, self.today)
                return DateRange(day, day)
            case [start, end]:
                return self._between(*_month_for_both(start, end))
            case _:
                raise _NotADate(BadDateReason.UNREADABLE)

    def _calendar_day(self, words: str, floor: date) -> date:
        if found := _ISO.fullmatch(words):
            year, month, day = found.groups()
            return _date(int(year), int(month), int(day))
        if found := _DAY_MONTH.fullmatch(words):
            day, name, year = found.groups()
            return _placed(int(day), _month(name), year, floor)
        if found := _MONTH_DAY.fullmatch(words):
            name, day, year = found.groups()
            return _placed(int(day), _month(name), year, floor)
        if found := _FIGURES.fullmatch(words):
            day, month, year = found.group(*((1, 2, 3) if self.day_first else (2, 1, 3)))
            return _placed(int(day), int(month), year, floor)
        raise _NotADate(BadDateReason.UNREADABLE)

    def _between(self, start: str, end: str) -> DateRange:
        if _YEAR.search(end) and not _YEAR.search(start):
            last = self.day(end, self.today)
            return _ordered(self.day(start, last - _ALMOST_A_YEAR), last)
        under_way = self._under_way(start, end)
        if under_way:
            return under_way
        first = self.day(start, self.today)
        last = self.day(end, first)
        if not _YEAR.search(end) and last.year > first.year and last - first > _HALF_YEAR:
            raise _NotADate(BadDateReason.ENDS_BEFORE_START)
        return _ordered(first, last)

    def _under_way(self, start: str, end: str) -> DateRange | None:
        first = self.day(start, self.today - _HALF_YEAR)
        last = self.day(end, first)
        under_way = first < self.today <= last and last - first <= _HALF_YEAR
        return DateRange(first, last) if under_way else None


def _month_for_both(start: str, end: str) -> tuple[str, str]:
    """`12 - 20 may`, `may 12 - 20`: a month that stands once holds for both."""
    if _DAY_ALONE.fullmatch(start) and (found := _DAY_MONTH.fullmatch(end)):
        return f"{start} {found[2]}", end
    if _DAY_ALONE.fullmatch(end) and (found := _MONTH_DAY.fullmatch(start)):
        return start, f"{found[1]} {end}"
    return start, end


def _ordered(first: date, last: date) -> DateRange:
    if last < first:
        raise _NotADate(BadDateReason.ENDS_BEFORE_START)
    return DateRange(first, last)


def _next_weekday(weekday: int, floor: date) -> date:
    return floor + timedelta(days=(weekday - floor.weekday()) % 7)


def _month(name: str) -> int:
    if name not in _MONTH:
        raise _NotADate(BadDateReason.UNREADABLE)
    return _MONTH[name]


def _placed(day: int, month: int, year: str | None, floor: date) -> date:
    if year:
        return _date(int(year), month, day)
    for candidate in (floor.year, floor.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue  # 29 February, or never
        if found >= floor:
            return found
    raise _NotADate(BadDateReason.NO_SUCH_DAY)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _NotADate(BadDateReason.NO_SUCH_DAY) from None
