"""Stopping, ending and leaving: never hard, never explained, and never anybody's fault."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.people import Who


@dataclass(frozen=True)
class EndMatch:
    actor: Actor
    match_id: str


@dataclass(frozen=True)
class LeaveProgram:
    actor: Actor
    program_id: str


@dataclass(frozen=True)
class Stopped:
    """No prompt reaches this person any more. What else they may want to end is listed."""

    matches: tuple[tuple[str, Who], ...]  # id and partner
    programs: tuple[tuple[str, str], ...]  # id and name


@dataclass(frozen=True)
class Resumed:
    """Prompts come again; those that were cancelled do not."""


@dataclass(frozen=True)
class MatchEnded:
    """To who ended it."""

    partner: Who


@dataclass(frozen=True)
class EndNotice:
    """To the other one: the same words whatever happened."""

    partner: Who


@dataclass(frozen=True)
class ProgramLeft:
    program: str
    partners: tuple[Who, ...]  # of the mentorings that ended with it
