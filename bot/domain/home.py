"""A person's own world, as App Home and the menu show it: what needs them first, first."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from bot.domain.lifecycle import ProgramState, Role


class Need(IntEnum):
    """What a pair needs from this person, the most pressing first."""

    ANSWER = 0  # the partner proposed a time
    PLAN = 1  # nothing is planned
    WAIT = 2  # a time of their own waits for the partner's answer
    MEET = 3  # a session is agreed


@dataclass(frozen=True)
class PairLine:
    match_id: str
    partner: str  # Slack user id
    partner_name: str = field(repr=False)
    partner_tz: str
    partner_away_until: date | None
    role: Role  # this person's own
    need: Need
    session_id: str | None
    at: datetime | None  # of the session, agreed or proposed


@dataclass(frozen=True)
class ProposalLine:
    """A proposed mentoring that waits for this person's yes or no."""

    match_id: str
    other: str  # Slack user id
    role: Role  # this person's own


@dataclass(frozen=True)
class PromptLine:
    """A question that is still open."""

    prompt_id: str
    kind: str
    partner: str | None  # Slack user id
    sent_at: datetime | None


@dataclass(frozen=True)
class GoalLine:
    goal_id: str
    what: str = field(repr=False)
    by_when: date | None


@dataclass(frozen=True)
class ProgramLine:
    program_id: str
    name: str
    purpose: str
    state: ProgramState
    roles: tuple[Role, ...]  # this person's own; empty: not in it
    contact: str  # Slack user id of a person to talk to


@dataclass(frozen=True)
class Away:
    first_day: date
    last_day: date
    is_now: bool


@dataclass(frozen=True)
class HomeSummary:
    team_id: str  # of Slack, for links into it
    chose_language: bool
    is_lead: bool
    may_found: bool
    stopped: bool
    away: Away | None
    proposals: tuple[ProposalLine, ...]
    pairs: tuple[PairLine, ...]
    prompts: tuple[PromptLine, ...]
    goals: tuple[GoalLine, ...]
    programs: tuple[ProgramLine, ...]  # those they are in, then those they could join

    @property
    def joined(self) -> tuple[ProgramLine, ...]:
        return tuple(program for program in self.programs if program.roles)

    @property
    def open_to_join(self) -> tuple[ProgramLine, ...]:
        return tuple(p for p in self.programs if not p.roles and p.state is ProgramState.ACTIVE)

    @property
    def contacts(self) -> tuple[str, ...]:
        """The people to talk to: of the programmes they are in, else of those they could join."""
        return tuple(dict.fromkeys(p.contact for p in self.joined or self.open_to_join))
