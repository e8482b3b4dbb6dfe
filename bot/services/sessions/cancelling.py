"""Calling a session off, with another time in the same step if there is one."""

from bot.domain.deliveries import SESSION_CANCELLED
from bot.domain.lifecycle import SESSION, SessionState
from bot.domain.sessions import rules
from bot.domain.sessions.commands import Cancel, OnSession, Propose
from bot.domain.sessions.events import Cancelled, Proposed
from bot.domain.sessions.refusals import SessionChanged
from bot.domain.sessions.shown import SessionSummary
from bot.services import access, deliveries, transitions
from bot.services.sessions import proposing, reminders, rows
from bot.services.sessions.listing import changeable, slot_for
from bot.services.sessions.notes import notes, reaches_late
from bot.storage import sealed
from bot.storage.models import Match, MentoringSession
from bot.storage.unit_of_work import Tx


def open_cancel(tx: Tx, command: OnSession) -> SessionSummary:
    """The session that is about to be called off."""
    row, match = changeable(tx, command)
    return rows.summary(tx, row, match, command.actor.person_id)


def cancel(tx: Tx, command: Cancel) -> Cancelled:
    """Call it off and tell the partner, in one message with the other time if one is proposed.
    Pressed twice, it is called off once."""
    row, match = access.get_session(tx, command.actor, command.session_id)
    me = access.get_person(tx, match.workspace_id, command.actor.person_id)
    if row.state is SessionState.CANCELLED:
        return Cancelled(rows.summary(tx, row, match, me.id))
    row, match = changeable(tx, command)
    if rows.version(row) != command.version:
        raise SessionChanged
    late = row.start_at is not None and row.start_at - tx.now < rules.LATE
    reason = "cancelled_late" if late else "cancelled"
    transitions.step(tx, command.actor, row, "session", SESSION, SessionState.CANCELLED, reason)
    proposing.forget_unsent(tx, row)
    reminders.forget(tx, row, "cancelled")
    replacement = _replace(tx, command, row, match)
    rows.touch(tx, match)
    other = access.partner_of(tx, match, me.id)
    deliveries.tell(
        tx,
        SESSION_CANCELLED,
        other,
        row.id,
        match=match,
        session=row,
        params={"replacement": replacement.session.id} if replacement else {},
    )
    shown = rows.summary(tx, row, match, me.id)
    late_news = reaches_late(tx, SESSION_CANCELLED, other, match, shown.slot)
    return Cancelled(shown, replacement, late_news)


def _replace(tx: Tx, command: Cancel, row: MentoringSession, match: Match) -> Proposed | None:
    """The other time: of the same length, at the same place, with the same agenda."""
    draft, was = command.replacement, rows.agreed(row) or rows.suggested(row)
    if draft is None or was is None:
        return None
    me = access.get_person(tx, match.workspace_id, command.actor.person_id)
    other = rows.living_partner(tx, match, me.id)
    agenda = sealed.read(row, "agenda") or ""
    full = rules.same_again(draft, was, agenda)
    slot = slot_for(tx, match, Propose(command.actor, match.id, full), me.tz, None)
    new = proposing.new_proposal(tx, command.actor, match, slot, agenda)
    return Proposed(rows.summary(tx, new, match, me.id), notes(tx, match, me, other, full, slot))
