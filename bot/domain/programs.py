"""Programmes as their leads run them: requests about a whole programme, and what is shown of it."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.lifecycle import ProgramState
from bot.domain.refusals import Refusal


@dataclass(frozen=True)
class OfProgram:
    """Any request about one programme: show it, hold it, let it go on, close it."""

    actor: Actor
    program_id: str


@dataclass(frozen=True)
class ProgramSummary:
    """A programme as its leads see it on their panel."""

    id: str
    name: str
    state: ProgramState
    channel_id: str
    leads: tuple[str, ...]  # Slack user ids
    mentors: int
    mentees: int
    announced: bool


@dataclass(frozen=True)
class Panel:
    """All that somebody may run."""

    led: tuple[ProgramSummary, ...]
    others: tuple[ProgramSummary, ...]  # those who may found can name leads there, no more


@dataclass(eq=False)
class ProgramHeld(Refusal):
    """Its leads hold the programme; to a lead, who may let it go on."""

    program_id: str
