"""The agenda the two of a pair share."""

import hashlib

from bot.domain.lifecycle import SessionState
from bot.domain.sessions import rules
from bot.domain.sessions.commands import OnSession, SetAgenda
from bot.domain.sessions.events import AgendaSaved
from bot.domain.sessions.refusals import AgendaChanged, SessionChanged
from bot.domain.sessions.shown import AgendaSummary
from bot.services import access
from bot.services.sessions import rows
from bot.storage import sealed
from bot.storage.models import Match, MentoringSession
from bot.storage.unit_of_work import Tx


def open_agenda(tx: Tx, command: OnSession) -> AgendaSummary:
    row, match = _open_session(tx, command)
    shown = rows.summary(tx, row, match, command.actor.person_id)
    return AgendaSummary(shown, shown.agenda or "", _stamp(row))


def set_agenda(tx: Tx, command: SetAgenda) -> AgendaSaved:
    """Replace the agenda, unless the partner changed it while this one was being written."""
    row, match = _open_session(tx, command)
    text = rules.checked_agenda(command.text)
    if text != sealed.read(row, "agenda"):
        if _stamp(row) != command.stamp:
            raise AgendaChanged(row.id)
        sealed.write(row, "agenda", text)
    return AgendaSaved(rows.summary(tx, row, match, command.actor.person_id))


def _open_session(tx: Tx, command: OnSession | SetAgenda) -> tuple[MentoringSession, Match]:
    row, match = access.get_session(tx, command.actor, command.session_id)
    if row.state not in {SessionState.PROPOSED, SessionState.SCHEDULED}:
        raise SessionChanged
    return row, match


def _stamp(row: MentoringSession) -> str:
    """Tells one text of this row from another and says nothing about either."""
    text = sealed.read(row, "agenda") or ""
    return hashlib.sha256(f"{row.id}|{text}".encode()).hexdigest()[:16]
