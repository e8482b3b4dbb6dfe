"""Reflections and goals: a person's own words."""

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.lifecycle import Visibility
from bot.storage.models.base import Base, Id, Scoped, points_to
from bot.storage.types import EnumText, Sealed


class Reflection(Scoped, Base):
    __tablename__ = "reflection"
    __table_args__ = (
        points_to("person", "person_id", cascade=True),
        Index(None, "workspace_id", "person_id", "written_at"),
        UniqueConstraint("workspace_id", "prompt_id"),
        UniqueConstraint("workspace_id", "slack_channel", "slack_ts"),
    )

    person_id: Mapped[str] = mapped_column(Id)
    match_id: Mapped[str | None] = mapped_column(Id)
    prompt_id: Mapped[str | None] = mapped_column(Id)  # None: written unasked
    question_id: Mapped[str | None] = mapped_column(String(64))  # which content item was asked
    body: Mapped[Sealed]
    visibility: Mapped[Visibility] = mapped_column(EnumText(Visibility))
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]  # since when the partner may read it
    slack_channel: Mapped[str | None] = mapped_column(String(32))  # where it was typed, if it was
    slack_ts: Mapped[str | None] = mapped_column(String(32))


class Goal(Scoped, Base):
    __tablename__ = "goal"
    __table_args__ = (
        points_to("person", "person_id", cascade=True),
        Index(None, "workspace_id", "person_id"),
    )

    person_id: Mapped[str] = mapped_column(Id)
    what: Mapped[Sealed]
    by_when: Mapped[date | None]
    done_at: Mapped[datetime | None]
