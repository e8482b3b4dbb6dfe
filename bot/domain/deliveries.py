"""What kinds of message the bot sends on its own, and the rules each obeys.

The one table that planning, sending and rescuing look into. A new kind is a row here, a loader
in its service and a renderer in its view.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    PROMPT = "prompt"  # the bot starts it: windows, leave, caps, and `stop` hold it back
    TRANSACTIONAL = "transactional"  # follows from what people did or agreed: windows and leave
    ANSWER = "answer"  # to one's own action: leaves at once
    SAFETY = "safety"  # somebody asked for help: leaves at once


# Who goes first when Slack's limits make messages queue: answers and calls for help, then what
# people wait for from each other, then what the bot starts itself.
RANKS = (0, 1, 2)
_RANK = {Purpose.SAFETY: 0, Purpose.ANSWER: 0, Purpose.TRANSACTIONAL: 1, Purpose.PROMPT: 2}


class Conversation(StrEnum):
    DM = "dm"  # the bot's own DM with one person, which it may read back
    GROUP = "group"  # the pair's group DM, which it must not read
    CHANNEL = "channel"


class Window(StrEnum):
    DEFER = "defer"  # outside the reader's hours it waits for them
    RETREAT = "retreat"  # it moves back to the last minute of the hours before
    NONE = "none"


class WhenUnsure(StrEnum):
    """What to do when it cannot be known whether Slack took a post."""

    REPOST = "repost"  # a double is harmless, a miss is not
    KEEP = "keep"  # stays unknown; the reader finds the open prompt in App Home
    ASK = "ask"  # somebody who would see it is asked privately


@dataclass(frozen=True)
class Kind:
    name: str
    purpose: Purpose
    conversation: Conversation = Conversation.DM
    window: Window = Window.DEFER
    grace: timedelta | None = None  # later than planned by this much, it is no longer worth it
    when_unsure: WhenUnsure = WhenUnsure.REPOST

    @property
    def rank(self) -> int:
        """Its turn among those that are due: one of `RANKS`, lower first."""
        return _RANK[self.purpose]

    def conversation_id(
        self, person_id: str | None, match_id: str | None, channel: str | None
    ) -> str | None:
        """What stands for the conversation it goes to, known before Slack's own id is."""
        if self.conversation is Conversation.DM:
            return person_id
        return (match_id if self.conversation is Conversation.GROUP else None) or channel


_PROMPT_GRACE = timedelta(hours=48)

KINDS: dict[str, Kind] = {}


def _kind(
    name: str,
    purpose: Purpose,
    conversation: Conversation = Conversation.DM,
    window: Window = Window.DEFER,
    grace: timedelta | None = None,
    when_unsure: WhenUnsure = WhenUnsure.REPOST,
) -> Kind:
    KINDS[name] = Kind(name, purpose, conversation, window, grace, when_unsure)
    return KINDS[name]


_ANSWER, _SAFETY = Purpose.ANSWER, Purpose.SAFETY
_PROMPT, _TRANSACTIONAL = Purpose.PROMPT, Purpose.TRANSACTIONAL
_NOW = Window.NONE

# Getting started
WELCOME_INSTALLER = _kind("welcome.installer", _ANSWER, window=_NOW)
LEAD_WISH = _kind("lead.wish", _TRANSACTIONAL)
LEAD_ADDED = _kind("lead.added", _TRANSACTIONAL)
ANNOUNCEMENT = _kind(
    "program.announcement", _ANSWER, Conversation.CHANNEL, _NOW, when_unsure=WhenUnsure.ASK
)
NOT_ANNOUNCED = _kind("program.not_announced", _ANSWER, window=_NOW)
HELP_ASKED = _kind("help.asked", _SAFETY, window=_NOW)

# A pair
PROPOSAL = _kind("match.proposal", _TRANSACTIONAL)
PROPOSAL_REMINDER = _kind("match.proposal_reminder", _TRANSACTIONAL)
PROPOSAL_CLOSED = _kind("match.proposal_closed", _TRANSACTIONAL)  # to the lead: "not this time"
INTRODUCTION = _kind("match.introduction", _TRANSACTIONAL)
OPENING = _kind("match.opening", _TRANSACTIONAL, Conversation.GROUP, when_unsure=WhenUnsure.ASK)
RHYTHM_CHANGED = _kind("match.rhythm_changed", _TRANSACTIONAL)
MATCH_ENDED = _kind("match.ended", _TRANSACTIONAL)

# Sessions
SESSION_PROPOSED = _kind("session.proposed", _TRANSACTIONAL)
SESSION_AGREED = _kind("session.agreed", _TRANSACTIONAL)
SESSION_CHANGED = _kind("session.changed", _TRANSACTIONAL)
SESSION_CANCELLED = _kind("session.cancelled", _TRANSACTIONAL)
SESSION_REMINDER = _kind("session.reminder", _TRANSACTIONAL, window=Window.RETREAT)
SESSION_SOON = _kind("session.soon", _TRANSACTIONAL, window=_NOW)
DID_YOU_MEET = _kind("session.did_you_meet", _PROMPT, grace=_PROMPT_GRACE)

# Reflections
REFLECTION = _kind("reflection.prompt", _PROMPT, grace=_PROMPT_GRACE, when_unsure=WhenUnsure.KEEP)
REFLECTION_SHARED = _kind("reflection.shared", _TRANSACTIONAL)

# Absence and programme
PARTNER_AWAY = _kind("leave.partner", _TRANSACTIONAL)
PARTNER_BACK = _kind("leave.partner_back", _TRANSACTIONAL)
WELCOME_BACK = _kind("leave.back", _PROMPT, grace=_PROMPT_GRACE)
DIGEST = _kind("program.digest", _TRANSACTIONAL, grace=timedelta(hours=48))

# About the bot itself
DID_IT_ARRIVE = _kind("delivery.did_it_arrive", _TRANSACTIONAL)
CANNOT_REACH = _kind("delivery.cannot_reach", _TRANSACTIONAL)  # to a lead

# Prompts that wait for an answer, by name; the others only say something.
QUESTIONS = frozenset({DID_YOU_MEET.name, REFLECTION.name})
