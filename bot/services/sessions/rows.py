"""Sessions read from their rows: as one of the two sees them, and in relation to each other."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, select

from bot.domain.lifecycle import Role, SessionState
from bot.domain.sessions.refusals import PartnerGone
from bot.domain.sessions.shown import Partner, SessionSummary, Slot
from bot.services import access, home
from bot.storage import sealed
from bot.storage.models import Delivery, Match, MentoringSession, Person
from bot.storage.unit_of_work import Tx


def version(row: MentoringSession) -> str:
    """Changes with each suggestion and each agreement: what a button or form was shown for."""
    return f"{row.revision}.{row.proposal}"


def partner(tx: Tx, match: Match, person_id: str) -> Partner:
    other = access.partner_of(tx, match, person_id)
    return Partner(other.slack_user_id, other.name, other.tz)


def living_partner(tx: Tx, match: Match, person_id: str) -> Person:
    """Raises `PartnerGone` when nobody could read what is about to be sent."""
    other = access.partner_of(tx, match, person_id)
    if other.is_deactivated:
        raise PartnerGone
    return other


def of_delivery(tx: Tx, delivery: Delivery) -> tuple[MentoringSession, Match]:
    """What a message about a session is about."""
    row = tx.session.get_one(MentoringSession, (delivery.workspace_id, delivery.session_id))
    return row, tx.session.get_one(Match, (delivery.workspace_id, row.match_id))


def touch(tx: Tx, match: Match) -> None:
    """What the App Home of both shows has changed."""
    for person_id in (match.mentor_id, match.mentee_id):
        home.mark_stale(tx, access.get_person(tx, match.workspace_id, person_id))


def agreed(row: MentoringSession) -> Slot | None:
    if row.start_at is None or row.end_at is None:
        return None
    minutes = (row.end_at - row.start_at) // timedelta(minutes=1)
    return Slot(row.start_at, minutes, sealed.read(row, "place"))


def suggested(row: MentoringSession) -> Slot | None:
    if row.proposed_start_at is None or row.proposed_minutes is None:
        return None
    place = sealed.read(row, "proposed_place")
    return Slot(row.proposed_start_at, row.proposed_minutes, place)


def summary(tx: Tx, row: MentoringSession, match: Match, person_id: str) -> SessionSummary:
    mentor = access.role_in(match, person_id) is Role.MENTOR
    start = row.start_at or row.proposed_start_at
    return SessionSummary(
        id=row.id,
        match_id=match.id,
        partner=partner(tx, match, person_id),
        state=row.state,
        agreed=agreed(row),
        suggested=suggested(row),
        mine=row.proposed_by == person_id,
        version=version(row),
        agenda=sealed.read(row, "agenda"),
        started=start is not None and start <= tx.now,
        my_answer=row.mentor_met if mentor else row.mentee_met,
    )


def that_matter(tx: Tx, match: Match, person_id: str) -> list[MentoringSession]:
    """What is agreed or proposed, and what this person has not said yet whether it took place;
    soonest first."""
    rows = tx.session.scalars(select(MentoringSession).where(*_of(match), _is_open()))
    mentor = access.role_in(match, person_id) is Role.MENTOR
    kept = [
        row
        for row in rows
        if row.state is SessionState.PROPOSED
        or (row.end_at is not None and row.end_at > tx.now)
        or (row.mentor_met if mentor else row.mentee_met) is None
    ]
    return sorted(kept, key=lambda row: (row.start_at or row.proposed_start_at or tx.now, row.id))


def proposals(tx: Tx, match: Match) -> list[MentoringSession]:
    """Proposals that nobody has answered."""
    query = (
        select(MentoringSession)
        .where(*_of(match), MentoringSession.state == SessionState.PROPOSED)
        .order_by(MentoringSession.proposed_at, MentoringSession.id)
    )
    return list(tx.session.scalars(query))


def is_taken(tx: Tx, match: Match, slot: Slot, but: str = "") -> bool:
    """Whether another session the pair has agreed on overlaps `slot`; `but` is not counted."""
    return tx.session.scalar(_overlapping(slot).where(*_of(match)).where(_other(but))) is not None


def has_other(tx: Tx, person: Person, match: Match, slot: Slot) -> bool:
    """Whether this person has agreed on a session with somebody else that overlaps `slot`."""
    others = [m.id for m in access.active_matches(tx, person.workspace_id, person.id)]
    query = _overlapping(slot).where(
        MentoringSession.workspace_id == person.workspace_id,
        MentoringSession.match_id.in_([m for m in others if m != match.id]),
    )
    return tx.session.scalar(query) is not None


def overlaps(row: MentoringSession, slot: Slot) -> bool:
    other = suggested(row)
    return other is not None and other.start < slot.end and slot.start < other.end


def was_held_before(tx: Tx, match: Match) -> bool:
    query = select(MentoringSession.id).where(
        *_of(match), MentoringSession.state == SessionState.HELD
    )
    return tx.session.scalar(query.limit(1)) is not None


def _overlapping(slot: Slot) -> Select[str]:
    return (
        select(MentoringSession.id)
        .where(
            MentoringSession.state == SessionState.SCHEDULED,
            MentoringSession.start_at < slot.end,
            MentoringSession.end_at > slot.start,
        )
        .limit(1)
    )


def _of(match: Match) -> tuple[ColumnElement[bool], ...]:
    return (
        MentoringSession.workspace_id == match.workspace_id,
        MentoringSession.match_id == match.id,
    )


def _other(session_id: str) -> ColumnElement[bool]:
    return MentoringSession.id != session_id


def _is_open() -> ColumnElement[bool]:
    return MentoringSession.state.in_([SessionState.PROPOSED, SessionState.SCHEDULED])
