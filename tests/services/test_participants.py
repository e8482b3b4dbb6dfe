"""Who may join, and that an actor only ever speaks for themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.domain.actor import Actor
from bot.domain.lifecycle import ProgramState, Role
from bot.domain.participants import CannotJoin, LookAround, Obstacle, OpenForm
from bot.services import participants
from bot.storage.engine import open_engine
from bot.storage.models import Person, Program, Workspace
from bot.storage.unit_of_work import Database, Tx

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)
BIMA = Actor("w", "bima", "UBIMA", "Bima", "UTC", "en", chose_language=True, may_found=False)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """Two workspaces, each with a programme `p`; Bima is in the first."""
    engine = open_engine(database_url)
    database = Database(engine, MovableClock(NOW))
    database.run(_rows, None)
    yield database
    engine.dispose()


def _rows(tx: Tx, _: None) -> None:
    for workspace in ("w", "elsewhere"):
        tx.session.add(
            Workspace(
                id=workspace, team_id=workspace, name="Team", bot_user_id="UBOT", created_at=NOW
            )
        )
        tx.session.flush()
        tx.session.add(_program(workspace, f"p-{workspace}"))
    tx.session.add(
        Person(
            workspace_id="w",
            id="bima",
            created_at=NOW,
            slack_user_id="UBIMA",
            name="Bima",
            profile_checked_at=NOW,
        )
    )


def _program(workspace: str, program_id: str) -> Program:
    return Program(
        workspace_id=workspace,
        id=program_id,
        created_at=NOW,
        name="Engineering",
        purpose="Grow",
        language="en",
        every="week",
        weekday=4,
        local_time=time(16),
        contact_user_id="UWATI",
        state=ProgramState.ACTIVE,
        created_by="nobody",
    )


def _change(tx: Tx, command: tuple[type[Any], tuple[str, str], dict[str, Any]]) -> None:
    model, key, values = command
    row = tx.session.get_one(model, key)
    for column, value in values.items():
        setattr(row, column, value)


@pytest.mark.parametrize(
    ("person", "program", "obstacle"),
    [
        ({"is_bot": True}, {"guests_allowed": True}, Obstacle.NOT_A_PERSON),
        ({"is_deactivated": True}, {}, Obstacle.NOT_A_PERSON),
        ({"is_external": True}, {}, Obstacle.EXTERNAL),
        ({"is_external": True, "is_guest": True}, {}, Obstacle.EXTERNAL),
        ({"is_guest": True}, {}, Obstacle.GUEST),
        ({"is_external": True}, {"guests_allowed": True}, None),
        ({"is_guest": True}, {"guests_allowed": True}, None),
        ({}, {"state": ProgramState.PAUSED}, Obstacle.HELD),
        ({"is_guest": True}, {"state": ProgramState.CLOSED}, Obstacle.CLOSED),
    ],
)
def test_who_may_join(
    db: Database, person: dict[str, Any], program: dict[str, Any], obstacle: Obstacle | None
) -> None:
    db.run(_change, (Person, ("w", "bima"), person))
    db.run(_change, (Program, ("w", "p-w"), program))
    wanted = OpenForm(BIMA, "p-w", Role.MENTEE)
    if obstacle is None:
        assert not db.read(participants.open_form, wanted).again
        return
    with pytest.raises(CannotJoin) as refused:
        db.read(participants.open_form, wanted)
    assert refused.value.obstacle is obstacle


def test_another_workspace_is_not_there(db: Database) -> None:
    choice = db.read(participants.look_around, LookAround(BIMA, "p-elsewhere"))
    assert [offer.program_id for offer in choice.offers] == ["p-w"]
