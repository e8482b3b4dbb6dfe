"""A time is proposed, answered with another one, taken, or let go.

While nothing is agreed, a suggestion replaces the one before it, whoever made it. For an agreed
session the agreed time stands until the partner takes the new one. Two proposals that cross each
other both stand; each of the two is told of the other, and taking one closes those that overlap.
"""

from bot.domain.actor import Actor
from bot.domain.deliveries import (
    SESSION_AGREED,
    SESSION_CANCELLED,
    SESSION_CHANGED,
    SESSION_PROPOSED,
)
from bot.domain.lifecycle import SESSION, SessionState
from bot.domain.sessions import rules
from bot.domain.sessions.commands import OnSession, Propose, Suggest
from bot.domain.sessions.events import Agreed, Dropped, Proposed
from bot.domain.sessions.refusals import SessionChanged, SessionPassed, TimeTaken
from bot.domain.sessions.shown import Change, Slot
from bot.services import access, deliveries, transitions
from bot.services.sessions import reminders, rows
from bot.services.sessions.listing import changeable, slot_for
from bot.services.sessions.notes import notes, reaches_late
from bot.storage import sealed
from bot.storage.models import Match, MentoringSession, Person
from bot.storage.unit_of_work import Tx


def propose(tx: Tx, command: Propose) -> Proposed:
    """A new session. The same time proposed again by the same person is the same proposal."""
    match = access.get_active_match(tx, command.actor, command.match_id)
    me = access.get_person(tx, match.workspace_id, command.actor.person_id)
    other = rows.living_partner(tx, match, me.id)
    slot = slot_for(tx, match, command, me.tz, None)
    open_ones = rows.proposals(tx, match)
    mine = [r for r in open_ones if r.proposed_by == me.id and r.proposed_start_at == slot.start]
    crossed = next((r for r in open_ones if r.proposed_by != me.id), None)
    if mine:
        row = _repeat(tx, mine[0], match, me, other, slot)
    else:
        row = new_proposal(tx, command.actor, match, slot, command.draft.agenda)
        tell_proposed(tx, row, match, other)
    return Proposed(
        rows.summary(tx, row, match, me.id),
        notes(tx, match, me, other, command.draft, slot),
        rows.summary(tx, crossed, match, me.id) if crossed else None,
    )


def suggest(tx: Tx, command: Suggest) -> Proposed:
    """Another time for a session: a counter-proposal, a correction of one's own, or a move."""
    row, match = changeable(tx, command)
    if rows.version(row) != command.version:
        raise SessionChanged
    me = access.get_person(tx, match.workspace_id, command.actor.person_id)
    other = rows.living_partner(tx, match, me.id)
    slot = slot_for(tx, match, command, me.tz, row)
    _put_instead(tx, row, match, me, other, slot)
    return Proposed(
        rows.summary(tx, row, match, me.id), notes(tx, match, me, other, command.draft, slot)
    )


def accept(tx: Tx, command: OnSession) -> Agreed:
    """Take the suggested time. Pressed twice, it is taken once."""
    row, match = access.get_session(tx, command.actor, command.session_id)
    other = rows.living_partner(tx, match, command.actor.person_id)
    if not _was_accepted(row, command.version):
        slot = _answerable(tx, row, match, command)
        if row.proposed_by == command.actor.person_id:
            raise SessionChanged  # one's own suggestion is the partner's to take
        if slot.start <= tx.now:
            raise SessionPassed(match.id)
        if rows.is_taken(tx, match, slot, row.id):
            raise TimeTaken
        _agree(tx, command.actor, row, match, slot)
        rows.touch(tx, match)
        key = f"{row.id}|{row.revision}"
        deliveries.tell(
            tx, SESSION_AGREED, other, key, match=match, session=row, expires_at=slot.start
        )
    shown = rows.summary(tx, row, match, command.actor.person_id)
    return Agreed(shown, reaches_late(tx, SESSION_AGREED, other, match, shown.slot))


def drop(tx: Tx, command: OnSession) -> Dropped:
    """Let the suggested time go: "not now" by the one who was asked, or taken back by the other.
    An agreed time stands. Pressed twice, it is let go once."""
    row, match = access.get_session(tx, command.actor, command.session_id)
    me = command.actor.person_id
    withdrawn = row.proposed_by == me
    if row.state is SessionState.CANCELLED and rows.version(row) == command.version:
        return Dropped(rows.summary(tx, row, match, me), withdrawn)
    _answerable(tx, row, match, command)
    was_read = forget_unsent(tx, row) == 0
    if row.state is SessionState.PROPOSED:
        reason = "withdrawn" if withdrawn else "declined"
        transitions.step(tx, command.actor, row, "session", SESSION, SessionState.CANCELLED, reason)
        kind, params = SESSION_CANCELLED, {"by": me}
    else:
        take_away(row)
        change = Change.WITHDRAWN if withdrawn else Change.KEPT
        kind, params = SESSION_CHANGED, {"change": change.value}
    rows.touch(tx, match)
    if was_read:
        other = access.partner_of(tx, match, me)
        key = f"{row.id}|{rows.version(row)}"
        deliveries.tell(tx, kind, other, key, match=match, session=row, params=params)
    return Dropped(rows.summary(tx, row, match, me), withdrawn)


def new_proposal(tx: Tx, actor: Actor, match: Match, slot: Slot, agenda: str) -> MentoringSession:
    """The row of a proposed session; the partner is not told yet."""
    me = access.get_person(tx, match.workspace_id, actor.person_id)
    row = MentoringSession(
        workspace_id=match.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        match_id=match.id,
        state=SessionState.PROPOSED,
        revision=0,
        proposal=1,
        organizer_id=me.id,
        organizer_tz=me.tz,
    )
    sealed.write(row, "agenda", rules.checked_agenda(agenda))
    _put(tx, row, me, slot)
    tx.session.add(row)
    tx.session.flush()
    transitions.begin(tx, actor, row, "session")
    return row


def tell_proposed(tx: Tx, row: MentoringSession, match: Match, other: Person) -> None:
    """Ask the partner; of no use any more once the proposed time is there."""
    rows.touch(tx, match)
    deliveries.tell(
        tx,
        SESSION_PROPOSED,
        other,
        f"{row.id}|{rows.version(row)}",
        match=match,
        session=row,
        params={"version": rows.version(row)},
        expires_at=row.proposed_start_at,
    )


def _repeat(
    tx: Tx, row: MentoringSession, match: Match, me: Person, other: Person, slot: Slot
) -> MentoringSession:
    """The same start once more: nothing new, or a correction of length or place."""
    if rows.suggested(row) != slot:
        _put_instead(tx, row, match, me, other, slot)
    return row


def _put_instead(
    tx: Tx, row: MentoringSession, match: Match, me: Person, other: Person, slot: Slot
) -> None:
    forget_unsent(tx, row)
    _put(tx, row, me, slot)
    row.proposal += 1
    tell_proposed(tx, row, match, other)


def _put(tx: Tx, row: MentoringSession, me: Person, slot: Slot) -> None:
    row.proposed_start_at, row.proposed_minutes = slot.start, slot.minutes
    sealed.write(row, "proposed_place", slot.place)
    row.proposed_by, row.proposed_at = me.id, tx.now
    if row.state is SessionState.PROPOSED:
        row.organizer_id, row.organizer_tz = me.id, me.tz


def take_away(row: MentoringSession) -> None:
    row.proposed_start_at = row.proposed_minutes = row.proposed_by = row.proposed_at = None
    sealed.write(row, "proposed_place", None)


def _answerable(tx: Tx, row: MentoringSession, match: Match, command: OnSession) -> Slot:
    slot = rows.suggested(row)
    stands = row.state in {SessionState.PROPOSED, SessionState.SCHEDULED}
    if slot is None or not stands or rows.version(row) != command.version:
        raise SessionChanged
    return slot


def _was_accepted(row: MentoringSession, version: str) -> bool:
    """Whether the suggestion of `version` was taken, and nothing happened since."""
    before = f"{row.revision - 1}.{row.proposal}"
    return row.state is SessionState.SCHEDULED and version == before and not row.proposed_by


def _agree(tx: Tx, actor: Actor, row: MentoringSession, match: Match, slot: Slot) -> None:
    organizer = access.partner_of(tx, match, actor.person_id)
    if row.state is SessionState.PROPOSED:
        transitions.step(tx, actor, row, "session", SESSION, SessionState.SCHEDULED)
    else:
        late = row.start_at is not None and row.start_at - tx.now < rules.LATE
        transitions.note(tx, actor, row, "session", "moved_late" if late else "moved")
    row.start_at, row.end_at = slot.start, slot.end
    sealed.write(row, "place", slot.place)
    row.organizer_id, row.organizer_tz = organizer.id, organizer.tz
    row.revision += 1
    row.mentor_met = row.mentee_met = None
    forget_unsent(tx, row)
    take_away(row)
    _supersede(tx, actor, row, match, slot)
    reminders.plan(tx, row, match)


def _supersede(tx: Tx, actor: Actor, row: MentoringSession, match: Match, slot: Slot) -> None:
    """Proposals that overlap what is now agreed are of no use; nobody need answer them."""
    for other in rows.proposals(tx, match):
        if other.id != row.id and rows.overlaps(other, slot):
            forget_unsent(tx, other)
            transitions.step(
                tx, actor, other, "session", SESSION, SessionState.CANCELLED, "superseded"
            )


def forget_unsent(tx: Tx, row: MentoringSession) -> int:
    """Stop the message about the present suggestion if it still waits; how many that were."""
    return deliveries.cancel(
        tx,
        "superseded",
        workspace_id=row.workspace_id,
        session_id=row.id,
        kinds=(SESSION_PROPOSED,),
    )
