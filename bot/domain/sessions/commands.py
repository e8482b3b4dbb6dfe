"""What people ask of sessions."""

from dataclasses import dataclass, field

from bot.domain.actor import Actor
from bot.domain.sessions.shown import Draft, Later


@dataclass(frozen=True)
class ListSessions:
    actor: Actor
    who: str = ""  # a match, a Slack user id, a name, or nothing


@dataclass(frozen=True)
class OpenForm:
    """For a new session of a match, or for another time of a session."""

    actor: Actor
    match_id: str = ""
    session_id: str = ""


@dataclass(frozen=True)
class Propose:
    actor: Actor
    match_id: str
    draft: Draft


@dataclass(frozen=True)
class Suggest:
    """Another time for a session, agreed or not."""

    actor: Actor
    session_id: str
    version: str
    draft: Draft


@dataclass(frozen=True)
class OnSession:
    """A press on a session as it stood at `version`."""

    actor: Actor
    session_id: str
    version: str = ""


@dataclass(frozen=True)
class Cancel:
    actor: Actor
    session_id: str
    version: str
    replacement: Draft | None = None


@dataclass(frozen=True)
class SetAgenda:
    actor: Actor
    session_id: str
    text: str = field(repr=False)
    stamp: str


@dataclass(frozen=True)
class SayMet:
    actor: Actor
    session_id: str
    version: str
    met: bool


@dataclass(frozen=True)
class AskLater:
    actor: Actor
    session_id: str
    version: str
    later: Later
