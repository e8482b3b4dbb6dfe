"""What somebody should know about a time before they send it. Nothing here forbids a time."""

from bot.domain.cadence import is_open, local_date
from bot.domain.deliveries import SESSION_PROPOSED, Kind
from bot.domain.sessions import rules
from bot.domain.sessions.shown import Draft, Note, Slot
from bot.services import timing
from bot.services.sessions import rows
from bot.storage.models import Match, Person
from bot.storage.unit_of_work import Tx

_MINE = (Note.MY_LEAVE, Note.MY_HOLIDAY, Note.MY_HOURS)
_THEIRS = (Note.THEIR_LEAVE, Note.THEIR_HOLIDAY, Note.THEIR_HOURS)


def notes(
    tx: Tx, match: Match, me: Person, partner: Person, draft: Draft, slot: Slot
) -> tuple[Note, ...]:
    """All that is to be said about `slot`, which `me` proposes to `partner`."""
    found = [
        *rules.clock_notes(draft, slot.start, me.tz),
        _day(tx, me, slot, _MINE),
        _day(tx, partner, slot, _THEIRS),
    ]
    if rows.has_other(tx, me, match, slot):
        found.append(Note.MY_OTHER_SESSION)
    if reaches_late(tx, SESSION_PROPOSED, partner, match, slot):
        found.append(Note.UNREAD)
    return tuple(note for note in found if note is not None)


def reaches_late(tx: Tx, kind: Kind, reader: Person, match: Match, slot: Slot) -> bool:
    """Whether a message sent now would wait, for its reader's hours, until the time is there."""
    audience = timing.audience(tx, reader, match.program_id)
    due = timing.due(kind, audience, tx.now)
    return due is None or due >= slot.start


def _day(tx: Tx, person: Person, slot: Slot, which: tuple[Note, Note, Note]) -> Note | None:
    leave, holiday, hours = which
    who = timing.meeting_availability(tx, person)
    day = local_date(slot.start, person.tz)
    if timing.on_leave(tx, person, day):
        return leave
    if who.closed(day):
        return holiday
    inside = is_open(who, slot.start) and is_open(who, slot.end - rules.MINUTE)
    return None if inside else hours
