"""How messages leave: claim under a lease, check again, mark as posting, settle, reconcile.

    pending -> leased -> posting -> sent        or skipped, cancelled, unknown, dead

Between `prepare` and `settle_*` lies the call to Slack, outside any transaction. A row that stays
in `posting` after a crash is found by `stuck` and reconciled. Every change checks that the row is
still in the state, and under the lease, it was claimed in: whoever lost it changes nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from bot.domain import language
from bot.domain.cadence import local_date, next_allowed_date, resolve
from bot.domain.deliveries import (
    CANNOT_REACH,
    DID_IT_ARRIVE,
    KINDS,
    Conversation,
    Kind,
    Purpose,
    WhenUnsure,
)
from bot.domain.lifecycle import DeliveryState, ProgramState, PromptState
from bot.services import access, deliveries, loading, people, timing
from bot.services.loading import Skip
from bot.storage.models import (
    Delivery,
    Match,
    Person,
    Program,
    PromptSlot,
    Throttle,
    Workspace,
)
from bot.storage.unit_of_work import Tx

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=120)  # how late Slack may show a post it took
SPACING = timedelta(seconds=1)  # docs.slack.dev/apis/web-api/rate-limits: 1 message/s/channel
MAX_ATTEMPTS = 8
WORKSPACE = "*"


@dataclass(frozen=True)
class Claim:
    worker: str
    limit: int = 20


@dataclass(frozen=True)
class Claimed:
    workspace_id: str
    delivery_id: str
    worker: str


@dataclass(frozen=True)
class Conversing:
    """A conversation has to be opened first, with these people (Slack user ids)."""

    claimed: Claimed
    slack_user_ids: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    claimed: Claimed
    channel: str


@dataclass(frozen=True)
class Ready:
    """Marked as posting: exactly this is to be posted, once."""

    claimed: Claimed
    channel: str
    readers: tuple[tuple[str, str], ...]  # locale and zone of each text, in this order
    offers_languages: bool  # somebody's first message: with a switch below
    summaries: tuple[object, ...]


@dataclass(frozen=True)
class Posted:
    claimed: Claimed
    channel: str
    ts: str


@dataclass(frozen=True)
class Refused:
    claimed: Claimed
    reason: str


@dataclass(frozen=True)
class Throttled:
    claimed: Claimed
    seconds: float
    channel: str | None  # None: the whole workspace


@dataclass(frozen=True)
class Stuck:
    """A post of which it is not known whether Slack took it."""

    claimed: Claimed
    channel: str
    readable: bool  # the bot may read this conversation back
    since: datetime


def claim(tx: Tx, command: Claim) -> list[Claimed]:
    """Take what is due, at most one for each conversation, under a lease."""
    blocked = _blocked(tx)
    query = (
        select(Delivery)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .where(
            Delivery.state == DeliveryState.PENDING,
            Delivery.due_at <= tx.now,
            Workspace.state == "active",
            Delivery.workspace_id.not_in([w for w, scope in blocked if scope == WORKSPACE]),
            Delivery.slack_channel.is_(None)
            | Delivery.slack_channel.not_in([scope for _, scope in blocked]),
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(command.limit * 3)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Delivery)
    claimed: dict[str, Claimed] = {}
    for row in tx.session.scalars(query):
        conversation = row.slack_channel or row.match_id or row.person_id or row.id
        if KINDS[row.kind].conversation is Conversation.DM:
            conversation = row.person_id or row.id
        if conversation in claimed or len(claimed) == command.limit:
            continue
        row.state, row.lease_owner = DeliveryState.LEASED, command.worker
        row.lease_until = tx.now + LEASE
        deliveries.note(tx, row, command.worker)
        claimed[conversation] = Claimed(row.workspace_id, row.id, command.worker)
    return list(claimed.values())


def prepare(tx: Tx, claimed: Claimed) -> Ready | Conversing | None:
    """Look again whether, when and to whom it goes; mark it as posting if it goes now."""
    row = _held(tx, claimed, DeliveryState.LEASED)
    if row is None:
        return None
    kind = KINDS[row.kind]
    person = _reader(tx, row)
    reason = "no_reader" if person is None else _obstacle(tx, row, kind, person)
    if person is None or reason is not None:
        _skip(tx, row, reason or "no_reader", claimed.worker)
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
    row = _held(tx, command.claimed, DeliveryState.LEASED)
    if row is None:
        return
    row.slack_channel = command.channel
    if KINDS[row.kind].conversation is Conversation.GROUP and row.match_id:
        match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
        match.group_channel_id = command.channel
    elif row.person_id:
        person = tx.session.get_one(Person, (row.workspace_id, row.person_id))
        person.dm_channel_id = command.channel


def settle_posted(tx: Tx, command: Posted) -> None:
    """Slack has it."""
    row = _in_posting(tx, command.claimed)
    if row is None:
        return
    row.slack_channel, row.slack_ts, row.sent_at = command.channel, command.ts, tx.now
    deliveries.close(tx, row, DeliveryState.SENT, None, command.claimed.worker)
    _prompts_sent(tx, row)
    _block(tx, row.workspace_id, command.channel, tx.now + SPACING)


def settle_throttled(tx: Tx, command: Throttled) -> None:
    """Slack says later; every replica keeps to it, and it does not count as an attempt."""
    row = _in_posting(tx, command.claimed)
    if row is None:
        return
    until = tx.now + timedelta(seconds=command.seconds)
    row.attempt -= 1
    row.due_at = max(row.due_at, until)
    _release_slot(tx, row)
    deliveries.close(tx, row, DeliveryState.PENDING, "throttled", command.claimed.worker)
    _block(tx, row.workspace_id, command.channel or WORKSPACE, until)


def settle_refused(tx: Tx, command: Refused) -> None:
    """Slack will never take it. Leads are told that somebody cannot be reached, once."""
    row = _in_posting(tx, command.claimed)
    if row is None:
        return
    _release_slot(tx, row)
    _dead(tx, row, command)


def _dead(tx: Tx, row: Delivery, command: Refused) -> None:
    deliveries.close(tx, row, DeliveryState.DEAD, command.reason[:120], command.claimed.worker)
    if row.kind != CANNOT_REACH.name and row.program_id and row.person_id:
        for lead in loading.leads(tx, row.workspace_id, row.program_id):
            params = {"person": row.person_id, "kind": row.kind}
            deliveries.tell(
                tx,
                CANNOT_REACH,
                lead,
                f"{row.person_id}|{tx.now.date().isoformat()}",
                program=tx.session.get(Program, (row.workspace_id, row.program_id)),
                params=params,
            )


def settle_unopened(tx: Tx, command: Refused) -> None:
    """The conversation cannot be opened: Slack does not let us reach these people."""
    row = _held(tx, command.claimed, DeliveryState.LEASED)
    if row is not None:
        _dead(tx, row, command)


def settle_revoked(tx: Tx, claimed: Claimed) -> None:
    """The token was refused, so nothing was posted: it waits for a good one."""
    for state in (DeliveryState.LEASED, DeliveryState.POSTING):
        row = _held(tx, claimed, state)
        if row is not None:
            _release_slot(tx, row)
            deliveries.close(tx, row, DeliveryState.PENDING, "token_refused", claimed.worker)


def wait(tx: Tx, command: Throttled) -> None:
    """Nothing was posted yet; look again later."""
    row = _held(tx, command.claimed, DeliveryState.LEASED)
    if row is not None:
        _postpone(tx, row, tx.now + timedelta(seconds=command.seconds), "waits")


def give_back(tx: Tx, claimed: Claimed) -> None:
    """Return a leased row that will not be handled now."""
    row = _held(tx, claimed, DeliveryState.LEASED)
    if row is not None:
        deliveries.close(tx, row, DeliveryState.PENDING, "returned", claimed.worker)


def give_back_all(tx: Tx, worker: str) -> int:
    """At the end of a process: return every lease it holds, so that others need not wait."""
    query = select(Delivery).where(
        Delivery.lease_owner == worker, Delivery.state == DeliveryState.LEASED
    )
    rows = list(tx.session.scalars(query))
    for row in rows:
        deliveries.close(tx, row, DeliveryState.PENDING, "returned", worker)
    return len(rows)


def expire_leases(tx: Tx, _: None) -> int:
    """Rows whose worker died before it marked them as posting may be claimed again."""
    query = select(Delivery).where(
        Delivery.state == DeliveryState.LEASED, Delivery.lease_until < tx.now
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True)
    rows = list(tx.session.scalars(query))
    for row in rows:
        deliveries.close(tx, row, DeliveryState.PENDING, "lease_expired")
    return len(rows)


def stuck(tx: Tx, command: Claim) -> list[Stuck]:
    """Take posts left unsettled for longer than Slack may need to show them."""
    query = (
        select(Delivery)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .where(
            Delivery.state == DeliveryState.POSTING,
            Delivery.lease_until < tx.now,
            Delivery.last_post_at <= tx.now - SETTLE,
            Workspace.state == "active",
        )
        .order_by(Delivery.last_post_at)
        .limit(command.limit)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Delivery)
    found = []
    for row in tx.session.scalars(query):
        row.lease_owner, row.lease_until = command.worker, tx.now + LEASE
        readable = KINDS[row.kind].conversation is Conversation.DM
        claimed = Claimed(row.workspace_id, row.id, command.worker)
        since = row.first_post_at or tx.now
        found.append(Stuck(claimed, row.slack_channel or "", readable, since))
    return found


def settle_absent(tx: Tx, claimed: Claimed) -> None:
    """It is proved that Slack does not have it: once more, later each time."""
    row = _in_posting(tx, claimed)
    if row is None:
        return
    _release_slot(tx, row)
    if row.attempt >= MAX_ATTEMPTS:
        deliveries.close(tx, row, DeliveryState.DEAD, "attempts", claimed.worker)
        return
    row.due_at = tx.now + _back_off(row)
    deliveries.close(tx, row, DeliveryState.PENDING, "absent", claimed.worker)


def settle_unsure(tx: Tx, claimed: Claimed) -> None:
    """It cannot be known whether Slack has it: the kind says what then."""
    row = _in_posting(tx, claimed)
    if row is None:
        return
    when_unsure = KINDS[row.kind].when_unsure
    if when_unsure is WhenUnsure.REPOST:
        settle_absent(tx, claimed)
        return
    deliveries.close(tx, row, DeliveryState.UNKNOWN, "unsure", claimed.worker)
    _prompts_sent(tx, row)  # found in App Home
    if when_unsure is WhenUnsure.ASK and row.person_id:
        asked = tx.session.get_one(Person, (row.workspace_id, row.person_id))
        key, params = f"{row.id}|{row.attempt}", {"delivery": row.id}
        match = tx.session.get(Match, (row.workspace_id, row.match_id)) if row.match_id else None
        deliveries.tell(tx, DID_IT_ARRIVE, asked, key, match=match, params=params)


def next_due(tx: Tx, _: None) -> datetime | None:
    """When the next waiting message is due."""
    query = (
        select(Delivery.due_at)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .where(Delivery.state == DeliveryState.PENDING, Workspace.state == "active")
        .order_by(Delivery.due_at)
        .limit(1)
    )
    return tx.session.scalar(query)


def next_rescue(tx: Tx, _: None) -> datetime | None:
    """When the oldest unsettled post may be looked for."""
    last_post = tx.session.scalar(
        select(Delivery.last_post_at)
        .where(Delivery.state == DeliveryState.POSTING)
        .order_by(Delivery.last_post_at)
        .limit(1)
    )
    return last_post + SETTLE if last_post else None


# Checks


def _held(tx: Tx, claimed: Claimed, state: DeliveryState) -> Delivery | None:
    """The row, if this worker still holds it in `state`."""
    row = tx.session.get(
        Delivery, (claimed.workspace_id, claimed.delivery_id), with_for_update=tx.is_postgresql
    )
    held = row is not None and row.state is state and row.lease_owner == claimed.worker
    return row if held else None


def _in_posting(tx: Tx, claimed: Claimed) -> Delivery | None:
    return _held(tx, claimed, DeliveryState.POSTING)


def _reader(tx: Tx, row: Delivery) -> Person | None:
    if row.person_id is None:
        return None
    return tx.session.get(
        Person, (row.workspace_id, row.person_id), with_for_update=tx.is_postgresql
    )


def _obstacle(tx: Tx, row: Delivery, kind: Kind, person: Person) -> str | None:
    """Why this must not be sent any more, if something says so."""
    if row.expires_at is not None and tx.now >= row.expires_at:
        return "expired"
    if person.is_deactivated or person.is_bot:
        return "deactivated"
    if kind.purpose is Purpose.PROMPT:
        if person.stopped_at is not None:
            return "stopped"
        if timing.on_leave(tx, person, local_date(row.planned_for, person.tz)):
            return "leave"
    if row.program_id and kind.name in _HELD_WITH_PROGRAM:
        program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
        if program.state is not ProgramState.ACTIVE:
            return "program_held"
    return None


_HELD_WITH_PROGRAM = frozenset(
    {kind.name for kind in KINDS.values() if kind.purpose is Purpose.PROMPT}
    | {"program.digest", "match.proposal_reminder"}
)


def _moved_on(tx: Tx, row: Delivery, kind: Kind, person: Person) -> bool:
    """Outside the hours it waits for them, unless by then it is worth nothing."""
    later = timing.later(kind, deliveries.audience_of(tx, row, person), tx.now)
    if later is None and row.due_at <= tx.now:
        return False
    _postpone(tx, row, later or row.due_at, "outside_hours")
    return True


def _postpone(tx: Tx, row: Delivery, until: datetime, reason: str) -> None:
    if row.expires_at is not None and until >= row.expires_at:
        _skip(tx, row, reason, row.lease_owner)
        return
    row.due_at = until
    deliveries.close(tx, row, DeliveryState.PENDING, reason, row.lease_owner)


def _skip(tx: Tx, row: Delivery, reason: str, worker: str | None) -> None:
    for prompt in deliveries.prompts_of(tx, row):
        prompt.state = PromptState.SKIPPED
    deliveries.close(tx, row, DeliveryState.SKIPPED, reason, worker)


# Where to


def _conversation(tx: Tx, row: Delivery, kind: Kind, person: Person) -> str | tuple[str, ...]:
    """The conversation, if it is known, else the people to open it with."""
    if kind.conversation is Conversation.GROUP and row.match_id:
        match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
        members = (match.mentee_id, match.mentor_id)
        ids = [access.get_person(tx, row.workspace_id, m).slack_user_id for m in members]
        return match.group_channel_id or tuple(ids)
    return person.dm_channel_id or (person.slack_user_id,)


# The last step before Slack


def _ready(tx: Tx, row: Delivery, kind: Kind, person: Person, claimed: Claimed) -> Ready | None:
    """Load what it says, take the day's slot if it is a prompt, and mark it as posting."""
    if _throttled(tx, row):
        return None
    if kind.purpose is Purpose.PROMPT:
        summaries = _take_prompts(tx, row, person)
    else:
        loaded = loading.load(tx, row)
        summaries = () if isinstance(loaded, Skip) else (loaded,)
        if isinstance(loaded, Skip):
            _skip(tx, row, loaded.reason, claimed.worker)
    if not summaries:
        return None
    row.state, row.attempt = DeliveryState.POSTING, row.attempt + 1
    row.first_post_at = row.first_post_at or tx.now
    row.last_post_at, row.lease_until = tx.now, tx.now + LEASE
    deliveries.note(tx, row, claimed.worker)
    readers, offers = _readers(tx, row, kind, person)
    return Ready(claimed, row.slack_channel or "", readers, offers, summaries)


def _take_prompts(tx: Tx, row: Delivery, person: Person) -> tuple[object, ...]:
    """The prompts that go out together, if the person's caps leave room today."""
    today = local_date(tx.now, person.tz)
    _release_slot(tx, row)
    free = next_allowed_date(_slots(tx, person), today, per_week=person.prompts_per_week)
    if free > today:
        start = resolve(datetime.combine(free, datetime.min.time()), person.tz) or tx.now
        audience = deliveries.audience_of(tx, row, person)
        due = timing.due(KINDS[row.kind], audience, start)
        _postpone(tx, row, due or start, "cap")
        return ()
    _bundle(tx, row, person)
    summaries = []
    for prompt in deliveries.prompts_of(tx, row):
        loaded = loading.load_prompt(tx, prompt)
        if isinstance(loaded, Skip):
            prompt.state, prompt.delivery_id = PromptState.SKIPPED, None
        else:
            summaries.append(loaded)
    if not summaries:
        _skip(tx, row, "nothing_left", row.lease_owner)
        return ()
    slot = PromptSlot(
        workspace_id=row.workspace_id, person_id=person.id, local_date=today, delivery_id=row.id
    )
    tx.session.add(slot)
    return tuple(summaries)


def _bundle(tx: Tx, row: Delivery, person: Person) -> None:
    """Other prompts due for the same person leave in the same message."""
    query = select(Delivery).where(
        Delivery.workspace_id == row.workspace_id,
        Delivery.person_id == person.id,
        Delivery.state == DeliveryState.PENDING,
        Delivery.due_at <= tx.now,
        Delivery.kind.in_([k.name for k in KINDS.values() if k.purpose is Purpose.PROMPT]),
        Delivery.id != row.id,
    )
    for other in tx.session.scalars(query):
        reason = _obstacle(tx, other, KINDS[other.kind], person)
        if reason is not None:
            _skip(tx, other, reason, row.lease_owner)
            continue
        for prompt in deliveries.prompts_of(tx, other):
            prompt.delivery_id = row.id
        deliveries.close(tx, other, DeliveryState.CANCELLED, "bundled", row.lease_owner)
    tx.session.flush()


def _slots(tx: Tx, person: Person) -> list[date]:
    query = select(PromptSlot.local_date).where(
        PromptSlot.workspace_id == person.workspace_id,
        PromptSlot.person_id == person.id,
        PromptSlot.local_date > local_date(tx.now, person.tz) - timedelta(days=7),
    )
    return list(tx.session.scalars(query))


def _release_slot(tx: Tx, row: Delivery) -> None:
    tx.session.execute(
        delete(PromptSlot).where(
            PromptSlot.workspace_id == row.workspace_id, PromptSlot.delivery_id == row.id
        )
    )


def _prompts_sent(tx: Tx, row: Delivery) -> None:
    for prompt in deliveries.prompts_of(tx, row):
        if prompt.state in {PromptState.PLANNED, PromptState.SNOOZED}:
            prompt.state, prompt.sent_at = PromptState.SENT, tx.now
            prompt.lapses_at = tx.now + deliveries.LAPSES_AFTER
        prompt.slack_channel, prompt.slack_ts = row.slack_channel, row.slack_ts


def _readers(
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


# Throttles


def _blocked(tx: Tx) -> list[tuple[str, str]]:
    rows = tx.session.execute(
        select(Throttle.workspace_id, Throttle.scope).where(Throttle.blocked_until > tx.now)
    )
    return [(row.workspace_id, row.scope) for row in rows]


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
        _postpone(tx, row, until, "throttled")
    return until is not None


def _block(tx: Tx, workspace_id: str, scope: str, until: datetime) -> None:
    row = tx.session.get(Throttle, (workspace_id, scope))
    if row is None:
        tx.insert_once(Throttle, workspace_id=workspace_id, scope=scope, blocked_until=until)
    else:
        row.blocked_until = max(row.blocked_until, until)


def _back_off(row: Delivery) -> timedelta:
    """30 s, doubling up to an hour, times 0.5 to 1 by the row's own dice."""
    dice = int(hashlib.sha256(f"{row.id}{row.attempt}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    seconds = min(30 * 2 ** (row.attempt - 1), 3600)
    return timedelta(seconds=seconds * (0.5 + dice / 2))
