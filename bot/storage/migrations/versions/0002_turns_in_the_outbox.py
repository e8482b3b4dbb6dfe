"""Turns in the outbox: whose message goes first, and one at a time in each conversation."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PENDING = sa.text("state = 'pending'")
_UNDER_WAY = sa.text("state IN ('pending', 'leased', 'posting')")


def upgrade() -> None:
    op.add_column("delivery", sa.Column("rank", sa.Integer(), server_default="1", nullable=False))
    op.add_column("delivery", sa.Column("conversation", sa.String(length=32), nullable=True))
    op.add_column("throttle", sa.Column("set_at", UtcDateTime(), nullable=True))
    op.add_column("worker", sa.Column("clock_ahead_ms", sa.Integer(), nullable=True))
    # What waits now: the kinds of that release that do not go to one person's DM.
    op.execute(
        "UPDATE delivery SET conversation = CASE kind"
        " WHEN 'match.opening' THEN match_id"
        " WHEN 'program.announcement' THEN slack_channel"
        " ELSE person_id END"
        " WHERE state IN ('pending', 'leased', 'posting')"
    )
    op.create_index(
        "ix_delivery_ready",
        "delivery",
        ["workspace_id", "rank", "due_at", "id"],
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    )
    op.create_index(
        "ix_delivery_conversation",
        "delivery",
        ["workspace_id", "conversation", "rank", "due_at", "id"],
        sqlite_where=_UNDER_WAY,
        postgresql_where=_UNDER_WAY,
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_conversation", table_name="delivery")
    op.drop_index("ix_delivery_ready", table_name="delivery")
    op.drop_column("worker", "clock_ahead_ms")
    op.drop_column("throttle", "set_at")
    op.drop_column("delivery", "conversation")
    op.drop_column("delivery", "rank")
