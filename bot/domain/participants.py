"""Taking part in a programme: what is asked, what is not possible, and what came of it.

One place in a programme is one person in one role; somebody may have both. No I/O, no words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.cadence import BadHours, BadHoursReason, Hours, Span, parse_spans
from bot.domain.language import ENGLISH
from bot.domain.lifecycle import Role
from bot.domain.limits import SHORT_TEXT
from bot.domain.refusals import InvalidField, Refusal

MAX_SEATS = 3  # mentees at once; more is more than a working week bears

SPOKEN = frozenset({
    "en", "id", "jv", "su", "ms", "zh", "ja", "ko", "hi", "ta", "th", "vi", "tl", "ar", "nl",
    "de", "fr", "es", "pt",
})  # fmt: skip
"""Languages a mentoring can be held in (ISO 639-1)."""

# Inputs of the form; a refusal names the one at fault
TOPICS, SEATS, LANGUAGES = "topics", "seats", "languages"
DAYS, HOURS, CONSENT = "days", "hours", "consent"

# Commands


@dataclass(frozen=True)
class LookAround:
    """What can be joined; `program_id` is empty, or whatever a button or a word brought."""

    actor: Actor
    program_id: str = ""


@dataclass(frozen=True)
class OpenForm:
    actor: Actor
    program_id: str
    role: Role


@dataclass(frozen=True)
class Answers:
    """The form as it was sent: nothing in it is checked yet."""

    topics: str = field(repr=False)
    languages: tuple[str, ...]
    takes_part: bool
    may_match: bool
    seats: str | None = None
    days: tuple[str, ...] | None = None  # weekdays, Monday is "0"; None: not asked
    hours: str = ""


@dataclass(frozen=True)
class Join:
    actor: Actor
    program_id: str
    role: Role
    answers: Answers = field(repr=False)


# Summaries and events


@dataclass(frozen=True)
class Offer:
    """A programme that can be joined, and the roles this person has in it already."""

    program_id: str
    name: str
    purpose: str
    mine: frozenset[Role]


@dataclass(frozen=True)
class JoinChoice:
    offers: tuple[Offer, ...]
    program_id: str  # the one that was named, or empty
    chose_language: bool


@dataclass(frozen=True)
class Profile:
    """What somebody offers or looks for. `hours` are theirs for meetings, in their own zone."""

    topics: str = field(repr=False)
    languages: tuple[str, ...]
    seats: int
    hours: Hours
    may_match: bool


@dataclass(frozen=True)
class JoinForm:
    program_id: str
    program: str
    role: Role
    again: bool  # they are in already: the form edits
    profile: Profile


@dataclass(frozen=True)
class Joined:
    program_id: str
    program: str
    role: Role
    again: bool
    may_match: bool
    prompts_per_week: int
    leads: tuple[str, ...]  # Slack user ids


@dataclass(frozen=True)
class Card:
    """How the partner to be would see somebody."""

    slack_user_id: str
    tz: str
    role: Role
    profile: Profile


# Refusals


class Obstacle(StrEnum):
    NOTHING_OPEN = "nothing_open"  # no programme can be joined here
    HELD = "held"
    CLOSED = "closed"
    GUEST = "guest"
    EXTERNAL = "external"
    NOT_A_PERSON = "not_a_person"  # a bot, or a deactivated account


@dataclass(eq=False)
class CannotJoin(Refusal):
    obstacle: Obstacle
    program: str = ""
    leads: tuple[str, ...] = ()
    may_found: bool = False


# Rules


def fresh_profile(locale: str, hours: Hours) -> Profile:
    """What the form starts from for somebody who reads `locale`. Nothing is ticked for them."""
    spoken = "en" if locale == ENGLISH else "id"
    return Profile("", (spoken,), 1, hours, may_match=False)


def checked(answers: Answers, role: Role, known: Hours) -> Profile:
    """The profile in `answers`. Raises `InvalidField`. `known` are the hours on record, which stay
    where the form did not ask."""
    if not answers.topics.strip():
        raise InvalidField(TOPICS, "required")
    if len(answers.topics) > SHORT_TEXT:
        raise InvalidField(TOPICS, "too_long", SHORT_TEXT)
    if not answers.languages or not set(answers.languages) <= SPOKEN:
        raise InvalidField(LANGUAGES, "required")
    hours = known if answers.days is None else week(answers.days, answers.hours)
    if not answers.takes_part:
        raise InvalidField(CONSENT, "consent")
    seats = _seats(answers.seats) if role is Role.MENTOR else 1
    return Profile(answers.topics.strip(), answers.languages, seats, hours, answers.may_match)


def week(days: Iterable[str], text: str) -> Hours:
    """Hours that are the same on each of `days`. Raises `InvalidField`."""
    open_days = {int(day) for day in days if day in {*"0123456"}}
    spans = parse_spans(text)
    if isinstance(spans, BadHours):
        ends_early = spans.reason is BadHoursReason.ENDS_BEFORE_START
        raise InvalidField(HOURS, "end_before_start" if ends_early else "bad_hours")
    if not open_days:
        raise InvalidField(DAYS, "required")
    if not spans:
        raise InvalidField(HOURS, "required")
    return Hours(tuple(spans if day in open_days else () for day in range(7)))


def same_each_day(hours: Hours) -> tuple[tuple[int, ...], tuple[Span, ...]] | None:
    """The open days and their spans, if these are the same on all of them; None when the form is
    too simple for these hours."""
    days = tuple(day for day in range(7) if hours.spans[day])
    kinds = {hours.spans[day] for day in days}
    return (days, kinds.pop()) if len(kinds) == 1 else None


def _seats(chosen: str | None) -> int:
    if chosen not in {str(n) for n in range(1, MAX_SEATS + 1)}:
        raise InvalidField(SEATS, "required")
    return int(chosen)
