"""Prompts in the moment of sending: the person's caps, and several due in one message."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from bot.domain.cadence import local_date, next_allowed_date, resolve
from bot.domain.deliveries import (
    KINDS,
    Purpose,
)
from bot.domain.lifecycle import DeliveryState, PromptState
from bot.services import access, deliveries, home, loading, timing
from bot.services.loading import Skip
from bot.services.outbox.obstacles import obstacle
from bot.services.outbox.rows import (
    postpone,
    skip,
)
from bot.storage.models import Delivery, Person, PromptSlot
from bot.storage.unit_of_work import Tx

# So many prompts fit into one message of 50 blocks, in two languages (docs.slack.dev/reference/
# block-kit/blocks); what is left over waits for its own day.
_TOGETHER = 5


def take_prompts(tx: Tx, row: Delivery, person: Person) -> tuple[object, ...]:
    """The prompts that go out together, if the person's caps leave room today."""
    today = local_date(tx.now, person.tz)
    release_slot(tx, row)
    free = next_allowed_date(_slots(tx, person), today, per_week=person.prompts_per_week)
    if free > today:
        start = resolve(datetime.combine(free, datetime.min.time()), person.tz) or tx.now
        audience = deliveries.audience_of(tx, row, person)
        due = timing.due(KINDS[row.kind], audience, start)
        postpone(tx, row, due or start, "cap")
        return ()
    _bundle(tx, row, person)
    summaries = []
    for prompt in deliveries.prompts_of(tx, row):
        loaded = loading.load_prompt(tx, prompt)
        if isinstance(loaded, Skip):
            deliveries.skip_prompt(prompt)
            prompt.delivery_id = None
        else:
            summaries.append(loaded)
    if not summaries:
        skip(tx, row, "nothing_left", row.lease_owner)
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
    query = query.order_by(Delivery.due_at, Delivery.id).limit(_TOGETHER - 1)
    for other in tx.session.scalars(query):
        reason = obstacle(tx, other, KINDS[other.kind], person)
        if reason is not None:
            skip(tx, other, reason, row.lease_owner)
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


def release_slot(tx: Tx, row: Delivery) -> None:
    tx.session.execute(
        delete(PromptSlot).where(
            PromptSlot.workspace_id == row.workspace_id, PromptSlot.delivery_id == row.id
        )
    )


def mark_sent(tx: Tx, row: Delivery) -> None:
    for prompt in deliveries.prompts_of(tx, row):
        home.mark_stale(tx, access.get_person(tx, row.workspace_id, prompt.person_id))
        if prompt.state in {PromptState.PLANNED, PromptState.SNOOZED}:
            prompt.state, prompt.sent_at = PromptState.SENT, tx.now
            prompt.lapses_at = tx.now + deliveries.LAPSES_AFTER
        prompt.slack_channel, prompt.slack_ts = row.slack_channel, row.slack_ts
