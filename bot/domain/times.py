"""Times of day as people type them, in English and Indonesian alike.

Always wall time on the person's own clock; which zone that is, the caller knows.
"""

import re
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

_TIME = re.compile(r"(?:at |pukul |jam )?(\d{1,2})(?:[:.](\d\d))? ?(am|pm|a\.m\.|p\.m\.)?")
_ZONE = re.compile(r"\b(?:wib|wita|wit|utc|gmt)\b")


class BadTimeReason(StrEnum):
    """Why a text is not a time of day."""

    UNREADABLE = "unreadable"
    NO_SUCH_TIME = "no_such_time"
    NAMES_A_ZONE = "names_a_zone"


@dataclass(frozen=True)
class BadTime:
    """A refusal: the text at fault, and why."""

    reason: BadTimeReason
    text: str = field(repr=False)


def parse_time(text: str) -> time | BadTime:
    """The time of day meant by `text`: `9`, `09.30`, `9:30`, `9pm`, `pukul 14.00`.

    A time with a zone (`14.00 WIB`) is refused: taken as the reader's own it could be an hour
    or two wrong, and nobody would notice.
    """
    words = " ".join(text.lower().split())
    if _ZONE.search(words):
        return BadTime(BadTimeReason.NAMES_A_ZONE, text)
    found = _TIME.fullmatch(words)
    if found is None:
        return BadTime(BadTimeReason.UNREADABLE, text)
    hour, minute = _hour(int(found[1]), found[3]), int(found[2] or 0)
    if hour is None or hour > 23 or minute > 59:
        return BadTime(BadTimeReason.NO_SUCH_TIME, text)
    return time(hour, minute)


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.startswith("p") else 0)
