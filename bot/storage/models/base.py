"""What every table shares: names for constraints, the workspace in every key, and timestamps."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKeyConstraint, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.storage.types import Sealed, SealedText, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = String(32)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        Sealed: SealedText(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


class Scoped:
    """A row of one workspace. The workspace is part of every key, so a foreign key cannot point
    into another workspace and `session.get(Entity, (workspace_id, id))` cannot fetch from one."""

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    created_at: Mapped[datetime]


def points_to(table: str, column: str, *, cascade: bool = False) -> ForeignKeyConstraint:
    """A foreign key to `table` within the same workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        ondelete="CASCADE" if cascade else None,
    )


__all__ = ["NAMING", "Base", "Id", "Scoped", "date", "datetime", "points_to", "time"]
