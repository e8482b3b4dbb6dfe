"""Where the words of a private reflection go: their author's own screen and row, nowhere else."""

import json
import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.sandbox.people import Person
from bot.storage.models import Base
from tests.flows.reflections.pair import FRIDAY
from tests.world import World

CANARY = "canary-7f3a"


def places(world: World) -> set[str]:
    """The columns that hold the canary, in the whole database."""
    found = set()
    with world.bot.db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                raw = connection.execute(select(column)).scalars()
                if any(CANARY in _plain(value) for value in raw):
                    found.add(f"{table.name}.{column.name}")
    return found


def _plain(value: object) -> str:
    stored = getattr(value, "stored", None)
    return str(stored(str)) if stored else str(value)


def shown_to_others(world: World, author: Person) -> list[str]:
    """Everything Slack was told that somebody but the author can see."""
    return [
        json.dumps(dict(record.payload), default=str)
        for record in world.sandbox.journal
        if set(record.seen_by) - {author.id}
    ]


@pytest.mark.parametrize("way", ["form", "thread", "offer"])
def test_a_private_reflection_is_nowhere_but_in_its_own_row(
    world: World,
    bima: Person,
    sari: Person,
    match: str,
    way: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    world.advance_to(FRIDAY)
    if way == "form":
        bima.clicks("Answer")
        bima.submits({"Your answer": CANARY})
    elif way == "thread":
        bima.says(CANARY, thread=bima.messages("app")[-1])
    else:
        bima.says(CANARY)
        assert places(world) == set()  # nothing is stored before the press
        bima.clicks("Save, only me")
    world.advance(timedelta(days=8))
    assert places(world) == {"reflection.body"}
    assert not [r for r in caplog.records if r.name.startswith(OURS) and CANARY in r.getMessage()]
    assert not [text for text in shown_to_others(world, bima) if CANARY in text]
    posts = [r for r in world.sandbox.journal if r.kind in {"post", "update", "ephemeral"}]
    assert not [r for r in posts if CANARY in json.dumps(dict(r.payload), default=str)]


def test_a_shared_one_is_in_no_delivery_and_no_notification(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    bima.types("/mentor reflect")
    bima.clicks("Write a reflection")
    bima.submits({"What would you like to keep?": CANARY, "Who may read it?": match})
    world.advance(timedelta(hours=8))
    sari.sees(CANARY)
    assert places(world) == {"reflection.body"}
    assert not [r for r in world.sandbox.journal if CANARY in (r.text or "")]


OURS = ("bot", "handlers", "scheduler")
