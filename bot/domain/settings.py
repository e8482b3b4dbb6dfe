"""What a person may set for themselves, and what of it may be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.cadence import BadHours, Hours, parse_spans

PROMPTS_PER_WEEK = (3, 2, 1)
NO_HOLIDAYS = "-"  # kept in place of a country

# Inputs of the forms, by block id.
PLACE = "place"
HOLIDAYS = "holidays"
COUNTRY = "country"
REGION = "region"


class HoursOf(StrEnum):
    """What hours are for."""

    MESSAGES = "messages"
    MEETINGS = "meetings"


class HolidayChoice(StrEnum):
    """Whose public holidays count."""

    ZONE = "zone"  # the country of one's time zone
    NONE = "none"
    OTHER = "other"


@dataclass(frozen=True)
class SetLanguage:
    actor: Actor
    locale: str


@dataclass(frozen=True)
class SetZone:
    """`slack`: the zone is Slack's and follows it from now on; else it is the person's own."""

    actor: Actor
    tz: str  # IANA name
    slack: bool = False


@dataclass(frozen=True)
class SetHours:
    """`hours` None: the usual ones; for meetings, the same as for messages."""

    actor: Actor
    of: HoursOf
    hours: Hours | None


@dataclass(frozen=True)
class SetHolidays:
    """`country`: None for the one of the zone, `NO_HOLIDAYS` for none at all."""

    actor: Actor
    country: str | None
    subdivision: str | None = None


@dataclass(frozen=True)
class SetSoonReminder:
    actor: Actor
    wanted: bool


@dataclass(frozen=True)
class SetPromptsPerWeek:
    actor: Actor
    count: int


@dataclass(frozen=True)
class MySettings:
    """Everything a person can set, as it stands."""

    locale: str
    chose_language: bool
    tz: str
    follows_slack: bool
    message_hours: Hours
    meeting_hours: Hours | None  # None: the same as message_hours
    holiday_choice: HolidayChoice
    country: str | None  # whose holidays count now; None: none
    subdivision: str | None
    soon_reminder: bool
    prompts_per_week: int
    is_stopped: bool


def day_input(weekday: int) -> str:
    """The block id of one day's hours; 0 is Monday."""
    return f"day{weekday}"


def read_week(texts: Sequence[str]) -> Hours | Mapping[int, BadHours | None]:
    """A week's hours from seven texts, Monday first; else what is wrong, by weekday. None stands
    for a week without any hours: then nothing could ever be sent, or agreed."""
    days = [parse_spans(text) for text in texts]
    bad: dict[int, BadHours | None] = {
        n: day for n, day in enumerate(days) if isinstance(day, BadHours)
    }
    if not bad and not any(days):
        bad = {0: None}
    if bad:
        return bad
    return Hours(tuple(day for day in days if not isinstance(day, BadHours)))
