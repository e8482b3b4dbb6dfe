"""Why something about sessions is not done."""

from dataclasses import dataclass

from bot.domain.refusals import Refusal


@dataclass(eq=False)
class NoPartner(Refusal):
    """Nobody to meet: no match of this person is under way."""

    joined: bool


@dataclass(eq=False)
class NotYourPartner(Refusal):
    """Sessions are held with one's own partners only."""


@dataclass(eq=False)
class PartnerGone(Refusal):
    """The partner's account is deactivated."""


@dataclass(eq=False)
class SessionChanged(Refusal):
    """The session is not as it was when the button or form was shown."""


@dataclass(eq=False)
class SessionPassed(Refusal):
    """The time has passed, so it can be neither accepted nor changed."""

    match_id: str


@dataclass(eq=False)
class TimeTaken(Refusal):
    """The pair has agreed on another session meanwhile that overlaps this time."""


@dataclass(eq=False)
class AgendaChanged(Refusal):
    """The partner saved another agenda while this one was being written."""

    session_id: str
