"""The state machines: which states exist and which steps between them are legal.

A step that is not listed is refused. Nothing here knows how a state is stored or shown.
"""

from collections.abc import Mapping
from enum import StrEnum


class ProgramState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class ParticipantState(StrEnum):
    READY = "ready"
    WITHDRAWN = "withdrawn"
    LEFT = "left"


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> "Role":
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class MatchState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    CLOSED = "closed"  # a proposal that came to nothing; neither side hears why
    ENDED = "ended"


class SessionState(StrEnum):
    PROPOSED = "proposed"
    SCHEDULED = "scheduled"
    HELD = "held"
    NOT_HELD = "not_held"
    UNKNOWN = "unknown"  # nobody said; neither success nor failure
    CANCELLED = "cancelled"
    LAPSED = "lapsed"  # a proposal nobody answered within seven days


class PromptState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    LAPSED = "lapsed"


class Visibility(StrEnum):
    ONLY_ME = "only_me"
    PARTNER = "partner"


class DeliveryState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    POSTING = "posting"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    DEAD = "dead"


PROGRAM: Mapping[ProgramState, frozenset[ProgramState]] = {
    ProgramState.ACTIVE: frozenset({ProgramState.PAUSED, ProgramState.CLOSED}),
    ProgramState.PAUSED: frozenset({ProgramState.ACTIVE, ProgramState.CLOSED}),
    ProgramState.CLOSED: frozenset(),
}

PARTICIPANT: Mapping[ParticipantState, frozenset[ParticipantState]] = {
    ParticipantState.READY: frozenset({ParticipantState.WITHDRAWN, ParticipantState.LEFT}),
    ParticipantState.WITHDRAWN: frozenset({ParticipantState.READY, ParticipantState.LEFT}),
    ParticipantState.LEFT: frozenset({ParticipantState.READY}),
}

MATCH: Mapping[MatchState, frozenset[MatchState]] = {
    MatchState.PROPOSED: frozenset({MatchState.ACTIVE, MatchState.CLOSED}),
    MatchState.ACTIVE: frozenset({MatchState.ENDED}),
    MatchState.CLOSED: frozenset(),
    MatchState.ENDED: frozenset(),
}

SESSION: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.PROPOSED: frozenset(
        {SessionState.SCHEDULED, SessionState.CANCELLED, SessionState.LAPSED}
    ),
    SessionState.SCHEDULED: frozenset(
        {
            SessionState.HELD,
            SessionState.NOT_HELD,
            SessionState.UNKNOWN,
            SessionState.CANCELLED,
        }
    ),
    # Somebody may remember later that they did meet, or correct a wrong press.
    SessionState.UNKNOWN: frozenset({SessionState.HELD, SessionState.NOT_HELD}),
    SessionState.NOT_HELD: frozenset({SessionState.HELD}),
    SessionState.HELD: frozenset(),
    SessionState.CANCELLED: frozenset(),
    SessionState.LAPSED: frozenset(),
}

PROMPT: Mapping[PromptState, frozenset[PromptState]] = {
    PromptState.PLANNED: frozenset(
        {PromptState.SENT, PromptState.SKIPPED, PromptState.LAPSED, PromptState.ANSWERED}
    ),
    PromptState.SENT: frozenset(
        {PromptState.ANSWERED, PromptState.SNOOZED, PromptState.SKIPPED, PromptState.LAPSED}
    ),
    PromptState.SNOOZED: frozenset(
        {PromptState.SENT, PromptState.ANSWERED, PromptState.SKIPPED, PromptState.LAPSED}
    ),
    # A late answer is still an answer; a skipped one may be taken up again from App Home.
    PromptState.SKIPPED: frozenset({PromptState.ANSWERED}),
    PromptState.LAPSED: frozenset({PromptState.ANSWERED}),
    PromptState.ANSWERED: frozenset({PromptState.SKIPPED}),  # its author deleted the answer
}

DELIVERY: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.PENDING: frozenset(
        {
            DeliveryState.LEASED,
            DeliveryState.SKIPPED,
            DeliveryState.CANCELLED,
            DeliveryState.DEAD,
        }
    ),
    DeliveryState.LEASED: frozenset(
        {
            DeliveryState.PENDING,
            DeliveryState.POSTING,
            DeliveryState.SKIPPED,
            DeliveryState.CANCELLED,
            DeliveryState.DEAD,
        }
    ),
    DeliveryState.POSTING: frozenset(
        {
            DeliveryState.SENT,
            DeliveryState.PENDING,
            DeliveryState.SKIPPED,
            DeliveryState.UNKNOWN,
            DeliveryState.DEAD,
        }
    ),
    # The reader of an unknown one may be asked, and say "I see it" or "post again".
    DeliveryState.UNKNOWN: frozenset({DeliveryState.SENT, DeliveryState.PENDING}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.SKIPPED: frozenset(),
    DeliveryState.CANCELLED: frozenset(),
    DeliveryState.DEAD: frozenset(),
}
