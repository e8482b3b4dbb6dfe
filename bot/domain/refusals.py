"""Why something is not done. Refusals carry data; `bot.views.refusals` finds the words.

Features add theirs in their own domain module, as frozen dataclasses that derive from `Refusal`,
and a sentence for each in their view module. `field` names the form input (block id) that is to
be mended, where there is one.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Refusal(Exception):
    """Something that is not possible, with what is needed to say so."""

    field: ClassVar[str | None] = None


@dataclass(frozen=True)
class NotFound(Refusal):
    """No such thing for this person: it never was, is somebody else's, or is another workspace's.
    The three must read the same, so that ids cannot be probed."""


@dataclass(frozen=True)
class OutOfDate(Refusal):
    """The button or form is older than what it would change."""


@dataclass(frozen=True)
class MatchOver(Refusal):
    """The match has ended; what belonged to it can no longer be changed."""


@dataclass(frozen=True)
class InvalidField(Refusal):
    """One input of a form cannot be taken as it is. `code` says why, `limit` how much is right."""

    input: str  # block id
    code: str  # required, too_long, past, too_far, end_before_start, not_a_person, bad_link …
    limit: int | None = None

    @property
    def block_id(self) -> str:
        return self.input


@dataclass(frozen=True)
class NotALead(Refusal):
    """Only leads may do this; `leads` are the ones to ask (Slack user ids)."""

    leads: tuple[str, ...]
    wish: str = "lead"  # what to ask them for: "lead" or "program"


@dataclass(frozen=True)
class UnknownWord(Refusal):
    """No command has this word; `nearest` is one that might be meant."""

    nearest: str | None
