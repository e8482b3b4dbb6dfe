"""What time alone changes: suggestions nobody answered, and sessions nobody spoke of. Nobody is
told."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, select

from bot.domain.deliveries import DID_YOU_MEET, SESSION_PROPOSED
from bot.domain.lifecycle import (
    SESSION,
    DeliveryState,
    MatchState,
    PromptState,
    SessionState,
)
from bot.domain.sessions import rules
from bot.services import transitions
from bot.services.maintenance import sweeps
from bot.services.sessions import meeting, proposing, reminders
from bot.storage.models import Delivery, Match, MentoringSession, Prompt
from bot.storage.unit_of_work import Tx

_AT_ONCE = 200


@sweeps
def sweep(tx: Tx, _: None) -> int:
    """Let go of suggestions after seven days without an answer, and settle sessions after seven
    days without a word; how many there were."""
    return _lapse_suggestions(tx) + _settle_silent(tx)


def _lapse_suggestions(tx: Tx) -> int:
    changed = 0
    for row in _locked(tx, _is_open(), MentoringSession.proposed_at <= _before(tx), _was_read(tx)):
        proposing.forget_unsent(tx, row)
        if row.state is SessionState.PROPOSED:
            transitions.step(tx, None, row, "session", SESSION, SessionState.LAPSED)
        else:
            proposing.take_away(row)
            transitions.note(tx, None, row, "session", "move_lapsed")
        changed += 1
    return changed


def _settle_silent(tx: Tx) -> int:
    changed = 0
    scheduled = MentoringSession.state == SessionState.SCHEDULED
    for row in _locked(tx, scheduled, MentoringSession.end_at <= _before(tx), ~_is_asked(tx)):
        became = rules.outcome(meeting.answers(row), silent=True)
        if became is not None:
            transitions.step(tx, None, row, "session", SESSION, became, "silence")
            reminders.let_go(tx, row)
            changed += 1
    return changed


def _locked(tx: Tx, *conditions: ColumnElement[bool]) -> Iterator[MentoringSession]:
    """Sessions of matches under way, each with its match locked, as every change of one does."""
    query = (
        select(MentoringSession)
        .join(
            Match,
            (Match.workspace_id == MentoringSession.workspace_id)
            & (Match.id == MentoringSession.match_id),
        )
        .where(Match.state == MatchState.ACTIVE, *conditions)
        .order_by(MentoringSession.id)
        .limit(_AT_ONCE)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True)
    yield from list(tx.session.scalars(query))


def _before(tx: Tx) -> datetime:
    return tx.now - rules.LAPSES_AFTER


def _is_open() -> ColumnElement[bool]:
    return MentoringSession.state.in_([SessionState.PROPOSED, SessionState.SCHEDULED])


def _was_read(tx: Tx) -> ColumnElement[bool]:
    """No message about it is still on its way, or arrived less than seven days ago: the days of
    somebody on leave do not count."""
    under_way = (DeliveryState.PENDING, DeliveryState.LEASED, DeliveryState.POSTING)
    recent = (
        select(Delivery.id)
        .where(
            Delivery.workspace_id == MentoringSession.workspace_id,
            Delivery.session_id == MentoringSession.id,
            Delivery.kind == SESSION_PROPOSED.name,
            Delivery.state.in_(under_way) | (Delivery.sent_at > _before(tx)),
        )
        .exists()
    )
    return ~recent


def _is_asked(tx: Tx) -> ColumnElement[bool]:
    """Somebody may still answer: they are to be asked again, or were asked a short while ago."""
    return (
        select(Prompt.id)
        .where(
            Prompt.workspace_id == MentoringSession.workspace_id,
            Prompt.session_id == MentoringSession.id,
            Prompt.kind == DID_YOU_MEET.name,
            (Prompt.state == PromptState.SNOOZED)
            | ((Prompt.state == PromptState.SENT) & (Prompt.lapses_at > tx.now)),
        )
        .exists()
    )
