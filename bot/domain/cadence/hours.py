"""A week's hours: what people type, what is stored, and the spans between the two.

Wall time without a zone; what the hours are for (messages, meetings) is the caller's affair.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

_DAY_MINUTES = 24 * 60
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


@dataclass(frozen=True, order=True)
class Span:
    """Part of a day, `start` inside and `end` outside; an `end` of 00:00 is the day's own end."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start_minute >= self.end_minute:
            raise ValueError("a span ends after it starts, on the same day")

    @property
    def start_minute(self) -> int:
        """Minutes after midnight."""
        return _minute(self.start)

    @property
    def end_minute(self) -> int:
        """Minutes after midnight; 1440 for the end of the day."""
        return _minute(self.end) or _DAY_MINUTES

    def holds(self, at: time) -> bool:
        """Whether the wall time `at` is inside."""
        return self.start_minute <= _minute(at) < self.end_minute

    def __str__(self) -> str:
        end = "24:00" if self.end == time.min else f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}-{end}"


class BadHoursReason(StrEnum):
    """Why a text is not a day's hours."""

    UNREADABLE = "unreadable"
    NO_SUCH_TIME = "no_such_time"
    ENDS_BEFORE_START = "ends_before_start"


@dataclass(frozen=True)
class BadHours:
    """A refusal: the part of the text at fault, and why."""

    reason: BadHoursReason
    text: str = field(repr=False)


@dataclass(frozen=True)
class Hours:
    """Seven days from Monday, each with its spans in order, none touching the next."""

    spans: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        if len(self.spans) != 7:
            raise ValueError("hours cover seven days, Monday first")
        object.__setattr__(self, "spans", tuple(_merged(day) for day in self.spans))

    @classmethod
    def default(cls) -> "Hours":
        """Monday to Friday, 09:00 to 17:00."""
        office = (Span(time(9), time(17)),)
        return cls((office,) * 5 + ((),) * 2)

    @classmethod
    def from_json(cls, stored: Sequence[str]) -> "Hours":
        """Read back what `to_json` wrote. Raises ValueError."""
        days = [parse_spans(text) for text in stored]
        return cls(tuple(_trusted(day) for day in days))

    def to_json(self) -> list[str]:
        """Seven texts like `09:00-12:00, 13:00-17:00`, Monday first; empty for a closed day."""
        return [", ".join(map(str, day)) for day in self.spans]

    def on(self, day: date) -> tuple[Span, ...]:
        """The spans of the weekday of `day`."""
        return self.spans[day.weekday()]


def parse_spans(text: str) -> tuple[Span, ...] | BadHours:
    """One day's hours as typed: `09:00-12:00, 13.00-17.00`, `9-17`, `18:00-24:00`; empty: none.

    Ranges that overlap or touch become one. A range over midnight is two: one on each day.
    """
    spans: list[Span] = []
    for part in filter(None, (p.strip() for p in re.split(r"[,;]", text))):
        span = _parse_span(part)
        if isinstance(span, BadHours):
            return span
        spans.append(span)
    return _merged(spans)


def _parse_span(part: str) -> Span | BadHours:
    found = _SPAN.fullmatch(part)
    if found is None:
        return BadHours(BadHoursReason.UNREADABLE, part)
    hour1, minute1, hour2, minute2 = (int(g or 0) for g in found.groups())
    start, end = hour1 * 60 + minute1, hour2 * 60 + minute2
    if max(minute1, minute2) > 59 or max(start, end) > _DAY_MINUTES:
        return BadHours(BadHoursReason.NO_SUCH_TIME, part)
    if start >= end:
        return BadHours(BadHoursReason.ENDS_BEFORE_START, part)
    return Span(_time(start), _time(end))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start_minute <= merged[-1].end_minute:
            before = merged.pop()
            span = Span(before.start, max(before, span, key=lambda s: s.end_minute).end)
        merged.append(span)
    return tuple(merged)


def _trusted(day: tuple[Span, ...] | BadHours) -> tuple[Span, ...]:
    if isinstance(day, BadHours):
        raise ValueError(f"stored hours cannot be read: {day.reason}")
    return day


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
