"""A session as one of the two sees it, and what else their screens and messages hold.

Personal text stays out of every `repr`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.lifecycle import SessionState


class Note(StrEnum):
    """What the proposer should know about a time. Nothing here forbids it."""

    SKIPPED = "skipped"  # the clocks jump over it, so it moved on
    TWICE = "twice"  # it comes twice that night; the first is meant
    MY_LEAVE = "my_leave"
    MY_HOLIDAY = "my_holiday"
    MY_HOURS = "my_hours"
    MY_OTHER_SESSION = "my_other_session"
    THEIR_LEAVE = "their_leave"
    THEIR_HOLIDAY = "their_holiday"
    THEIR_HOURS = "their_hours"
    UNREAD = "unread"  # the message would reach the partner only after the time itself


class Change(StrEnum):
    """How a suggested new time of an agreed session ended without a new time."""

    KEPT = "kept"  # the partner keeps the agreed time
    WITHDRAWN = "withdrawn"  # whoever suggested it took it back


class Later(StrEnum):
    """When to ask again."""

    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"

    @property
    def days(self) -> int:
        return 1 if self is Later.TOMORROW else 7


@dataclass(frozen=True)
class Partner:
    slack_user_id: str
    name: str = field(repr=False)
    tz: str


@dataclass(frozen=True)
class Slot:
    """A time and a place; `start` is an instant."""

    start: datetime
    minutes: int
    place: str | None = field(default=None, repr=False)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class SessionSummary:
    """A session as one of the two sees it. At least one of `agreed` and `suggested` is there; both
    while a new time for an agreed session waits for an answer."""

    id: str
    match_id: str
    partner: Partner
    state: SessionState
    agreed: Slot | None
    suggested: Slot | None
    mine: bool  # I suggested it, so the partner answers
    version: str  # of agreement and suggestion; buttons carry it
    agenda: str | None = field(repr=False)
    started: bool = False  # the agreed time has come; or the suggested one, while none is agreed
    my_answer: bool | None = None  # whether I say that we met

    @property
    def slot(self) -> Slot:
        """The time that holds, or the suggested one while none is agreed."""
        slot = self.agreed or self.suggested
        if slot is None:
            raise ValueError("a session has a time, agreed or suggested")
        return slot


@dataclass(frozen=True)
class PartnerChoice:
    """Several partners: which one is meant?"""

    choices: tuple[tuple[str, Partner], ...]  # match id of each


@dataclass(frozen=True)
class PairSessions:
    """The sessions of one pair that still matter, soonest first."""

    match_id: str
    partner: Partner
    sessions: tuple[SessionSummary, ...]
    more: int  # further ones that are not in the list


@dataclass(frozen=True)
class Draft:
    """What the form holds: wall time on the clock of whoever fills it in."""

    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    place: str = field(default="", repr=False)
    agenda: str = field(default="", repr=False)


@dataclass(frozen=True)
class Preview:
    """What the draft comes to, before it is sent."""

    slot: Slot
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class FormSummary:
    """The form for a time: of a new session, or another one for `session`."""

    match_id: str
    partner: Partner
    lengths: tuple[int, ...]
    draft: Draft
    session: SessionSummary | None = None
    preview: Preview | None = None


@dataclass(frozen=True)
class AgendaSummary:
    session: SessionSummary
    text: str = field(repr=False)
    stamp: str  # tells whether the text changed while the form was open


# Messages the bot sends on its own


@dataclass(frozen=True)
class ProposalMessage:
    session: SessionSummary


@dataclass(frozen=True)
class AgreedMessage:
    session: SessionSummary
    moved: bool


@dataclass(frozen=True)
class ChangedMessage:
    session: SessionSummary
    change: Change


@dataclass(frozen=True)
class CancelledMessage:
    session: SessionSummary
    was_agreed: bool
    replacement: SessionSummary | None


@dataclass(frozen=True)
class ReminderMessage:
    session: SessionSummary
    plan: str  # the agenda of bot.content to offer while the pair has none of its own


@dataclass(frozen=True)
class SoonMessage:
    session: SessionSummary


@dataclass(frozen=True)
class DidYouMeet:
    session: SessionSummary
