"""Reflections: asked on a pair's rhythm or written unasked, private unless their author shares them
with one partner. Everything a person wrote is kept out of reprs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.domain.actor import Actor
from bot.domain.cadence import Every
from bot.domain.lifecycle import PromptState
from bot.domain.refusals import Refusal

PAGE = 5  # entries of the log on one page: each may be as long as a text may be


class Snooze(StrEnum):
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"

    @property
    def days(self) -> int:
        return 1 if self is Snooze.TOMORROW else 7


# Commands


@dataclass(frozen=True)
class OnPrompt:
    """Skip it, or open its form."""

    actor: Actor
    prompt_id: str


@dataclass(frozen=True)
class SnoozePrompt:
    actor: Actor
    prompt_id: str
    until: Snooze


@dataclass(frozen=True)
class SetOwnRhythm:
    """How often this person alone is asked about one pair."""

    actor: Actor
    match_id: str
    every: Every


@dataclass(frozen=True)
class OpenForm:
    """To answer a prompt, to change a reflection, or (with neither) to write one unasked."""

    actor: Actor
    prompt_id: str | None = None
    reflection_id: str | None = None


@dataclass(frozen=True)
class Save:
    """`share_with` is a match; None keeps it to the author alone."""

    actor: Actor
    text: str = field(repr=False)
    share_with: str | None = None
    prompt_id: str | None = None
    reflection_id: str | None = None


@dataclass(frozen=True)
class OnReflection:
    """Share with the partner it belongs to, stop sharing, or delete."""

    actor: Actor
    reflection_id: str


@dataclass(frozen=True)
class ShowLog:
    actor: Actor
    page: int = 0


@dataclass(frozen=True)
class Typed:
    """Something a person typed in the bot's DM, as it stands after `at`."""

    actor: Actor
    channel: str
    ts: str
    thread_ts: str | None
    written_at: datetime
    at: datetime  # of this version of the text
    text: str = field(repr=False)


@dataclass(frozen=True)
class KeepTyped:
    """The press that makes a typed text the answer to a prompt."""

    prompt_id: str
    typed: Typed


# What views show


@dataclass(frozen=True)
class Partner:
    """Somebody a reflection can be shared with: the other one of a match."""

    match_id: str
    name: str
    slack_user_id: str


@dataclass(frozen=True)
class PromptShown:
    """A question to one person, and how it stands."""

    prompt_id: str
    question_id: str | None
    partner: Partner
    state: PromptState
    rarer: Every | None = None  # "fewer of these" makes it this; None: it is the rarest already


@dataclass(frozen=True)
class FormShown:
    prompt_id: str | None
    reflection_id: str | None
    question_id: str | None
    partners: tuple[Partner, ...]  # whom it may be shared with
    shared_with: str | None = None  # match
    body: str = field(default="", repr=False)


@dataclass(frozen=True)
class Entry:
    """One reflection in its author's log."""

    reflection_id: str
    question_id: str | None
    written_at: datetime
    is_edited: bool
    shared_with: Partner | None
    may_share_with: Partner | None
    body: str = field(repr=False)


@dataclass(frozen=True)
class Log:
    open_prompts: tuple[PromptShown, ...]
    entries: tuple[Entry, ...]  # newest first
    page: int
    has_older: bool
    shared_by_partners: int


@dataclass(frozen=True)
class SharedReflection:
    """What a partner reads, once its author shared it."""

    author: Partner
    question_id: str | None
    written_at: datetime
    body: str = field(repr=False)


@dataclass(frozen=True)
class SharedLog:
    entries: tuple[SharedReflection, ...]  # newest first
    page: int
    has_older: bool


# Events


@dataclass(frozen=True)
class Place:
    """A message in the bot's DM."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Saved:
    reflection_id: str
    question_id: str | None
    shared_with: Partner | None
    newly_shared: bool  # the partner will be told
    may_share_with: Partner | None
    prompt_id: str | None = None
    asked_at: Place | None = None  # the message that asked


@dataclass(frozen=True)
class Updated:
    """The text of a stored reflection follows its message."""


@dataclass(frozen=True)
class Deleted:
    was_shared_with: Partner | None


@dataclass(frozen=True)
class Snoozed:
    prompt: PromptShown
    until: datetime


@dataclass(frozen=True)
class RhythmSet:
    partner: Partner
    every: Every
    was: Every
    next_at: datetime | None


@dataclass(frozen=True)
class Offer:
    """What was typed may be the answer to one of these; nothing of it is stored."""

    prompts: tuple[PromptShown, ...]


@dataclass(frozen=True)
class NothingOpen:
    """What was typed is no answer to anything."""


@dataclass(frozen=True)
class NoWords:
    """A file or a picture without a text: only words are kept."""


# Refusals


@dataclass(eq=False)
class PromptClosed(Refusal):
    """It was answered, skipped, or nobody is asked any more."""

    prompt_id: str
    reason: Literal["answered", "over"]


@dataclass(eq=False)
class MessageGone(Refusal):
    """The typed message that was to be kept isn't there any more, or is somebody else's."""


@dataclass(eq=False)
class MessageUnread(Refusal):
    """Slack did not let the bot read the typed message back just now."""

    prompt_id: str


@dataclass(eq=False)
class TypedTooLong(Refusal):
    """A typed answer longer than is kept; it can be shortened where it is."""

    limit: int
    prompt_id: str | None = None


def rarer(every: Every) -> Every | None:
    """The next rarer rhythm: half as often, or about that."""
    return {Every.WEEK: Every.TWO_WEEKS, Every.TWO_WEEKS: Every.MONTH}.get(every)


def phase(sessions_held: int) -> Literal["preparing", "enabling"]:
    """Which questions suit a pair: until the two have met, those about setting out."""
    return "enabling" if sessions_held else "preparing"
