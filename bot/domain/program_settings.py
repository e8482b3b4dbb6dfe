"""What a lead sets about a programme, as they give it, and what of that can be taken.

Rules only; nothing is stored here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain import dates, limits
from bot.domain.actor import Actor
from bot.domain.cadence import Every
from bot.domain.language import Address, ProgramLanguage
from bot.domain.refusals import InvalidField

S = TypeVar("S", bound=StrEnum)


class Speaks(StrEnum):
    """Language and form of address as one choice, the way a lead is asked for them."""

    ENGLISH = "en"
    INDONESIAN = "id"
    INDONESIAN_KAMU = "id-kamu"
    BOTH = "both"
    BOTH_KAMU = "both-kamu"

    @property
    def language(self) -> ProgramLanguage:
        return ProgramLanguage(self.value.partition("-")[0])

    @property
    def address(self) -> Address:
        return Address.KAMU if self.value.endswith("-kamu") else Address.ANDA


def speaks(language: str, address: str) -> Speaks:
    """The one choice that stands for a language and a form of address."""
    kamu = address == Address.KAMU and language != ProgramLanguage.ENGLISH
    return Speaks(f"{language}-kamu" if kamu else language)


@dataclass(frozen=True)
class Habit:
    """When reflections are asked, on each person's own clock."""

    every: Every
    weekday: int  # 0 = Monday
    nth: int | None  # months only: 1 to 4, or -1 for the last
    local_time: time


# Late enough in the week to look back on it; every country's working week has Thursday.
DEFAULT_WEEKDAY, DEFAULT_TIME, LAST_OF_MONTH = 3, time(15, 0), -1
SESSION_MINUTES = (30, 45, 60, 90)
DEFAULT_SESSION_MINUTES = 45
DAYS_OFF_AT_MOST = 120
DAYS_OFF_WITHIN = timedelta(days=730)

_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,31}")
_ENTRIES = re.compile(r"[,;\n]+")


@dataclass(frozen=True)
class Basics:
    """The six fields of the first form, as they were typed and picked."""

    name: str
    purpose: str
    channel: str | None
    speaks: str | None
    every: str | None
    contact: str | None  # Slack user id


@dataclass(frozen=True)
class CreateProgram:
    actor: Actor
    basics: Basics


@dataclass(frozen=True)
class ChangeProgram:
    """All settings at once, as they were typed and picked."""

    actor: Actor
    program_id: str
    basics: Basics
    weekday: str | None
    nth: str | None
    local_time: time | None
    session_minutes: str | None
    guests_allowed: bool
    days_off: str


@dataclass(frozen=True)
class Settings:
    """Everything a lead can set about a programme."""

    id: str
    name: str
    purpose: str
    channel_id: str
    speaks: Speaks
    habit: Habit
    contact_user_id: str
    session_minutes: int
    guests_allowed: bool
    days_off: tuple[date, ...]


@dataclass(frozen=True)
class CheckedBasics:
    name: str
    purpose: str
    channel_id: str
    speaks: Speaks
    every: Every


def check_basics(basics: Basics) -> CheckedBasics:
    """Raises `InvalidField`, named by the input."""
    return CheckedBasics(
        name=_text("name", basics.name, limits.NAME),
        purpose=_text("purpose", basics.purpose, limits.PURPOSE),
        channel_id=_channel(basics.channel),
        speaks=_choice("speaks", Speaks, basics.speaks),
        every=_choice("every", Every, basics.every),
    )


def check_habit(every: Every, weekday: str | None, nth: str | None, at: time | None) -> Habit:
    """Raises `InvalidField`. `nth` counts for months only."""
    if weekday not in {str(day) for day in range(7)}:
        raise InvalidField("weekday", "required")
    if at is None:
        raise InvalidField("local_time", "required")
    place = LAST_OF_MONTH if nth is None else _place(nth)
    return Habit(every, int(weekday), place if every is Every.MONTH else None, at)


def default_habit(every: Every) -> Habit:
    nth = LAST_OF_MONTH if every is Every.MONTH else None
    return Habit(every, DEFAULT_WEEKDAY, nth, DEFAULT_TIME)


def check_minutes(value: str | None) -> int:
    if value not in {str(minutes) for minutes in SESSION_MINUTES}:
        raise InvalidField("minutes", "required")
    return int(value)


def read_days_off(text: str, today: date) -> tuple[date, ...]:
    """Dates and ranges, separated by commas or lines, as single days in order. Raises
    `InvalidField` for what is past, unreadable, two-way (5/6), too far or too many."""
    found: set[date] = set()
    for entry in filter(None, map(str.strip, _ENTRIES.split(text))):
        found |= _days(entry, today)
    if len(found) > DAYS_OFF_AT_MOST:
        raise InvalidField("days_off", "too_many_days", DAYS_OFF_AT_MOST)
    return tuple(sorted(found))


def runs_of(days: Iterable[date]) -> list[tuple[date, date]]:
    """The same days as first and last of each unbroken run."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _days(entry: str, today: date) -> set[date]:
    read = dates.parse_range(entry, today)
    match read:
        case dates.Ambiguous():
            raise InvalidField("days_off", "ambiguous_date")
        case dates.BadDate(reason=dates.BadDateReason.ENDS_BEFORE_START):
            raise InvalidField("days_off", "end_before_start")
        case dates.BadDate():
            raise InvalidField("days_off", "bad_date")
        case dates.DateRange(first, last):
            if first < today:
                raise InvalidField("days_off", "past")
            if last - today > DAYS_OFF_WITHIN:
                raise InvalidField("days_off", "too_far", DAYS_OFF_WITHIN.days)
            return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def _text(input: str, value: str, limit: int) -> str:
    shown = value.strip()
    if not shown:
        raise InvalidField(input, "required")
    if len(shown) > limit:
        raise InvalidField(input, "too_long", limit)
    return shown


def _channel(value: str | None) -> str:
    if value is None:
        raise InvalidField("channel", "required")
    if not _CHANNEL.fullmatch(value):
        raise InvalidField("channel", "not_a_channel")
    return value


def _choice(input: str, kind: type[S], value: str | None) -> S:
    try:
        return kind(value or "")
    except ValueError:
        raise InvalidField(input, "required") from None


def _place(nth: str) -> int:
    if nth not in {"1", "2", "3", "4", "-1"}:
        raise InvalidField("nth", "required")
    return int(nth)
