"""The rules of a time: from wall time on the proposer's own clock to an instant, and its limits."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.domain import limits
from bot.domain.cadence import local_date, resolve, wall_time
from bot.domain.lifecycle import SessionState
from bot.domain.refusals import InvalidField
from bot.domain.sessions.shown import Draft, Note, Slot

SHORTEST, LONGEST = 15, 180  # minutes
LENGTHS = (15, 30, 45, 60, 90, 120, 180)
FURTHEST = timedelta(days=180)
LAPSES_AFTER = timedelta(days=7)  # a proposal, or the question whether they met
MINUTE = timedelta(minutes=1)
LATE = timedelta(hours=24)  # a change this close before counts as late; shown to nobody
SHOWN = 5  # sessions in one list

# Inputs of the forms
DATE, TIME, LENGTH, PLACE, AGENDA = "date", "time", "length", "place", "agenda"


def slot_of(draft: Draft, tz: str, now: datetime) -> Slot:
    """The instant and place a draft means for somebody whose clock is `tz`.

    A time the clocks jump over moves on with them. Raises `InvalidField` for what is missing,
    past, more than 180 days ahead, of a length outside 15 to 180 minutes, or no web address.
    """
    if draft.day is None:
        raise InvalidField(DATE, "required")
    if draft.at is None:
        raise InvalidField(TIME, "required")
    if draft.minutes is None or not SHORTEST <= draft.minutes <= LONGEST:
        raise InvalidField(LENGTH, "length")
    start = resolve(datetime.combine(draft.day, draft.at), tz)
    if start is None:
        raise InvalidField(DATE, "no_such_day")
    if start <= now:
        raise InvalidField(TIME if draft.day == local_date(now, tz) else DATE, "past")
    if start > now + FURTHEST:
        raise InvalidField(DATE, "too_far", FURTHEST.days)
    return Slot(start, draft.minutes, checked_place(draft.place))


def checked_place(text: str) -> str | None:
    """A place in words, or a web address, which has to be a whole https one."""
    place = text.strip()
    if len(place) > limits.SHORT_TEXT:
        raise InvalidField(PLACE, "too_long", limits.SHORT_TEXT)
    if "://" in place and not is_link(place):
        raise InvalidField(PLACE, "bad_link")
    return place or None


def is_link(place: str) -> bool:
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    unbroken = place.isprintable() and not any(char.isspace() for char in place)
    return parts.scheme == "https" and bool(parts.hostname) and unbroken


def checked_agenda(text: str) -> str | None:
    if len(text) > limits.LONG_TEXT:
        raise InvalidField(AGENDA, "too_long", limits.LONG_TEXT)
    return text.strip() or None


def clock_notes(draft: Draft, start: datetime, tz: str) -> tuple[Note, ...]:
    """What a clock change does to the time that was typed."""
    if draft.day is None or draft.at is None:
        return ()
    local = datetime.combine(draft.day, draft.at)
    if wall_time(start, tz) != local:
        return (Note.SKIPPED,)
    hour = timedelta(hours=1)
    twice = any(wall_time(start + n * hour / 2, tz) == local for n in (1, 2))
    return (Note.TWICE,) if twice else ()


def draft_of(slot: Slot, tz: str) -> Draft:
    """A slot as the form shows it to somebody in `tz`."""
    local = wall_time(slot.start, tz)
    return Draft(local.date(), local.time(), slot.minutes, slot.place or "")


def same_again(draft: Draft, was: Slot, agenda: str) -> Draft:
    """Another time for what was planned: of the same length, at the same place, with its agenda."""
    return Draft(draft.day, draft.at, was.minutes, was.place or "", agenda)


def lengths(usual: int, chosen: int | None = None) -> tuple[int, ...]:
    """The lengths to choose from: the programme's usual one and the one chosen among them."""
    fitting = {m for m in (*LENGTHS, usual, chosen) if m and SHORTEST <= m <= LONGEST}
    return tuple(sorted(fitting))


def outcome(answers: tuple[bool | None, bool | None], *, silent: bool) -> SessionState | None:
    """What became of a session by the answers of the two. One "we met" suffices; `silent` means
    that nobody will say more. None: it stays open."""
    if True in answers:
        return SessionState.HELD
    if answers == (False, False) or (silent and False in answers):
        return SessionState.NOT_HELD
    return SessionState.UNKNOWN if silent else None
