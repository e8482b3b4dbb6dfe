"""People are remembered for seconds, and what is changed about them is seen at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.domain.actor import Actor
from bot.domain.people import Profile
from bot.domain.settings import SetLanguage, SetZone
from bot.services import actors, people, settings, workspaces
from bot.services.actors import Actors
from bot.storage.engine import open_engine
from bot.storage.unit_of_work import Database, Tx
from tests.world import T0


@dataclass
class Process:
    """One process of the bot, as far as people are concerned."""

    db: Database
    actors: Actors

    def actor(self) -> Actor:
        found = self.actors.find(people.FindActor("T1", "U1", (), fresh=False)).actor
        assert found is not None
        return found


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(T0)


@pytest.fixture
def start(sqlite_url: str, clock: MovableClock) -> Iterator[Callable[[], Process]]:
    opened = []

    def process() -> Process:
        db = Database(open_engine(sqlite_url), clock)
        opened.append(db)
        return Process(db, Actors(db, clock))

    workspace = process().db.run(workspaces.ensure, workspaces.Installed("T1", "x", "UB"))
    profile = Profile("U1", "T1", "Bima", tz="Asia/Jakarta")
    opened[0].run(people.remember, people.Remember(workspace, profile))
    yield process
    for db in opened:
        db.engine.dispose()


def test_a_change_of_language_is_seen_by_the_next_request(start: Callable[[], Process]) -> None:
    one = start()
    actor = one.actor()
    one.db.run(settings.set_language, SetLanguage(actor, "id"))
    assert one.actor().locale == "id"


def test_another_process_sees_it_within_seconds(
    start: Callable[[], Process], clock: MovableClock
) -> None:
    one, other = start(), start()
    other.actor()
    one.db.run(settings.set_language, SetLanguage(one.actor(), "id"))
    assert other.actor().locale == "en"
    clock.set(clock.now() + actors.LASTS)
    assert other.actor().locale == "id"


def test_a_clock_set_back_keeps_nobody(start: Callable[[], Process], clock: MovableClock) -> None:
    one, other = start(), start()
    other.actor()
    one.db.run(settings.set_language, SetLanguage(one.actor(), "id"))
    clock.set(clock.now() - timedelta(hours=1))
    assert other.actor().locale == "id"


def test_who_was_read_before_a_change_is_not_kept_after_it(
    start: Callable[[], Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = start()
    changed = SetLanguage(one.actor(), "id")
    one.db.run(settings.set_zone, _elsewhere(one.actor()))
    read = one.db.read

    def overtaken(query: Callable[[Tx, Any], Any], command: Any) -> Any:
        found = read(query, command)
        one.db.run(settings.set_language, changed)
        return found

    monkeypatch.setattr(one.db, "read", overtaken)
    assert one.actor().locale == "en"
    monkeypatch.undo()
    assert one.actor().locale == "id"


def _elsewhere(actor: Actor) -> SetZone:
    return SetZone(actor, "Asia/Makassar")
