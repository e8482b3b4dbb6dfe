"""Alembic's entry; `bot.storage.schema` hands it an open connection."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.storage.models import Base
from bot.storage.types import EnumText, SealedText, UtcDateTime


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """How our column types are written into a revision: plain ones where that is what they are."""
    if kind == "type" and isinstance(item, EnumText):
        return "sa.String(32)"
    if kind == "type" and isinstance(item, SealedText):
        return "sa.Text()"
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from bot.storage.types import UtcDateTime")
        return "UtcDateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
