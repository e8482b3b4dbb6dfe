"""Messages of no feature, so that how they leave can be tested apart from what they say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.domain import deliveries as table
from bot.domain.deliveries import Conversation, Kind, Purpose, WhenUnsure, Window
from bot.domain.message import Message
from bot.i18n import Reader, escape
from bot.sandbox.people import Person as Somebody
from bot.services import access, deliveries, loading, people
from bot.storage.models import Delivery, Person, Prompt
from bot.storage.unit_of_work import Tx
from bot.views import blocks, messages
from tests.world import World


@dataclass(frozen=True)
class Note:
    """What a test message says: its own key."""

    key: str


NOW = Kind("test.now", Purpose.ANSWER, window=Window.NONE)
NOTE = Kind("test.note", Purpose.TRANSACTIONAL)
KEPT = Kind("test.kept", Purpose.TRANSACTIONAL, when_unsure=WhenUnsure.KEEP)
PROMPT = Kind("test.prompt", Purpose.PROMPT, grace=timedelta(hours=48))
POST = Kind(
    "test.post", Purpose.ANSWER, Conversation.CHANNEL, Window.NONE, when_unsure=WhenUnsure.ASK
)
ALL = (NOW, NOTE, KEPT, PROMPT, POST)


def _load(_tx: Tx, row: Delivery | Prompt) -> Note:
    return Note(row.key)


def _render(_t: Reader, note: Note) -> Message:
    return Message(note.key, (blocks.section(escape(note.key)),))


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds that only tests send."""
    for kind in ALL:
        monkeypatch.setitem(table.KINDS, kind.name, kind)
        monkeypatch.setitem(loading._LOADERS, kind.name, _load)
        monkeypatch.setitem(loading._PROMPT_LOADERS, kind.name, _load)
    monkeypatch.setitem(messages._RENDERERS, Note, _render)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = World(database_url)
    yield made
    made.close()


@pytest.fixture
def bima(world: World) -> Somebody:
    """Somebody in Jakarta whom the bot knows, and who reads English."""
    somebody = world.add_person("bima", "Bima", tz="Asia/Jakarta")
    somebody.types("/mentor nothing")
    change(world, somebody, lambda person: setattr(person, "locale", "en"))
    return somebody


def change(world: World, who: Somebody, how: Callable[[Person], None]) -> None:
    """Change somebody's row, and what is planned for them with it."""

    def use_case(tx: Tx, _: None) -> None:
        person = row_of(tx, who)
        how(person)
        deliveries.replan_person(tx, person)

    world.bot.db.run(use_case, None)


def tell(
    world: World, kind: Kind, to: Somebody, key: str, planned_for: datetime | None = None
) -> None:
    world.bot.db.run(
        lambda tx, _: deliveries.tell(tx, kind, row_of(tx, to), key, planned_for=planned_for), None
    )


def ask(world: World, to: Somebody, key: str, planned_for: datetime | None = None) -> None:
    world.bot.db.run(
        lambda tx, _: deliveries.ask(tx, PROMPT, row_of(tx, to), key, planned_for=planned_for),
        None,
    )


def row_of(tx: Tx, who: Somebody) -> Person:
    workspace = people.find_workspace(tx, "T00000001")
    assert workspace is not None
    person = access.find_person(tx, workspace.id, who.id)
    assert person is not None
    return person


def states(world: World) -> dict[str, str]:
    """State of each delivery by its key."""

    def query(tx: Tx, _: None) -> dict[str, str]:
        return {row.key: row.state.value for row in tx.session.query(Delivery)}

    return world.bot.db.read(query, None)


def posts(world: World, text: str) -> int:
    """How many messages with `text` the workspace received."""
    return sum(1 for r in world.sandbox.journal if r.kind == "post" and text in r.text)
