"""Stating, joining and ending leaves; telling partners the dates, and what waits afterwards."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from bot.domain import absence
from bot.domain.absence import (
    BackAgain,
    CameBack,
    Days,
    DropLeave,
    GoAway,
    Meeting,
    NotAway,
    PartnerAway,
    PartnerBack,
    WentAway,
)
from bot.domain.actor import Actor
from bot.domain.cadence import due_of, local_date, nominal_key, resolve
from bot.domain.deliveries import PARTNER_AWAY, PARTNER_BACK, QUESTIONS, WELCOME_BACK
from bot.domain.lifecycle import DeliveryState, MatchState, PromptState, SessionState
from bot.domain.refusals import NotFound
from bot.services import access, deliveries, people, timing
from bot.services.loading import Skip, loads, loads_prompt
from bot.storage.models import Delivery, Leave, Match, MentoringSession, Person, Prompt
from bot.storage.unit_of_work import Tx

_DAY = timedelta(days=1)
_SOON = timedelta(days=7)  # what the message after a leave looks ahead to
_LOOK_AHEAD = 60  # days in which a working day must come


def go_away(tx: Tx, command: GoAway) -> WentAway:
    """State a leave. Days that overlap or touch stated ones become one leave with them."""
    person = access.get_self(tx, command.actor)
    today = local_date(tx.now, person.tz)
    absence.check(command.first, command.last, today)
    leave, merged = _put(tx, person, command.first, command.last, today)
    _plan_return(tx, person, leave)
    _tell_partners(tx, person, leave)
    deliveries.replan_person(tx, person)
    return WentAway(_days(leave), merged, _meetings(tx, person, leave.first_day, leave.last_day))


def come_back(tx: Tx, actor: Actor) -> CameBack:
    """End the leave under way: yesterday was its last day. Raises `NotAway`."""
    person = access.get_self(tx, actor)
    today = local_date(tx.now, person.tz)
    leaves = _ahead(tx, person, today)
    current = next((leave for leave in leaves if leave.first_day <= today), None)
    if current is None:
        raise NotAway(tuple(map(_days, leaves)))
    return _end(tx, person, current, today)


def drop_leave(tx: Tx, command: DropLeave) -> CameBack:
    """Take back a leave, whether it has begun or not. Raises `NotFound` when it is over."""
    person = access.get_self(tx, command.actor)
    today = local_date(tx.now, person.tz)
    for leave in _ahead(tx, person, today):
        if leave.id == command.leave_id:
            return _end(tx, person, leave, today)
    raise NotFound


def load_leaves(tx: Tx, actor: Actor) -> tuple[Days, ...]:
    """The person's leaves that are not over, soonest first."""
    person = access.get_self(tx, actor)
    return tuple(map(_days, _ahead(tx, person, local_date(tx.now, person.tz))))


@loads(PARTNER_AWAY)
def _load_partner_away(tx: Tx, row: Delivery) -> PartnerAway | Skip:
    leave = tx.session.get(Leave, (row.workspace_id, row.params["leave"]))
    if leave is None or leave.cancelled_at or _dates(leave) != row.params["dates"]:
        return Skip("changed")
    person = access.get_person(tx, row.workspace_id, leave.person_id)
    if leave.last_day < local_date(tx.now, person.tz):
        return Skip("over")
    return PartnerAway(people.who(person), leave.first_day, leave.last_day)


@loads(PARTNER_BACK)
def _load_partner_back(tx: Tx, row: Delivery) -> PartnerBack | Skip:
    leave = tx.session.get(Leave, (row.workspace_id, row.params["leave"]))
    if leave is None:
        return Skip("changed")
    person = access.get_person(tx, row.workspace_id, leave.person_id)
    last = date.fromisoformat(row.params["last"])
    if any(other.first_day <= last for other in _ahead(tx, person, local_date(tx.now, person.tz))):
        return Skip("away_again")
    return PartnerBack(people.who(person), last)


@loads_prompt(WELCOME_BACK)
def _load_return(tx: Tx, prompt: Prompt) -> BackAgain | Skip:
    leave = tx.session.get(Leave, (prompt.workspace_id, prompt.key.split("|")[1]))
    person = access.get_person(tx, prompt.workspace_id, prompt.person_id)
    today = local_date(tx.now, person.tz)
    if leave is None or leave.cancelled_at or leave.last_day >= today:
        return Skip("still_away")
    waiting = _open_prompts(tx, person)
    meetings = _meetings(tx, person, today, today + _SOON)
    if not waiting and not meetings:
        return Skip("nothing_to_say")
    return BackAgain(meetings, waiting)


# Leaves


def _put(tx: Tx, person: Person, first: date, last: date, today: date) -> tuple[Leave, bool]:
    """The one leave that holds these days, and whether it holds other stated ones too."""
    met = [x for x in _ahead(tx, person, today) if absence.meet(_days(x), first, last)]
    if not met:
        leave = Leave(
            workspace_id=person.workspace_id,
            id=tx.new_id(),
            created_at=tx.now,
            person_id=person.id,
            first_day=first,
            last_day=last,
        )
        tx.session.add(leave)
        tx.session.flush()
        return leave, False
    leave, *others = met
    stated = (leave.first_day, leave.last_day)
    leave.first_day = min(first, *(x.first_day for x in met))
    leave.last_day = max(last, *(x.last_day for x in met))
    for other in others:
        other.cancelled_at = tx.now
        _drop_return(tx, person, other)
    return leave, (leave.first_day, leave.last_day) != (first, last) and stated != (first, last)


def _end(tx: Tx, person: Person, leave: Leave, today: date) -> CameBack:
    was, had_begun = _days(leave), leave.first_day < today
    _tell_back(tx, person, leave)
    if had_begun:
        leave.last_day = today - _DAY
    else:
        leave.cancelled_at = tx.now
    _drop_return(tx, person, leave)
    deliveries.replan_person(tx, person)
    return CameBack(was, was.first <= today)


def _ahead(tx: Tx, person: Person, today: date) -> list[Leave]:
    """Leaves that are not over, soonest first."""
    found = [leave for leave in timing.leaves(tx, person) if leave.last_day >= today]
    return sorted(found, key=lambda leave: leave.first_day)


def _days(leave: Leave) -> Days:
    return Days(leave.id, leave.first_day, leave.last_day)


def _dates(leave: Leave) -> str:
    return f"{leave.first_day}/{leave.last_day}"


# The message on the first working day after


def _plan_return(tx: Tx, person: Person, leave: Leave) -> None:
    """One for each leave; it moves when the leave gets longer."""
    nominal = datetime.combine(_working_day(tx, person, leave.last_day + _DAY), absence.BACK_AT)
    due = due_of(nominal, person.tz) or tx.now
    row = _return_of(tx, person, leave)
    if row is None:
        key = nominal_key(nominal)
        deliveries.ask(tx, WELCOME_BACK, person, leave.id, planned_for=due, nominal=key)
    elif row.state is DeliveryState.PENDING:
        row.planned_for, row.nominal = due, nominal_key(nominal)


def _drop_return(tx: Tx, person: Person, leave: Leave) -> None:
    row = _return_of(tx, person, leave)
    if row is not None and row.state is DeliveryState.PENDING:
        deliveries.close(tx, row, DeliveryState.CANCELLED, "back")
        for prompt in deliveries.prompts_of(tx, row):
            prompt.state = PromptState.SKIPPED


def _return_of(tx: Tx, person: Person, leave: Leave) -> Delivery | None:
    return tx.session.scalar(
        select(Delivery).where(
            Delivery.workspace_id == person.workspace_id,
            Delivery.key == f"{WELCOME_BACK.name}|{leave.id}|{person.id}",
        )
    )


def _working_day(tx: Tx, person: Person, day: date) -> date:
    """The first day from `day` on that has message hours and is not closed."""
    who = timing.availability(tx, person)
    days = (day + timedelta(days=n) for n in range(_LOOK_AHEAD))
    return next((d for d in days if who.hours.on(d) and not who.closed(d)), day)


# Partners


def _tell_partners(tx: Tx, person: Person, leave: Leave) -> None:
    """The dates and nothing else, in the partner's own hours."""
    params = {"leave": leave.id, "dates": _dates(leave)}
    over = resolve(datetime.combine(leave.last_day + _DAY, datetime.min.time()), person.tz)
    for match in access.active_matches(tx, person.workspace_id, person.id):
        deliveries.tell(
            tx,
            PARTNER_AWAY,
            access.partner_of(tx, match, person.id),
            f"{leave.id}|{_dates(leave)}",
            match=match,
            params=params,
            expires_at=over,
        )


def _tell_back(tx: Tx, person: Person, leave: Leave) -> None:
    """To those who read that the person is away; from the others that message is withheld."""
    for match in access.active_matches(tx, person.workspace_id, person.id):
        partner = access.partner_of(tx, match, person.id)
        told = f"{PARTNER_AWAY.name}|{leave.id}|{_dates(leave)}|{partner.id}"
        if _was_sent(tx, person.workspace_id, told):
            params = {"leave": leave.id, "last": leave.last_day.isoformat()}
            key = f"{leave.id}|{_dates(leave)}"
            deliveries.tell(tx, PARTNER_BACK, partner, key, match=match, params=params)


def _was_sent(tx: Tx, workspace_id: str, key: str) -> bool:
    query = select(Delivery.id).where(
        Delivery.workspace_id == workspace_id,
        Delivery.key == key,
        Delivery.state.in_([DeliveryState.POSTING, DeliveryState.SENT]),
    )
    return tx.session.scalar(query) is not None


# What lies within


def _meetings(tx: Tx, person: Person, first: date, last: date) -> tuple[Meeting, ...]:
    """Sessions on these local days, agreed or proposed, soonest first."""
    matches = {m.id: m for m in access.active_matches(tx, person.workspace_id, person.id)}
    start = resolve(datetime.combine(first, datetime.min.time()), person.tz)
    end = resolve(datetime.combine(last + _DAY, datetime.min.time()), person.tz)
    at = func.coalesce(MentoringSession.start_at, MentoringSession.proposed_start_at)
    query = select(MentoringSession).where(
        MentoringSession.workspace_id == person.workspace_id,
        MentoringSession.match_id.in_(matches),
        MentoringSession.state.in_([SessionState.SCHEDULED, SessionState.PROPOSED]),
        at >= max(start or tx.now, tx.now),
        at < (end or tx.now),
    )
    rows = tx.session.scalars(query.order_by(at))
    return tuple(_meeting(tx, person, matches[row.match_id], row) for row in rows)


def _meeting(tx: Tx, person: Person, match: Match, row: MentoringSession) -> Meeting:
    start = row.start_at or row.proposed_start_at or tx.now
    partner = people.who(access.partner_of(tx, match, person.id))
    return Meeting(row.id, partner, start, row.state is SessionState.PROPOSED)


def _open_prompts(tx: Tx, person: Person) -> int:
    """Questions this person may still answer."""
    query = (
        select(func.count(Prompt.id))
        .outerjoin(
            Match, (Match.workspace_id == Prompt.workspace_id) & (Match.id == Prompt.match_id)
        )
        .where(
            Prompt.workspace_id == person.workspace_id,
            Prompt.person_id == person.id,
            Prompt.kind.in_(QUESTIONS),
            Prompt.state.in_([PromptState.SENT, PromptState.SNOOZED]),
            Match.id.is_(None) | (Match.state == MatchState.ACTIVE),
        )
    )
    return int(tx.session.scalar(query) or 0)
