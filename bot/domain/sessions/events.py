"""What came of it, for whoever asked."""

from dataclasses import dataclass
from datetime import date

from bot.domain.sessions.shown import Note, SessionSummary


@dataclass(frozen=True)
class Proposed:
    session: SessionSummary
    notes: tuple[Note, ...]
    also_open: SessionSummary | None = None  # a proposal of the partner's that crossed this one


@dataclass(frozen=True)
class Agreed:
    session: SessionSummary
    unread: bool = False  # the partner reads of it only after the time itself


@dataclass(frozen=True)
class Dropped:
    session: SessionSummary
    withdrawn: bool  # by whoever suggested it


@dataclass(frozen=True)
class Cancelled:
    session: SessionSummary
    replacement: Proposed | None = None
    unread: bool = False


@dataclass(frozen=True)
class AgendaSaved:
    session: SessionSummary


@dataclass(frozen=True)
class MetSaid:
    session: SessionSummary
    met: bool


@dataclass(frozen=True)
class AskedLater:
    session: SessionSummary
    day: date
