"""Why something is not done. Refusals carry data; `bot.views.refusals` finds the words.

Features add theirs in their own domain module, as dataclasses that derive from `Refusal`,
and a sentence for each in their view module. They are not frozen: Python itself writes to an
exception that passes through a context manager.
"""

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):
    """Something that is not possible, with what is needed to say so."""


@dataclass(eq=False)
class NotFound(Refusal):
    """No such thing for this person: it never was, is somebody else's, or is another workspace's.
    The three must read the same, so that ids cannot be probed."""


@dataclass(eq=False)
class OutOfDate(Refusal):
    """The button or form is older than what it would change."""


@dataclass(eq=False)
class MatchOver(Refusal):
    """The match has ended; what belonged to it can no longer be changed."""


@dataclass(eq=False)
class InvalidField(Refusal):
    """One input of a form cannot be taken as it is. `code` says why, `limit` how much is right."""

    input: str  # block id
    code: str  # required, too_long, past, too_far, end_before_start, not_a_person, bad_link …
    limit: int | None = None


@dataclass(eq=False)
class NotALead(Refusal):
    """Only leads may do this; `leads` are the ones to ask (Slack user ids)."""

    leads: tuple[str, ...]
    program_id: str | None = None  # the programme it is about; None: to run one at all


@dataclass(eq=False)
class UnknownWord(Refusal):
    """No command has this word; `nearest` is one that might be meant."""

    nearest: str | None
