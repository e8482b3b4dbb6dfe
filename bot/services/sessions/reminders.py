"""The messages around an agreed time: the day before, a quarter of an hour before for those who
asked for it, and afterwards the question whether they met.

Their keys carry the session's revision, and what a message says is loaded when it is sent: for a
time that has moved meanwhile there is nothing to say.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.deliveries import DID_YOU_MEET, SESSION_REMINDER, SESSION_SOON, Kind
from bot.domain.lifecycle import PROMPT, DeliveryState, MatchState, PromptState, SessionState
from bot.domain.sessions.shown import ReminderMessage, SessionSummary, SoonMessage
from bot.services import access, deliveries
from bot.services.loading import Skip, loads
from bot.services.sessions import rows
from bot.storage.models import Delivery, Match, MentoringSession, Person, Prompt
from bot.storage.unit_of_work import Tx

AROUND = (SESSION_REMINDER, SESSION_SOON, DID_YOU_MEET)

_DAY_BEFORE = timedelta(hours=24)
_QUARTER = timedelta(minutes=15)
_AFTERWARDS = timedelta(hours=1)


def plan(tx: Tx, row: MentoringSession, match: Match) -> None:
    """Plan what surrounds the agreed time, in place of what surrounded an older one."""
    forget(tx, row, "moved")
    for person_id in (match.mentor_id, match.mentee_id):
        person = access.get_person(tx, match.workspace_id, person_id)
        _plan_day_before(tx, row, match, person)
        if person.soon_reminder:
            _plan_soon(tx, row, match, person)
        _plan_question(tx, row, match, person)


def forget(tx: Tx, row: MentoringSession, reason: str) -> None:
    """Cancel what is still waiting around a session's time, and let go of what was asked."""
    deliveries.cancel(tx, reason, workspace_id=row.workspace_id, session_id=row.id, kinds=AROUND)
    let_go(tx, row)


def let_go(tx: Tx, row: MentoringSession) -> None:
    """The question whether they met needs no answer any more; a late one still counts."""
    query = select(Prompt).where(
        Prompt.workspace_id == row.workspace_id,
        Prompt.session_id == row.id,
        Prompt.kind == DID_YOU_MEET.name,
    )
    for prompt in tx.session.scalars(query):
        if PromptState.LAPSED in PROMPT[prompt.state]:
            prompt.state = PromptState.LAPSED


def replan_reminders(tx: Tx, person: Person) -> None:
    """After somebody asked for the reminder shortly before: plan it for the sessions to come. For
    those who no longer want it nothing is done: it is looked at again when it is to be sent."""
    if not person.soon_reminder:
        return
    for match in access.active_matches(tx, person.workspace_id, person.id):
        for row in rows.that_matter(tx, match, person.id):
            if row.state is SessionState.SCHEDULED:
                _plan_soon(tx, row, match, person)


def _plan_day_before(tx: Tx, row: MentoringSession, match: Match, person: Person) -> None:
    start = _start(row)
    delivery = _tell(tx, SESSION_REMINDER, row, match, person, "day", start - _DAY_BEFORE)
    if delivery is not None and delivery.due_at <= tx.now:
        deliveries.close(tx, delivery, DeliveryState.SKIPPED, "past")


def _plan_soon(tx: Tx, row: MentoringSession, match: Match, person: Person) -> None:
    _tell(tx, SESSION_SOON, row, match, person, "soon", _start(row) - _QUARTER)


def _plan_question(tx: Tx, row: MentoringSession, match: Match, person: Person) -> None:
    ended = row.end_at or _start(row)
    key = f"{row.id}|{row.revision}|met"
    after = ended + _AFTERWARDS
    deliveries.ask(tx, DID_YOU_MEET, person, key, match=match, session=row, planned_for=after)


def _tell(
    tx: Tx,
    kind: Kind,
    row: MentoringSession,
    match: Match,
    person: Person,
    part: str,
    planned_for: datetime,
) -> Delivery | None:
    if planned_for <= tx.now:
        return None
    return deliveries.tell(
        tx,
        kind,
        person,
        f"{row.id}|{row.revision}|{part}",
        match=match,
        session=row,
        params={"revision": str(row.revision)},
        planned_for=planned_for,
        expires_at=_start(row),
    )


def _start(row: MentoringSession) -> datetime:
    if row.start_at is None:
        raise ValueError("only an agreed session has reminders")
    return row.start_at


@loads(SESSION_REMINDER)
def _reminder(tx: Tx, delivery: Delivery) -> ReminderMessage | Skip:
    shown = _upcoming(tx, delivery)
    if isinstance(shown, Skip):
        return shown
    match = tx.session.get_one(Match, (delivery.workspace_id, shown.match_id))
    return ReminderMessage(shown, "work" if rows.was_held_before(tx, match) else "kickoff")


@loads(SESSION_SOON)
def _soon(tx: Tx, delivery: Delivery) -> SoonMessage | Skip:
    shown = _upcoming(tx, delivery)
    if isinstance(shown, Skip):
        return shown
    reader = access.get_person(tx, delivery.workspace_id, delivery.person_id or "")
    return SoonMessage(shown) if reader.soon_reminder else Skip("not_wanted")


def _upcoming(tx: Tx, delivery: Delivery) -> SessionSummary | Skip:
    """The session as its reader sees it, if its time is still the one this was planned for."""
    row, match = rows.of_delivery(tx, delivery)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    if row.state is not SessionState.SCHEDULED or str(row.revision) != delivery.params["revision"]:
        return Skip("session_changed")
    if row.start_at is None or row.start_at <= tx.now:
        return Skip("started")
    if access.partner_of(tx, match, delivery.person_id or "").is_deactivated:
        return Skip("partner_gone")
    return rows.summary(tx, row, match, delivery.person_id or "")
