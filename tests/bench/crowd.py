"""Many people who are asked to reflect: rows like those a year of use leaves, written in bulk.

Each person mentors one partner and is mentored by another, in programmes of 200, in twelve zones.
Every habit falls due within 48 hours of `NOW`. One in ten keeps hours of their own, one in twenty
has stated days away, one programme in five has days off, and public holidays are each zone's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import DeclarativeBase

from bot.domain.cadence import Every, Hours, Rhythm, nominal_key, nth_of, occurrences, parse_spans
from bot.domain.deliveries import REFLECTION
from bot.domain.ids import new_id
from bot.domain.lifecycle import MatchState, ProgramState, SessionState
from bot.storage.models import (
    Leave,
    Match,
    MentoringSession,
    Person,
    Program,
    Schedule,
    Workspace,
)

NOW = datetime(2026, 11, 10, 20, tzinfo=UTC)  # a Tuesday
ZONES = (
    "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Kolkata", "Asia/Kathmandu",
    "Europe/Berlin", "Europe/London", "Africa/Nairobi", "America/New_York", "America/Sao_Paulo",
    "America/Los_Angeles", "Pacific/Auckland",
)  # fmt: skip
_TIMES = (
    (date(2026, 11, 11), time(9)), (date(2026, 11, 11), time(16)), (date(2026, 11, 12), time(10)),
)  # fmt: skip
_PROGRAM, _BATCH = 200, 5_000
_WORKSPACE = "0" * 32


@dataclass(frozen=True)
class _Somebody:
    number: int
    id: str
    tz: str


def seed(engine: Engine, schedules: int) -> None:
    """Fill an empty database with so many habits, two for each pair."""
    count = schedules // 2
    crowd = [_Somebody(n, _id(), ZONES[n % len(ZONES)]) for n in range(count)]
    programs = [_id() for _ in range(count // _PROGRAM + 1)]
    matches = [_id() for _ in crowd]
    _write(engine, Workspace, iter((_workspace(),)))
    _write(engine, Person, (_person(one) for one in crowd))
    _write(engine, Leave, (_leave(one) for one in crowd if one.number % 20 == 7))
    _write(engine, Program, (_program(n, id_, crowd[0]) for n, id_ in enumerate(programs)))
    pairs = [
        (id_, programs[n // _PROGRAM], crowd[n], crowd[(n + 1) % count])
        for n, id_ in enumerate(matches)
    ]
    _write(engine, Match, (_match(*pair) for pair in pairs))
    _write(engine, MentoringSession, (_session(*pair) for pair in pairs))
    _write(engine, Schedule, (row for pair in pairs for row in _habits(*pair)))


def _workspace() -> dict[str, Any]:
    return {
        "id": _WORKSPACE, "team_id": "T1", "name": "Crowd", "bot_user_id": "UBOT",
        "state": "active", "created_at": NOW,
    }  # fmt: skip


def _person(one: _Somebody) -> dict[str, Any]:
    evening = parse_spans("08:00-11:30, 13:00-18:00")
    assert isinstance(evening, tuple)
    own = Hours((evening,) * 6 + ((),)).to_json()
    return _row(
        one.id, slack_user_id=f"U{one.number:09d}", name="Somebody", tz=one.tz,
        profile_checked_at=NOW, locale="en", message_hours=own if one.number % 10 == 3 else None,
    )  # fmt: skip


def _leave(one: _Somebody) -> dict[str, Any]:
    return _row(_id(), person_id=one.id, first_day=date(2026, 11, 11), last_day=date(2026, 11, 13))


def _program(number: int, id_: str, by: _Somebody) -> dict[str, Any]:
    return _row(
        id_, name=f"Programme {number}", purpose="", language="en", every="week", weekday=2,
        local_time=time(9), contact_user_id="U000000000", state=ProgramState.ACTIVE,
        days_off=["2026-11-12"] if number % 5 == 0 else [], created_by=by.id,
    )  # fmt: skip


def _match(id_: str, program: str, mentor: _Somebody, mentee: _Somebody) -> dict[str, Any]:
    return _row(
        id_, program_id=program, mentor_id=mentor.id, mentee_id=mentee.id,
        state=MatchState.ACTIVE, proposed_by=mentor.id, started_at=NOW - timedelta(days=30),
    )  # fmt: skip


def _session(id_: str, program: str, mentor: _Somebody, mentee: _Somebody) -> dict[str, Any]:
    start = NOW - timedelta(days=14)
    return _row(
        _id(), match_id=id_, state=SessionState.HELD, start_at=start,
        end_at=start + timedelta(minutes=45), organizer_id=mentee.id, organizer_tz=mentee.tz,
    )  # fmt: skip


def _habits(
    match: str, program: str, mentor: _Somebody, mentee: _Somebody
) -> Iterator[dict[str, Any]]:
    day, clock = _TIMES[mentor.number % len(_TIMES)]
    every = tuple(Every)[mentor.number % len(Every)]
    nth = nth_of(day) if every is Every.MONTH else None
    rhythm = Rhythm(every, day.weekday(), clock, day - timedelta(days=28), nth)
    for person in (mentor, mentee):
        (turn,) = occurrences(rhythm, person.tz, NOW, NOW + timedelta(hours=48))
        yield _row(
            _id(), kind=REFLECTION.name, subject_id=match, match_id=match, program_id=program,
            person_id=person.id, every=every.value, weekday=rhythm.weekday, nth=nth,
            local_time=clock, anchor=rhythm.anchor, next_nominal=nominal_key(turn.nominal),
            next_due=turn.due,
        )  # fmt: skip


def _row(id_: str, **values: Any) -> dict[str, Any]:
    return {"workspace_id": _WORKSPACE, "id": id_, "created_at": NOW, **values}


def _id() -> str:
    return new_id(NOW)


def _write(engine: Engine, model: type[DeclarativeBase], rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, _BATCH)):
        with engine.begin() as connection:
            connection.execute(insert(model), batch)
