"""From habits to messages: what falls due within the horizon becomes rows, under unique keys.

Any number of replicas may plan at once; on a conflict nothing happens. Features say what the turns
of their kind become with `@plans(KIND)`: many at once, as plain values, since a hundred thousand
habits may come into the horizon in one hour.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from bot.domain.cadence import Occurrence, nominal_key
from bot.domain.deliveries import KINDS, Kind, Purpose
from bot.services import deliveries, drafting, schedules, timing
from bot.services.schedules import Habit
from bot.storage.models import Delivery, Prompt, Schedule
from bot.storage.unit_of_work import Tx

HORIZON = timedelta(hours=48)


@dataclass(frozen=True)
class Turn:
    """One return of a habit: it is to become a message."""

    habit: Habit
    occurrence: Occurrence

    @property
    def nominal(self) -> str:
        """Its part of the message's key."""
        return nominal_key(self.occurrence.nominal)


@dataclass(frozen=True)
class Wanted:
    """What a turn becomes. A prompt's kind asks `question_id`."""

    turn: Turn
    question_id: str | None = None


Planner = Callable[[Tx, str, Sequence[Turn]], Iterable[Wanted]]
"""The turns are of one kind and of one workspace, which is named. A turn that becomes nothing is
left out."""

_PLANNERS: dict[str, Planner] = {}


@dataclass(frozen=True)
class Plan:
    limit: int = 500


def plans(kind: Kind) -> Callable[[Planner], Planner]:
    """Mark the function that says what turns of `kind` become."""

    def mark(planner: Planner) -> Planner:
        _PLANNERS[kind.name] = planner
        return planner

    return mark


def plan(tx: Tx, command: Plan) -> int:
    """Turn due habits into rows and point them further; how many habits that were.

    Occurrences that fell into a time when nobody planned, and are past their grace, are left out:
    there is no burst after a downtime.
    """
    until = tx.now + HORIZON
    habits = schedules.due(tx, until, command.limit)
    turns, pointed = [], []
    for habit in habits:
        planned, following = schedules.turns(habit, habit.reader.tz, until)
        turns += [Turn(habit, each) for each in planned if not _too_late(habit, each, tx.now)]
        pointed.append((habit, following))
    turns.sort(key=_batch)
    for (kind, workspace_id), batch in groupby(turns, key=_batch):
        together = list(batch)
        _write(tx, KINDS[kind], workspace_id, _PLANNERS[kind](tx, workspace_id, together))
    schedules.point(tx, pointed)
    return len(habits)


def next_plan(tx: Tx, _: None) -> datetime | None:
    """When the next habit comes into the horizon."""
    due = tx.session.scalar(
        select(Schedule.next_due)
        .where(Schedule.enabled.is_(True), Schedule.next_due.is_not(None))
        .order_by(Schedule.next_due)
        .limit(1)
    )
    return due - HORIZON if due else None


def kinds() -> frozenset[str]:
    return frozenset(_PLANNERS)


def _too_late(habit: Habit, occurrence: Occurrence, now: datetime) -> bool:
    grace = KINDS[habit.kind].grace
    return grace is not None and occurrence.due + grace <= now


def _batch(turn: Turn) -> tuple[str, str]:
    return turn.habit.kind, turn.habit.reader.workspace_id


# Writing


def _write(tx: Tx, kind: Kind, workspace_id: str, wanted: Iterable[Wanted]) -> None:
    """Both rows of a prompt have one key, so whoever is first has made both."""
    together = list(wanted)
    people = {each.turn.habit.reader.id for each in together}
    programs = {each.turn.habit.program_id or "" for each in together}
    absences = timing.absences(tx, workspace_id, people, programs)
    rows = _Rows()
    for each in together:
        rows.add(tx, kind, each, absences)
    tx.insert_many_once(Prompt, rows.prompts)
    deliveries.count_planned(tx, kind, tx.insert_many_once(Delivery, rows.deliveries))


@dataclass(frozen=True)
class _Rows:
    prompts: list[Mapping[str, Any]] = field(default_factory=list)
    deliveries: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, tx: Tx, kind: Kind, wanted: Wanted, absences: timing.Absences) -> None:
        turn, habit = wanted.turn, wanted.turn.habit
        reader = habit.reader
        about = {
            "workspace_id": reader.workspace_id,
            "key": drafting.key_of(kind, f"{habit.subject_id}|{turn.nominal}", reader.id),
            "person_id": reader.id,
            "match_id": habit.match_id,
        }
        delivery = drafting.delivery(
            tx,
            kind,
            absences.audience(reader, habit.program_id),
            turn.occurrence.due,
            program_id=habit.program_id,
            nominal=turn.nominal,
            schedule_id=habit.id,
            schedule_version=habit.version,
            tz_used=reader.tz,
            **about,
        )
        if delivery is None:
            return
        self.deliveries.append(delivery)
        if kind.purpose is Purpose.PROMPT:
            asked = {"question_id": wanted.question_id, "delivery_id": delivery["id"]}
            self.prompts.append(drafting.prompt(tx, kind, **about, **asked))
