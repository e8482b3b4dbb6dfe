"""The one pair of functions that sets and reads personal text.

They know workspace, table, column and id of the row, so that encryption bound to the row can be
put in here without a change of schema. Today the text is kept as it is.
"""

from bot.storage.models.base import Scoped
from bot.storage.types import Sealed


def write(row: Scoped, column: str, text: str | None) -> None:
    """Put a person's `text` into `column` of `row`; None empties it."""
    _identity(row, column)
    setattr(row, column, None if text is None else Sealed(text))


def read(row: Scoped, column: str) -> str | None:
    """The text in `column` of `row`."""
    _identity(row, column)
    value: Sealed | None = getattr(row, column)
    return None if value is None else value.stored(lambda stored: stored)


def seal(text: str) -> Sealed:
    """For a column that must not be null when its row is made."""
    return Sealed(text)


def _identity(row: Scoped, column: str) -> tuple[str, str, str, str]:
    if row.workspace_id is None or row.id is None:
        raise ValueError("a row needs its workspace and id before it holds personal text")
    return row.workspace_id, str(getattr(row, "__tablename__", "")), column, row.id
