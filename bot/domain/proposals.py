"""Proposing a pair: who may be paired, how both are asked, and what comes of it.

A lead proposes; nobody is paired who has not said yes, and a no needs no reason. No I/O, no words.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.cadence import Leave, local_date
from bot.domain.lifecycle import Role
from bot.domain.people import Who
from bot.domain.refusals import Refusal

REMIND_AFTER = (timedelta(days=3), timedelta(days=7))
SILENCE_DAYS = 10  # then a proposal comes to nothing by itself
# Leave and downtime can bring two messages about one proposal together; one of them is enough.
REMIND_APART = timedelta(days=2)

# Inputs of the forms; a refusal names the one at fault
PROGRAM, MENTOR, MENTEE, WHY = "program", "mentor", "mentee", "why"

# Commands


@dataclass(frozen=True)
class StartPair:
    """People as a lead named them (Slack user ids): nobody, one, or two in any order."""

    actor: Actor
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArrangePair:
    """Two people in the roles they were picked for (Slack user ids, as picked)."""

    actor: Actor
    program_id: str
    mentor: str
    mentee: str


@dataclass(frozen=True)
class Propose:
    pair: ArrangePair
    why: str = field(repr=False)
    again: bool  # the lead has read that these two were paired before


@dataclass(frozen=True)
class AnswerProposal:
    actor: Actor
    match_id: str
    yes: bool


# What is shown, and what happened


@dataclass(frozen=True)
class PairForm:
    programs: tuple[tuple[str, str], ...]  # id and name
    named: tuple[str, ...]


@dataclass(frozen=True)
class Pairing:
    """Two people who may be paired; nothing is stored yet."""

    program_id: str
    program: str
    mentor: Who
    mentee: Who
    swappable: bool  # both joined in both roles
    again: bool  # they were proposed or paired before


class Outcome(StrEnum):
    WAITING = "waiting"  # for the other one; only the presser knows of their own yes
    STARTED = "started"
    DECLINED = "declined"
    NOTHING = "nothing"  # it is over; why is nobody's to know
    PLACE_TAKEN = "place_taken"  # both said yes, but another pair was quicker


@dataclass(frozen=True)
class ProposalAnswered:
    match_id: str
    outcome: Outcome
    partner: Who
    role: Role  # the presser's own


@dataclass(frozen=True)
class ProposalSummary:
    """What one of the two is asked."""

    match_id: str
    role: Role  # the reader's own
    partner: Who
    proposer: Who
    program: str
    topics: str | None = field(repr=False)  # the partner's own words
    why: str | None = field(repr=False)  # the lead's own words
    now: datetime
    closes_at: datetime


@dataclass(frozen=True)
class ProposalReminder:
    match_id: str
    role: Role
    partner: Who
    proposer: Who
    closes_at: datetime


@dataclass(frozen=True)
class ProposalClosed:
    """To a lead: it came to nothing, whoever and whatever the reason."""

    program: str
    mentor: Who
    mentee: Who


# Refusals


@dataclass(eq=False)
class PickPeople(Refusal):
    """A name was typed that Slack does not know as a person's."""

    name: str


@dataclass(eq=False)
class NotJoined(Refusal):
    """Some of them are not in the programme in the role they would have."""

    program: str
    missing: tuple[tuple[str, Role], ...]  # Slack user id and role


@dataclass(eq=False)
class NotToBeMatched(Refusal):
    """They joined, and did not allow the programme to match them."""

    people: tuple[str, ...]  # Slack user ids


@dataclass(eq=False)
class AlreadyPaired(Refusal):
    """These two are proposed to each other, or paired, already."""

    active: bool


@dataclass(eq=False)
class PairedBefore(Refusal):
    """They were proposed or paired before; a lead has to want that knowingly."""

    mentor: str  # Slack user ids
    mentee: str


@dataclass(eq=False)
class SeatsTaken(Refusal):
    """The mentor has as many mentees as they said they could take."""

    mentor: str  # Slack user id
    program_id: str
    own: bool  # the mentor reads it


# Rules


def first_is_mentor(first: Set[Role], second: Set[Role]) -> bool:
    """Who of two people is meant as the mentor, from the roles each is in. Where both ways fit
    equally well, it is the one named first."""
    as_named = (Role.MENTOR in first) + (Role.MENTEE in second)
    turned = (Role.MENTEE in first) + (Role.MENTOR in second)
    return as_named >= turned


def closes_at(proposed_at: datetime, tz: str, leaves: Sequence[Leave]) -> datetime:
    """When silence ends a proposal, for somebody in `tz`: ten days on, those on leave not
    counted. Aware UTC."""
    first = local_date(proposed_at, tz)
    passed = counted = 0
    while counted < SILENCE_DAYS:
        passed += 1
        day = first + timedelta(days=passed)
        counted += not any(leave.covers(day) for leave in leaves)
    return proposed_at + timedelta(days=passed)
