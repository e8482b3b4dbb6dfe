"""The truth about what is to be sent: schedules, prompts, and deliveries (the outbox).

APScheduler holds none of this. Deliveries hold ids and enums, never a person's text.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.deliveries import KINDS
from bot.domain.lifecycle import DeliveryState, PromptState
from bot.storage.models.base import Base, Id, Scoped, points_to
from bot.storage.types import EnumText

_PENDING = text("state = 'pending'")
_HELD = text("state IN ('leased', 'posting')")
_UNDER_WAY = text("state IN ('pending', 'leased', 'posting')")
_TROUBLE = text("state IN ('unknown', 'dead')")


class Schedule(Scoped, Base):
    """A habit: a rhythm on one person's own clock. `next_nominal` is naive local time as ISO."""

    __tablename__ = "schedule"
    __table_args__ = (
        points_to("person", "person_id", cascade=True),
        UniqueConstraint("workspace_id", "kind", "subject_id", "person_id"),
        Index(None, "enabled", "next_due"),
    )

    kind: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str] = mapped_column(Id)  # a match, or a programme for digests
    match_id: Mapped[str | None] = mapped_column(Id)
    program_id: Mapped[str | None] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(Id)  # the reader, whose zone the rhythm is in
    every: Mapped[str] = mapped_column(String(16))
    weekday: Mapped[int]
    nth: Mapped[int | None]
    local_time: Mapped[time]
    anchor: Mapped[date]
    enabled: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    next_nominal: Mapped[str | None] = mapped_column(String(16))  # 2026-11-27T16:00
    next_due: Mapped[datetime | None]


class Prompt(Scoped, Base):
    """One occurrence of a question to one person; its answer lives elsewhere."""

    __tablename__ = "prompt"
    __table_args__ = (
        points_to("person", "person_id", cascade=True),
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "person_id", "state"),
        Index(None, "state", "lapses_at"),
    )

    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(Id)
    match_id: Mapped[str | None] = mapped_column(Id)
    session_id: Mapped[str | None] = mapped_column(Id)
    question_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[PromptState] = mapped_column(EnumText(PromptState))
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    lapses_at: Mapped[datetime | None]
    slack_channel: Mapped[str | None] = mapped_column(String(32))
    slack_ts: Mapped[str | None] = mapped_column(String(32))  # the message that carried it
    delivery_id: Mapped[str | None] = mapped_column(Id)  # the delivery that carries it


class PromptSlot(Base):
    """One prompt message a person and local day. The primary key is the cap."""

    __tablename__ = "prompt_slot"
    __table_args__ = (points_to("person", "person_id", cascade=True),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    delivery_id: Mapped[str] = mapped_column(Id)


def _rank(context: DefaultExecutionContext) -> int:
    kind = KINDS.get(_values(context)["kind"])
    return kind.rank if kind else 1


def _conversation(context: DefaultExecutionContext) -> str | None:
    row = _values(context)
    kind = KINDS.get(row["kind"])
    if kind is None:
        return None
    names = ("person_id", "match_id", "slack_channel")
    return kind.conversation_id(*(row.get(name) for name in names))


def _values(context: DefaultExecutionContext) -> dict[str, Any]:
    values: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return values


class Delivery(Scoped, Base):
    """One effect in Slack, at most once or exactly once according to its kind."""

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        UniqueConstraint("workspace_id", "key"),
        Index("ix_delivery_due", "due_at", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index(
            "ix_delivery_ready",
            *("workspace_id", "rank", "due_at", "id"),
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
        Index(
            "ix_delivery_conversation",
            *("workspace_id", "conversation", "rank", "due_at", "id"),
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
        Index("ix_delivery_lease", "lease_until", sqlite_where=_HELD, postgresql_where=_HELD),
        Index("ix_delivery_trouble", "state", sqlite_where=_TROUBLE, postgresql_where=_TROUBLE),
        Index(None, "workspace_id", "person_id", "state"),
        Index(None, "workspace_id", "match_id", "state"),
    )

    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str | None] = mapped_column(Id)  # the reader, or whose hours count
    program_id: Mapped[str | None] = mapped_column(Id)
    match_id: Mapped[str | None] = mapped_column(Id)
    session_id: Mapped[str | None] = mapped_column(Id)
    schedule_id: Mapped[str | None] = mapped_column(Id)
    schedule_version: Mapped[int | None]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)  # ids and enums only
    nominal: Mapped[str | None] = mapped_column(String(16))  # local wall time of a habit
    tz_used: Mapped[str | None] = mapped_column(String(64))
    planned_for: Mapped[datetime]  # before windows and caps moved it
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[DeliveryState] = mapped_column(EnumText(DeliveryState))
    reason: Mapped[str | None] = mapped_column(String(120))  # why skipped, cancelled, dead …
    # Worked out from the others when the row is made, so that claiming needs an index only.
    rank: Mapped[int] = mapped_column(default=_rank, server_default="1")
    conversation: Mapped[str | None] = mapped_column(String(32), default=_conversation)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(Id)
    lease_until: Mapped[datetime | None]
    first_post_at: Mapped[datetime | None]
    last_post_at: Mapped[datetime | None]
    slack_channel: Mapped[str | None] = mapped_column(String(32))
    slack_ts: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None]


class DeliveryEvent(Base):
    """What happened to a delivery, appended and never changed."""

    __tablename__ = "delivery_event"
    __table_args__ = (points_to("delivery", "delivery_id", cascade=True),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace_id: Mapped[str] = mapped_column(Id)
    delivery_id: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    state: Mapped[DeliveryState] = mapped_column(EnumText(DeliveryState))
    worker: Mapped[str | None] = mapped_column(Id)
    reason: Mapped[str | None] = mapped_column(String(120))


class Worker(Base):
    """A process that delivers; `last_tick` is what health looks at."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    host: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(32))
    iana: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    last_beat: Mapped[datetime]
    clock_ahead_ms: Mapped[int | None]  # compared with the database's clock


class Throttle(Base):
    """Until when a conversation, a method or a whole workspace must rest; shared by replicas."""

    __tablename__ = "throttle"

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    scope: Mapped[str] = mapped_column(String(64), primary_key=True)  # see bot.services.outbox
    blocked_until: Mapped[datetime]
    set_at: Mapped[datetime | None]  # one from the future was set by a clock that was wrong
