"""Column types: aware instants, enums as text, and sealed personal text."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)


def _as_text(instant: datetime) -> str:
    """`2026-11-09T02:00:00.000000Z`; twenty times as fast as strftime, and strptime back."""
    return f"{instant.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant. SQLite silently drops offsets, so there it is text of one fixed width,
    which sorts like the instants do; PostgreSQL has a type for it."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC)
        return instant if dialect.name == "postgresql" else _as_text(instant)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return datetime.fromisoformat(value)


class EnumText(TypeDecorator[E]):
    """A `StrEnum` kept as its value, so that adding a member needs no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, enum: type[E]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: E | None, dialect: Dialect) -> Any:
        return None if value is None else str(self.enum(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> E | None:
        return None if value is None else self.enum(value)


class Sealed:
    """A person's text as the database holds it. It has no readable `repr` or `str`, so it cannot
    slip into a log or an error; `bot.storage.sealed.read` opens it."""

    __slots__ = ("_stored",)

    def __init__(self, stored: str) -> None:
        self._stored = stored

    def __repr__(self) -> str:
        return "Sealed(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other._stored == self._stored

    def __hash__(self) -> int:
        return hash(self._stored)

    def stored(self, opener: Callable[[str], str]) -> str:
        """The text, through the one function that knows how it is kept."""
        return opener(self._stored)


class SealedText(TypeDecorator[Sealed]):
    """Text that belongs to a person."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("personal text is written through bot.storage.sealed.write")
        return value.stored(lambda stored: stored)

    def process_result_value(self, value: Any, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(value)
