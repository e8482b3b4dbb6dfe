"""A pair under way: how it begins, its rhythm, and asking for help. No I/O, no words."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.actor import Actor
from bot.domain.cadence import Every, Rhythm
from bot.domain.lifecycle import Role
from bot.domain.people import Who
from bot.domain.refusals import InvalidField

FIRST_SESSION_DAYS = 14
NTH = (1, 2, 3, 4, -1)  # -1: the last
AS_PROGRAM = "program"  # the pair goes with its programme's rhythm

# Inputs of the form
EVERY, WEEKDAY, PLACE = "every", "weekday", "nth"


@dataclass(frozen=True)
class OfMatch:
    """Any request about one match. `match_id` may be empty where help is asked for."""

    actor: Actor
    match_id: str


# Beginning


@dataclass(frozen=True)
class Introduction:
    """To one of the two: who the other is, and what to do first."""

    match_id: str
    role: Role  # the reader's own
    partner: Who
    topics: str | None = field(repr=False)  # the partner's own words
    now: datetime


@dataclass(frozen=True)
class Opening:
    """The first words in the group DM of the two."""

    match_id: str
    mentor: Who
    mentee: Who


# Rhythm


@dataclass(frozen=True)
class PairRhythm:
    """How often the two are asked to reflect; each at the programme's hour, on their own clock."""

    every: Every
    weekday: int  # 0 = Monday
    nth: int | None = None  # months only

    def habit(self, local_time: time, anchor: date) -> Rhythm:
        return Rhythm(self.every, self.weekday, local_time, anchor, self.nth)


@dataclass(frozen=True)
class RhythmForm:
    match_id: str
    partner: Who
    program: PairRhythm
    own: PairRhythm | None  # None: they go with the programme


@dataclass(frozen=True)
class ChangeRhythm:
    """As picked in the form; nothing is checked yet."""

    actor: Actor
    match_id: str
    every: str | None
    weekday: str | None
    nth: str | None


@dataclass(frozen=True)
class RhythmChanged:
    """To both: to one as the answer, to the other as a message."""

    match_id: str
    partner: Who
    rhythm: PairRhythm


def checked_rhythm(every: str | None, weekday: str | None, nth: str | None) -> PairRhythm | None:
    """What was picked; None: as the programme does. Raises `InvalidField`."""
    if every == AS_PROGRAM:
        return None
    if every not in set(Every):
        raise InvalidField(EVERY, "required")
    if weekday not in set("0123456"):
        raise InvalidField(WEEKDAY, "required")
    if every != Every.MONTH:
        return PairRhythm(Every(every), int(weekday))
    if nth not in {str(place) for place in NTH}:
        raise InvalidField(PLACE, "required")
    return PairRhythm(Every.MONTH, int(weekday), int(nth))


# Help


@dataclass(frozen=True)
class Help:
    """People to talk to. `match_id` only while leads can be told about the pair."""

    team_id: str  # of Slack, for links to people
    contacts: tuple[str, ...]  # Slack user ids
    match_id: str | None
    asked: bool  # leads know already


@dataclass(frozen=True)
class HelpAsked:
    """What came of it, to who asked."""

    match_id: str
    told: int  # leads; nobody, where the only leads are the two themselves
    asked: bool  # False: taken back


@dataclass(frozen=True)
class HelpWanted:
    """To a lead: a pair by its names. Who of the two asked is not known, nor why."""

    program: str
    mentor: Who
    mentee: Who
