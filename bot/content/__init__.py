"""What the programme has to say on mentoring itself: agendas, ice-breakers and reflections.

The words are in the TOML files beside this module, each in English, in Indonesian and, where a
sentence addresses the reader, in Indonesian with *kamu*. Ids are stored with people's answers: a
text may be improved under its id, a different question needs a new one. No rule of when something
is sent belongs here, and no text of the bot about itself: that is in `bot.views`.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal, Protocol, TypeVar

ReflectionKind = Literal["session", "preparing", "enabling", "closure"]


@dataclass(frozen=True)
class Item:
    """One text under a stable id."""

    id: str
    english: str
    indonesian: str
    kamu: str | None = None

    def text(self, locale: str) -> str:
        """The text for a reader of "en", "id" or "id-kamu"; plain, not escaped for Slack."""
        if locale == "id-kamu":
            return self.kamu or self.indonesian
        return self.indonesian if locale == "id" else self.english


@dataclass(frozen=True)
class Reflection:
    """Questions that belong together: three after a session, one for a phase."""

    id: str
    questions: tuple[Item, ...]


@dataclass(frozen=True)
class AgendaLine:
    """One part of a session and how many minutes it may take."""

    minutes: int
    item: Item


@dataclass(frozen=True)
class Agenda:
    """A plan for one session."""

    id: str
    title: Item
    lines: tuple[AgendaLine, ...]

    @property
    def minutes(self) -> int:
        """How long all lines take together."""
        return sum(line.minutes for line in self.lines)


class HasId(Protocol):
    """Anything with a stable id."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=HasId)


@cache
def icebreakers() -> tuple[Item, ...]:
    """Openers for the first contacts of a pair."""
    return tuple(_item(row["key"], row) for row in _read("icebreakers")["icebreaker"])


@cache
def reflections(kind: ReflectionKind) -> tuple[Reflection, ...]:
    """The reflections after a session, or those of a phase of the pair."""
    rows = _read("reflections")[kind]
    return tuple(Reflection(row["key"], _items(row["key"], row["questions"])) for row in rows)


def question(reflection_id: str) -> Item | None:
    """The (first) question of a reflection, by the id kept with answers; None for one that is no
    longer asked."""
    return _first_questions().get(reflection_id)


@cache
def agendas() -> tuple[Agenda, ...]:
    """All plans for sessions."""
    return tuple(_agenda(row) for row in _read("agendas")["agenda"])


def agenda(agenda_id: str) -> Agenda:
    """One plan, by its id. KeyError when there is none."""
    return {each.id: each for each in agendas()}[agenda_id]


def pick(items: Sequence[T], seed: str, index: int) -> T:
    """The item of the `index`-th occasion (from 0) of whatever `seed` names, such as a pair's id.

    Every item comes once before one comes again, each round in another order; with three items or
    more the same one never comes twice running. Every machine gives the same answer.
    """
    turn, place = divmod(index, len(items))
    order = _shuffled(items, seed, turn)
    if turn and len(items) > 2 and order[0] == _shuffled(items, seed, turn - 1)[-1]:
        order[:2] = order[1], order[0]
    return order[place]


def _shuffled(items: Sequence[T], seed: str, turn: int) -> list[T]:
    return sorted(items, key=lambda item: sha256(f"{seed}/{turn}/{item.id}".encode()).digest())


@cache
def _first_questions() -> dict[str, Item]:
    kinds: tuple[ReflectionKind, ...] = ("session", "preparing", "enabling", "closure")
    return {each.id: each.questions[0] for kind in kinds for each in reflections(kind)}


def _agenda(row: dict[str, Any]) -> Agenda:
    key, lines = row["key"], row["lines"]
    items = _items(key, lines)
    timed = (AgendaLine(line["minutes"], item) for line, item in zip(lines, items, strict=True))
    return Agenda(key, _item(f"{key}.title", row["title"]), tuple(timed))


def _items(key: str, rows: Sequence[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(_item(f"{key}.{number}", row) for number, row in enumerate(rows, start=1))


def _item(item_id: str, row: dict[str, Any]) -> Item:
    return Item(item_id, row["en"], row["id"], row.get("kamu"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
