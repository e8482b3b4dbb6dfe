"""An index of the few deliveries that somebody has to look at."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TROUBLE = sa.text("state IN ('unknown', 'dead')")


def upgrade() -> None:
    op.create_index(
        "ix_delivery_trouble", "delivery", ["state"],
        sqlite_where=_TROUBLE, postgresql_where=_TROUBLE,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_delivery_trouble", "delivery")
