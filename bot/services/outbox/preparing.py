"""The last look before a message leaves: whether, when, where to and in which languages."""

from sqlalchemy import select

from bot.domain import language
from bot.domain.deliveries import KINDS, Conversation, Kind, Purpose
from bot.domain.lifecycle import DeliveryState
from bot.services import access, deliveries, loading, people, timing
from bot.services.loading import Skip
from bot.services.outbox.obstacles import obstacle
from bot.services.outbox.prompts import take_prompts
from bot.services.outbox.rows import held, postpone, skip
from bot.services.outbox.values import LEASE, WORKSPACE, Claimed, Conversing, Opened, Ready
from bot.storage.models import Delivery, Match, Person, Program, Throttle
from bot.storage.unit_of_work import Tx


def prepare(tx: Tx, claimed: Claimed) -> Ready | Conversing | None:
    """Look again whether, when and to whom it goes; mark it as posting if it goes now."""
    row = held(tx, claimed, DeliveryState.LEASED)
    if row is None:
        return None
    kind = KINDS[row.kind]
    person = _reader(tx, row)
    reason = "no_reader" if person is None else obstacle(tx, row, kind, person)
    if person is None or reason is not None:
        skip(tx, row, reason or "no_reader", claimed.worker)
        return None
    if row.tz_used is not None and row.tz_used != person.tz:
        deliveries.replan(tx, row, person)
        if row.state is not DeliveryState.LEASED:
            return None
    if _moved_on(tx, row, kind, person):
        return None
    if row.slack_channel is None:
        users = _conversation(tx, row, kind, person)
        if isinstance(users, tuple):
            return Conversing(claimed, users)
        row.slack_channel = users
    return _ready(tx, row, kind, person, claimed)


def opened(tx: Tx, command: Opened) -> None:
    """Keep the conversation that was opened: reading back needs it."""
    row = held(tx, command.claimed, DeliveryState.LEASED)
    if row is None:
        return
    row.slack_channel = command.channel
    if KINDS[row.kind].conversation is Conversation.GROUP and row.match_id:
        match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
        match.group_channel_id = command.channel
    elif row.person_id:
        person = tx.session.get_one(Person, (row.workspace_id, row.person_id))
        person.dm_channel_id = command.channel


# Whether and when


def _reader(tx: Tx, row: Delivery) -> Person | None:
    if row.person_id is None:
        return None
    return tx.session.get(
        Person, (row.workspace_id, row.person_id), with_for_update=tx.is_postgresql
    )


def _moved_on(tx: Tx, row: Delivery, kind: Kind, person: Person) -> bool:
    """Outside the hours it waits for them, unless by then it is worth nothing."""
    later = timing.later(kind, deliveries.audience_of(tx, row, person), tx.now)
    if later is None and row.due_at <= tx.now:
        return False
    postpone(tx, row, later or row.due_at, "outside_hours")
    return True


# Where to, and in which words


def _conversation(tx: Tx, row: Delivery, kind: Kind, person: Person) -> str | tuple[str, ...]:
    """The conversation, if it is known, else the people to open it with."""
    if kind.conversation is Conversation.GROUP and row.match_id:
        match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
        members = (match.mentee_id, match.mentor_id)
        ids = [access.get_person(tx, row.workspace_id, m).slack_user_id for m in members]
        return match.group_channel_id or tuple(ids)
    return person.dm_channel_id or (person.slack_user_id,)


def _ready(tx: Tx, row: Delivery, kind: Kind, person: Person, claimed: Claimed) -> Ready | None:
    """Load what it says, take the day's slot if it is a prompt, and mark it as posting."""
    if _throttled(tx, row):
        return None
    if kind.purpose is Purpose.PROMPT:
        summaries = take_prompts(tx, row, person)
    else:
        loaded = loading.load(tx, row)
        summaries = () if isinstance(loaded, Skip) else (loaded,)
        if isinstance(loaded, Skip):
            skip(tx, row, loaded.reason, claimed.worker)
    if not summaries:
        return None
    row.state, row.attempt = DeliveryState.POSTING, row.attempt + 1
    row.first_post_at = row.first_post_at or tx.now
    row.last_post_at, row.lease_until = tx.now, tx.now + LEASE
    deliveries.note(tx, row, claimed.worker)
    readers, offers = readers_of(tx, row, kind, person)
    return Ready(claimed, row.slack_channel or "", readers, offers, summaries)


def _throttled(tx: Tx, row: Delivery) -> bool:
    """A channel that became known only now may have been written to in this very second."""
    until = tx.session.scalar(
        select(Throttle.blocked_until).where(
            Throttle.workspace_id == row.workspace_id,
            Throttle.scope.in_([row.slack_channel or "", WORKSPACE]),
            Throttle.blocked_until > tx.now,
        )
    )
    if until is not None:
        postpone(tx, row, until, "throttled")
    return until is not None


def readers_of(
    tx: Tx, row: Delivery, kind: Kind, person: Person
) -> tuple[tuple[tuple[str, str], ...], bool]:
    """In which languages it is written. A group DM speaks those of its members, a channel those of
    the programme."""
    if kind.conversation is Conversation.DM:
        shown = person.both_languages_at is not None
        spoken = people.program_language(tx, person)
        locales = language.spoken(person.locale, *spoken, shown_both=shown)
        if len(locales) > 1:
            person.both_languages_at = tx.now
        return tuple((locale, person.tz) for locale in locales), len(locales) > 1
    if kind.conversation is Conversation.GROUP and row.match_id:
        match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
        members = [
            access.get_person(tx, row.workspace_id, m) for m in (match.mentee_id, match.mentor_id)
        ]
        spoken_by = {
            language.effective(m.locale, *people.program_language(tx, m)): m.tz for m in members
        }
        return tuple(spoken_by.items()), False
    program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    locales = language.spoken(None, program.language, program.address, shown_both=True)
    return tuple((locale, person.tz) for locale in locales), False
