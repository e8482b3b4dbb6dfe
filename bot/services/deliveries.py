"""Putting messages into the outbox, in the transaction of what causes them, and moving or
cancelling them while they wait. How they leave is in `bot.services.outbox`.

Keys make everything here safe to repeat: `kind|key|recipient` is unique.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from bot import metrics
from bot.domain.cadence import due_of, resolve
from bot.domain.deliveries import KINDS, Conversation, Kind, Purpose
from bot.domain.lifecycle import DeliveryState, PromptState
from bot.services import drafting, home, timing
from bot.storage.models import (
    Delivery,
    DeliveryEvent,
    Match,
    MentoringSession,
    Person,
    Program,
    Prompt,
)
from bot.storage.unit_of_work import Tx

_WAITING = (DeliveryState.PENDING, DeliveryState.LEASED)


def tell(
    tx: Tx,
    kind: Kind,
    to: Person,
    key: str,
    *,
    match: Match | None = None,
    session: MentoringSession | None = None,
    program: Program | None = None,
    params: Mapping[str, str] | None = None,
    planned_for: datetime | None = None,
    nominal: str | None = None,
    expires_at: datetime | None = None,
) -> Delivery | None:
    """A message to one person, in the bot's DM. None: it was there before, or no moment suits.

    `key` names the occurrence: what it is about and which time (a session's id and revision, a
    nominal local time). `planned_for` defaults to now; the person's hours may move it.
    """
    home.mark_stale(tx, to)  # who is told something has something new to see
    program_id = match.program_id if match else program.id if program else None
    return _insert(
        tx,
        kind,
        timing.audience(tx, to, program_id),
        planned_for or tx.now,
        key=drafting.key_of(kind, key, to.id),
        workspace_id=to.workspace_id,
        person_id=to.id,
        program_id=program_id,
        match_id=match.id if match else None,
        session_id=session.id if session else None,
        params=dict(params or {}),
        nominal=nominal,
        tz_used=to.tz,
        expires_at=expires_at,
    )


def tell_group(
    tx: Tx,
    kind: Kind,
    match: Match,
    key: str,
    *,
    first: Person,
    other: Person,
    planned_for: datetime | None = None,
) -> None:
    """A message in the pair's group DM, at a minute both have open within three days, or else
    in the hours of `first`, who has to act. `planned_for` defaults to now."""
    people = (first, other)
    audience = timing.Audience(
        tuple(timing.availability(tx, person, match.program_id) for person in people)
    )
    _insert(
        tx,
        kind,
        audience,
        planned_for or tx.now,
        key=drafting.key_of(kind, key, match.id),
        workspace_id=match.workspace_id,
        person_id=first.id,
        program_id=match.program_id,
        match_id=match.id,
        tz_used=first.tz,
    )


def tell_channel(
    tx: Tx, kind: Kind, program: Program, channel: str, key: str, *, by: Person
) -> None:
    """A post in a channel, at once. `by` asked for it, and is asked if it is unsure it arrived."""
    _insert(
        tx,
        kind,
        timing.audience(tx, by, None),
        tx.now,
        key=drafting.key_of(kind, key, channel),
        workspace_id=program.workspace_id,
        person_id=by.id,
        program_id=program.id,
        slack_channel=channel,
    )


def ask(
    tx: Tx,
    kind: Kind,
    to: Person,
    key: str,
    *,
    match: Match | None = None,
    session: MentoringSession | None = None,
    planned_for: datetime | None = None,
    nominal: str | None = None,
) -> Prompt | None:
    """A question to one person: the prompt, and the delivery that carries it. None: it was asked
    before. Several due at once leave as one message."""
    values = drafting.prompt(
        tx,
        kind,
        workspace_id=to.workspace_id,
        key=drafting.key_of(kind, key, to.id),
        person_id=to.id,
        match_id=match.id if match else None,
        session_id=session.id if session else None,
    )
    if not tx.insert_once(Prompt, **values):
        return None
    prompt = tx.session.get_one(Prompt, (to.workspace_id, values["id"]))
    delivery = tell(
        tx,
        kind,
        to,
        key,
        match=match,
        session=session,
        planned_for=planned_for,
        nominal=nominal,
    )
    if delivery is None:
        prompt.state = PromptState.SKIPPED
    else:
        prompt.delivery_id = delivery.id
    return prompt


def snooze(tx: Tx, prompt: Prompt, to: Person, day: date) -> bool:
    """Ask again on `day`, a date on the person's own calendar, in their hours; whether that is
    new: the same day chosen twice is one message."""
    row = tell(
        tx,
        KINDS[prompt.kind],
        to,
        f"{prompt.id}|{day.isoformat()}",
        match=tx.session.get(Match, (to.workspace_id, prompt.match_id or "")),
        session=tx.session.get(MentoringSession, (to.workspace_id, prompt.session_id or "")),
        planned_for=resolve(datetime.combine(day, time.min), to.tz),
    )
    if row is not None:
        prompt.state, prompt.delivery_id = PromptState.SNOOZED, row.id
    return row is not None


def cancel(
    tx: Tx,
    reason: str,
    *,
    workspace_id: str,
    match_id: str | None = None,
    session_id: str | None = None,
    person_id: str | None = None,
    schedule_id: str | None = None,
    kinds: tuple[Kind, ...] = (),
) -> int:
    """Cancel what still waits and matches all that is given; how many that were."""
    query = _waiting_of(kinds).where(Delivery.workspace_id == workspace_id)
    for column, value in (
        (Delivery.match_id, match_id),
        (Delivery.session_id, session_id),
        (Delivery.person_id, person_id),
        (Delivery.schedule_id, schedule_id),
    ):
        if value is not None:
            query = query.where(column == value)
    rows = list(tx.session.scalars(_locked(tx, query)))
    for row in rows:
        close(tx, row, DeliveryState.CANCELLED, reason)
        skip_prompts(tx, row)
    return len(rows)


@cache
def _waiting_of(kinds: tuple[Kind, ...]) -> Select[Delivery]:
    """What waits, of these kinds or of all."""
    query = select(Delivery).where(Delivery.state.in_(_WAITING))
    return query.where(Delivery.kind.in_([kind.name for kind in kinds])) if kinds else query


def unplan(tx: Tx, *, workspace_id: str, schedule_id: str) -> None:
    """Take back what a habit has planned and no worker ever tried to post: the rows go, and their
    keys are free again."""
    query = select(Delivery).where(
        Delivery.workspace_id == workspace_id,
        Delivery.schedule_id == schedule_id,
        Delivery.state == DeliveryState.PENDING,
        Delivery.first_post_at.is_(None),
    )
    for row in tx.session.scalars(_locked(tx, query)):
        for prompt in prompts_of(tx, row):
            if prompt.state is PromptState.PLANNED:
                tx.session.delete(prompt)
        tx.session.delete(row)
    tx.session.flush()


def replan_person(tx: Tx, person: Person) -> None:
    """After a change of zone, hours, holidays or leave: move what waits for this person, in place.
    The keys stay, so nothing can be sent twice."""
    tx.session.flush()
    query = select(Delivery).where(
        Delivery.workspace_id == person.workspace_id,
        Delivery.person_id == person.id,
        Delivery.state == DeliveryState.PENDING,
    )
    for row in tx.session.scalars(_locked(tx, query)):
        replan(tx, row, person)


def replan(tx: Tx, row: Delivery, person: Person) -> None:
    """Work out anew when one waiting message is to leave."""
    kind = KINDS[row.kind]
    if row.nominal and row.tz_used != person.tz:
        moved = due_of(datetime.fromisoformat(row.nominal), person.tz)
        if moved is None:
            close(tx, row, DeliveryState.SKIPPED, "nonexistent_date")
            return
        row.planned_for = moved
    row.tz_used = person.tz
    due = timing.due(kind, audience_of(tx, row, person), row.planned_for)
    if due is None:
        close(tx, row, DeliveryState.SKIPPED, "no_window")
        return
    row.due_at = due
    row.expires_at = drafting.expires(kind, due, row.expires_at)
    _hurry(tx, due)


def audience_of(tx: Tx, row: Delivery, person: Person) -> timing.Audience:
    """Whose hours count for a waiting message; `person` is its reader."""
    if KINDS[row.kind].conversation is not Conversation.GROUP or not row.match_id:
        return timing.audience(tx, person, row.program_id)
    match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
    other_id = match.mentor_id if person.id == match.mentee_id else match.mentee_id
    other = tx.session.get_one(Person, (row.workspace_id, other_id))
    both = (person, other)
    return timing.Audience(tuple(timing.availability(tx, p, row.program_id) for p in both))


def close(
    tx: Tx, row: Delivery, state: DeliveryState, reason: str | None, worker: str | None = None
) -> None:
    """Move a delivery to another state and write that down."""
    row.state, row.reason = state, reason
    row.lease_owner = row.lease_until = None
    note(tx, row, worker)


def note(tx: Tx, row: Delivery, worker: str | None = None) -> None:
    """Write down the state a delivery is in now."""
    tx.count(metrics.DELIVERIES.labels(row.kind, row.state.value).inc)
    tx.session.add(
        DeliveryEvent(
            workspace_id=row.workspace_id,
            delivery_id=row.id,
            at=tx.now,
            state=row.state,
            worker=worker,
            reason=row.reason,
        )
    )


def count_planned(tx: Tx, kind: Kind, rows: int) -> None:
    """New rows have no event of their own; they are counted all the same."""
    pending = metrics.DELIVERIES.labels(kind.name, DeliveryState.PENDING.value)
    tx.count(lambda: pending.inc(rows))


def prompts_of(tx: Tx, row: Delivery) -> list[Prompt]:
    """The prompts a delivery carries, oldest first."""
    return list(
        tx.session.scalars(
            select(Prompt)
            .where(Prompt.workspace_id == row.workspace_id, Prompt.delivery_id == row.id)
            .order_by(Prompt.id)
        )
    )


def _insert(
    tx: Tx, kind: Kind, audience: timing.Audience, planned_for: datetime, **values: Any
) -> Delivery | None:
    row = drafting.delivery(tx, kind, audience, planned_for, **values)
    if row is None or not tx.insert_once(Delivery, **row):
        return None
    _hurry(tx, row["due_at"])
    count_planned(tx, kind, 1)
    return tx.session.get_one(Delivery, (row["workspace_id"], row["id"]))


def _hurry(tx: Tx, due: datetime) -> None:
    if due <= tx.now:
        tx.hurry()


def skip_prompts(tx: Tx, row: Delivery) -> None:
    """The prompts that a delivery was to carry are not asked; one that has been answered or has
    ended meanwhile stays as it is."""
    if KINDS[row.kind].purpose is Purpose.PROMPT:
        for prompt in prompts_of(tx, row):
            skip_prompt(prompt)


def skip_prompt(prompt: Prompt) -> None:
    if prompt.state in {PromptState.PLANNED, PromptState.SNOOZED}:
        prompt.state = PromptState.SKIPPED


def _locked(tx: Tx, query: Any) -> Any:
    return query.with_for_update() if tx.is_postgresql else query


LAPSES_AFTER = timedelta(days=7)  # an unanswered prompt; nobody is told
