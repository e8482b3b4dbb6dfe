"""Days away: what may be stated, and what is said about it. No reason is ever asked."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.actor import Actor
from bot.domain.dates import BadDateReason
from bot.domain.people import Who
from bot.domain.refusals import InvalidField, Refusal

AT_MOST = timedelta(days=365)  # a leave lies within the next year
BACK_AT = time(9, 30)  # the message after a leave, on the person's own clock

FIRST, LAST = "first", "last"  # the inputs of the form


@dataclass(frozen=True)
class GoAway:
    actor: Actor
    first: date
    last: date  # included


@dataclass(frozen=True)
class DropLeave:
    actor: Actor
    leave_id: str


@dataclass(frozen=True)
class Days:
    """A leave as stated: both dates included."""

    leave_id: str
    first: date
    last: date


@dataclass(frozen=True)
class Meeting:
    """A session with somebody, agreed or still proposed."""

    session_id: str
    partner: Who
    start: datetime  # aware UTC
    is_proposal: bool = False


@dataclass(frozen=True)
class WentAway:
    """`merged`: it became one with days stated before. `meetings` lie within it."""

    days: Days
    merged: bool
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class CameBack:
    """`was` is the leave that no longer holds; it may not have begun."""

    was: Days
    had_begun: bool


@dataclass(frozen=True)
class PartnerAway:
    partner: Who
    first: date
    last: date


@dataclass(frozen=True)
class PartnerBack:
    """An absence the reader was told of no longer holds."""

    partner: Who
    last: date


@dataclass(frozen=True)
class BackAgain:
    """After a leave: what is to come in the next days, and how many questions are open."""

    meetings: tuple[Meeting, ...]
    open_prompts: int


@dataclass(eq=False)
class BadLeave(InvalidField):
    """These days cannot be a leave; `code` as in `InvalidField`."""


@dataclass(eq=False)
class UnreadableDates(Refusal):
    """What was typed after the word is no date."""

    reason: BadDateReason


@dataclass(eq=False)
class NotAway(Refusal):
    """There is no leave to end today; `planned` ones may be dropped."""

    planned: tuple[Days, ...] = field(default=())


def check(first: date, last: date, today: date) -> None:
    """Raise `BadLeave` unless the days can be a leave for somebody for whom it is `today`. One
    that began before today may still be stated."""
    if last < first:
        raise BadLeave(LAST, "end_before_start")
    if last < today:
        raise BadLeave(LAST, "past")
    if last - today > AT_MOST:
        raise BadLeave(LAST, "too_far", AT_MOST.days)
    if today - first > AT_MOST:
        raise BadLeave(FIRST, "past")


def meet(a: Days, first: date, last: date) -> bool:
    """Whether two spans of days overlap, or follow each other without a day between."""
    day = timedelta(days=1)
    return a.first <= last + day and first <= a.last + day
