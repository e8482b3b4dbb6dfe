"""A workspace full of people for measurements: each takes part in one programme, in one pair."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from bot.clock import SystemClock
from bot.domain.lifecycle import MatchState, ParticipantState, ProgramState, Role
from bot.services import workspaces
from bot.storage.engine import open_engine
from bot.storage.models import Base, Match, Participant, Person, Program
from bot.storage.unit_of_work import Database, Tx


def fill(url: str, identity: workspaces.Installed, people: int) -> None:
    """`people` of them (Slack ids U100000, U100001, …), two to a pair."""
    engine = open_engine(url, pool_size=1)
    db = Database(engine, SystemClock())
    workspace_id = db.run(workspaces.ensure, identity)
    db.run(_people, (workspace_id, people))
    engine.dispose()


def slack_id(number: int) -> str:
    return f"U{100_000 + number}"


def _people(tx: Tx, wanted: tuple[str, int]) -> None:
    workspace_id, count = wanted
    common = {"workspace_id": workspace_id, "created_at": tx.now}
    program = tx.new_id()
    ids = [tx.new_id() for _ in range(count)]
    everyone = [
        {**common, "id": one, "slack_user_id": slack_id(n), "name": f"Person {n}",
         "tz": "Asia/Jakarta", "locale": "en", "profile_checked_at": tx.now}
        for n, one in enumerate(ids)
    ]  # fmt: skip
    roles = [Role.MENTOR, Role.MENTEE] * (count // 2)
    places = [
        {**common, "id": tx.new_id(), "program_id": program, "person_id": one, "role": role,
         "state": ParticipantState.READY, "consented_at": tx.now}
        for one, role in zip(ids, roles, strict=True)
    ]  # fmt: skip
    pairs = [
        {**common, "id": tx.new_id(), "program_id": program, "mentor_id": mentor,
         "mentee_id": mentee, "state": MatchState.ACTIVE, "proposed_by": ids[0]}
        for mentor, mentee in zip(ids[::2], ids[1::2], strict=True)
    ]  # fmt: skip
    _insert(tx, Person, everyone)
    _insert(tx, Program, [{**common, "id": program, **_PROGRAM, "created_by": ids[0]}])
    _insert(tx, Participant, places)
    _insert(tx, Match, pairs)


_PROGRAM = {
    "name": "Sebaya", "purpose": "x", "language": "both", "every": "two_weeks", "weekday": 4,
    "local_time": time(16), "contact_user_id": slack_id(0), "state": ProgramState.ACTIVE,
}  # fmt: skip


def _insert(tx: Tx, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    tx.session.bulk_insert_mappings(model, rows)  # type: ignore[arg-type]
