"""What the messages about a session's time say, loaded when they are sent."""

from bot.domain.deliveries import (
    SESSION_AGREED,
    SESSION_CANCELLED,
    SESSION_CHANGED,
    SESSION_PROPOSED,
)
from bot.domain.lifecycle import MatchState, SessionState
from bot.domain.sessions.shown import (
    AgreedMessage,
    CancelledMessage,
    Change,
    ChangedMessage,
    ProposalMessage,
    SessionSummary,
)
from bot.services.loading import Skip, loads
from bot.services.sessions import rows
from bot.storage.models import Delivery, MentoringSession
from bot.storage.unit_of_work import Tx


@loads(SESSION_PROPOSED)
def _proposed(tx: Tx, delivery: Delivery) -> ProposalMessage | Skip:
    row, match = rows.of_delivery(tx, delivery)
    slot = rows.suggested(row)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    if slot is None or rows.version(row) != delivery.params["version"]:
        return Skip("session_changed")
    if row.state not in {SessionState.PROPOSED, SessionState.SCHEDULED}:
        return Skip("session_changed")
    if slot.start <= tx.now:
        return Skip("passed")
    return ProposalMessage(rows.summary(tx, row, match, delivery.person_id or ""))


@loads(SESSION_AGREED)
def _agreed(tx: Tx, delivery: Delivery) -> AgreedMessage | Skip:
    shown = _still_on(tx, delivery)
    if isinstance(shown, Skip):
        return shown
    revision = int(shown.version.partition(".")[0])
    return AgreedMessage(shown, moved=revision > 1)


@loads(SESSION_CHANGED)
def _changed(tx: Tx, delivery: Delivery) -> ChangedMessage | Skip:
    shown = _still_on(tx, delivery)
    if isinstance(shown, Skip):
        return shown
    return ChangedMessage(shown, Change(delivery.params["change"]))


@loads(SESSION_CANCELLED)
def _cancelled(tx: Tx, delivery: Delivery) -> CancelledMessage | Skip:
    row, match = rows.of_delivery(tx, delivery)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    shown = rows.summary(tx, row, match, delivery.person_id or "")
    return CancelledMessage(shown, row.revision > 0, _replacement(tx, delivery))


def _still_on(tx: Tx, delivery: Delivery) -> SessionSummary | Skip:
    row, match = rows.of_delivery(tx, delivery)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    if row.state is not SessionState.SCHEDULED or row.start_at is None:
        return Skip("session_changed")
    if row.start_at <= tx.now:
        return Skip("started")
    return rows.summary(tx, row, match, delivery.person_id or "")


def _replacement(tx: Tx, delivery: Delivery) -> SessionSummary | None:
    """The session proposed in the same step, while its first proposal stands."""
    session_id = delivery.params.get("replacement")
    row = tx.session.get(MentoringSession, (delivery.workspace_id, session_id or ""))
    if row is None or row.state is not SessionState.PROPOSED or row.proposal != 1:
        return None
    slot = rows.suggested(row)
    if slot is None or slot.start <= tx.now:
        return None
    _, match = rows.of_delivery(tx, delivery)
    return rows.summary(tx, row, match, delivery.person_id or "")
