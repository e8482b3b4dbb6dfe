"""What is kept about a person, as they may see it, take it along and have it deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.actor import Actor
from bot.domain.lifecycle import Role
from bot.domain.refusals import Refusal

Row = Mapping[str, object]  # column: value, as Python has it


@dataclass(frozen=True)
class Consent:
    """One tick a person gave, and may withdraw by itself: "the programme may match me"."""

    participant_id: str
    program: str
    role: Role
    may_match: bool


@dataclass(frozen=True)
class SetMatching:
    actor: Actor
    participant_id: str
    wanted: bool


@dataclass(frozen=True)
class Kept:
    """How many rows of each table are the person's, and the consents that stand."""

    counts: Mapping[str, int]
    consents: tuple[Consent, ...]


@dataclass(frozen=True)
class Export:
    """Every row of a person's, by table. Names stand beside the ids they belong to."""

    at: datetime
    tables: Mapping[str, Sequence[Row]] = field(repr=False)
    partners: Mapping[str, str] = field(repr=False)  # by match id
    programs: Mapping[str, str]  # by programme id


@dataclass(frozen=True)
class Erased:
    """It is done."""


@dataclass(eq=False)
class StillNeeded(Refusal):
    """Somebody else has to take these programmes over first: the person is their only lead, or
    the one whom they name to talk to."""

    programs: tuple[str, ...]
