"""Goals. Nobody but their owner ever sees one, so nothing is sent from here."""

from datetime import date, timedelta

from sqlalchemy import Select, func, select

from bot.domain.actor import Actor
from bot.domain.cadence import local_date
from bot.domain.goals import (
    MAX_OPEN,
    PAGE,
    GoalChanged,
    GoalList,
    GoalShown,
    OnGoal,
    SaveGoal,
    ShowGoals,
    TooManyGoals,
)
from bot.domain.limits import GOAL
from bot.domain.refusals import InvalidField
from bot.services import access
from bot.storage import sealed
from bot.storage.models import Goal
from bot.storage.unit_of_work import Tx

_DAYS_AHEAD = 5 * 365  # later than that is a typing mistake


def show(tx: Tx, command: ShowGoals) -> GoalList:
    """A page of the actor's goals. A page that has emptied meanwhile is the one before it."""
    actor, page = command.actor, max(command.page, 0)
    query = select(Goal).where(
        Goal.workspace_id == actor.workspace_id, Goal.person_id == actor.person_id
    )
    rows = sorted(tx.session.scalars(query), key=_order)
    page = min(page, max(len(rows) - 1, 0) // PAGE)
    shown = rows[page * PAGE : (page + 1) * PAGE]
    return GoalList(
        tuple(_shown(actor, row) for row in shown),
        sum(row.done_at is None for row in rows),
        page,
        has_more=len(rows) > (page + 1) * PAGE,
    )


def form(tx: Tx, command: OnGoal) -> GoalShown:
    return _shown(command.actor, access.get_goal(tx, command.actor, command.goal_id))


def check_room(tx: Tx, actor: Actor) -> None:
    """Raises `TooManyGoals` when one more would be too many."""
    if _open_count(tx, actor) >= MAX_OPEN:
        raise TooManyGoals(MAX_OPEN)


def save(tx: Tx, command: SaveGoal) -> GoalChanged:
    """Add a goal or change one. Raises `InvalidField`, `TooManyGoals`."""
    actor, what = command.actor, _checked(command.what)
    access.get_self(tx, actor)  # two forms sent at once are counted one after the other
    if command.goal_id is None:
        row = _same_as_open(tx, actor, what)
        if row is None:
            _check_date(tx, actor, command.by_when)
            check_room(tx, actor)
            row = _add(tx, actor, what)
    else:
        row = access.get_goal(tx, actor, command.goal_id)
        if command.by_when != row.by_when:
            _check_date(tx, actor, command.by_when)
    sealed.write(row, "what", what)
    row.by_when = command.by_when
    return _changed(tx, actor, "saved")


def finish(tx: Tx, command: OnGoal) -> GoalChanged:
    """It is done; safe to repeat."""
    row = access.get_goal(tx, command.actor, command.goal_id)
    row.done_at = row.done_at or tx.now
    return _changed(tx, command.actor, "done")


def reopen(tx: Tx, command: OnGoal) -> GoalChanged:
    """It is not done after all; safe to repeat. Raises `TooManyGoals`."""
    access.get_self(tx, command.actor)
    row = access.get_goal(tx, command.actor, command.goal_id)
    if row.done_at is not None:
        check_room(tx, command.actor)
        row.done_at = None
    return _changed(tx, command.actor, "reopened")


def delete(tx: Tx, command: OnGoal) -> GoalChanged:
    tx.session.delete(access.get_goal(tx, command.actor, command.goal_id))
    return _changed(tx, command.actor, "deleted")


def _add(tx: Tx, actor: Actor, what: str) -> Goal:
    row = Goal(
        workspace_id=actor.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        person_id=actor.person_id,
        what=sealed.seal(what),
    )
    tx.session.add(row)
    return row


def _same_as_open(tx: Tx, actor: Actor, what: str) -> Goal | None:
    """The same form sent twice is one goal."""
    rows = tx.session.scalars(_open(actor))
    return next((row for row in rows if sealed.read(row, "what") == what), None)


def _open(actor: Actor) -> Select[Goal]:
    return select(Goal).where(
        Goal.workspace_id == actor.workspace_id,
        Goal.person_id == actor.person_id,
        Goal.done_at.is_(None),
    )


def _open_count(tx: Tx, actor: Actor) -> int:
    return tx.session.scalar(select(func.count()).select_from(_open(actor).subquery())) or 0


def _changed(tx: Tx, actor: Actor, change: str) -> GoalChanged:
    tx.session.flush()
    return GoalChanged(change, _open_count(tx, actor))


def _checked(what: str) -> str:
    if not what.strip():
        raise InvalidField("what", "required")
    if len(what) > GOAL:
        raise InvalidField("what", "too_long", GOAL)
    return what.strip()


def _check_date(tx: Tx, actor: Actor, day: date | None) -> None:
    today = local_date(tx.now, actor.tz)
    if day is not None and day < today:
        raise InvalidField("by_when", "past")
    if day is not None and day > today + timedelta(days=_DAYS_AHEAD):
        raise InvalidField("by_when", "too_far", _DAYS_AHEAD)


def _order(row: Goal) -> tuple[bool, float, str]:
    if row.done_at is not None:
        return True, -row.done_at.timestamp(), row.id
    return False, (row.by_when or date.max).toordinal(), row.id


def _shown(actor: Actor, row: Goal) -> GoalShown:
    done_on = local_date(row.done_at, actor.tz) if row.done_at else None
    return GoalShown(row.id, row.by_when, done_on, sealed.read(row, "what") or "")
