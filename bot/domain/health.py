"""How programmes fare, and one's own state: what `status` and the weekly digest show.

Of pairs, a lead sees the names of two kinds alone: those that have not begun, and those in which
somebody asked for help. Everything else is a number, and a number about what people answer only
from so many people up that nobody's own can be told from it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.lifecycle import ProgramState, Role

NOT_STARTED_AFTER = timedelta(days=28)  # nothing held and nothing agreed by then
ANSWERS_OVER = timedelta(days=28)
SHOWN_FROM = 5  # people


@dataclass(frozen=True)
class Answers:
    """Questions of the last four weeks, over everybody together."""

    asked: int
    answered: int


@dataclass(frozen=True)
class NamedPair:
    mentor: str  # Slack user ids
    mentee: str
    mentee_name: str


@dataclass(frozen=True)
class ProgramHealth:
    """One programme, for its leads."""

    id: str
    name: str
    state: ProgramState
    mentors: int
    mentees: int
    unmatched: int  # mentees who have no mentor and no proposal
    proposed: int
    active: int
    ended: int
    not_started: tuple[NamedPair, ...]
    help_asked: tuple[NamedPair, ...]
    answers: Answers | None  # None: too few people to show it
    team_id: str


@dataclass(frozen=True)
class Digest:
    """The same, with what is new since a week ago."""

    health: ProgramHealth
    joined: int
    started: int
    ended: int


@dataclass(frozen=True)
class OwnProgram:
    name: str
    role: Role
    state: ProgramState


@dataclass(frozen=True)
class NextSession:
    start: datetime
    partner: str  # Slack user id


@dataclass(frozen=True)
class OwnState:
    programs: tuple[OwnProgram, ...]
    partners: tuple[str, ...]  # Slack user ids
    next_session: NextSession | None
    open_prompts: int


@dataclass(frozen=True)
class Status:
    led: tuple[ProgramHealth, ...]
    own: OwnState
    may_create: bool


def answers(asked: int, answered: int, people: int) -> Answers | None:
    """Hidden while so few were asked that a number would tell about somebody."""
    return Answers(asked, answered) if people >= SHOWN_FROM else None
