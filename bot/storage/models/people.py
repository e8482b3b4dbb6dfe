"""Workspaces and the people in them, with what each has told us about their time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import Base, Id, Scoped, points_to


class Workspace(Base):
    """One Slack team that installed the app."""

    __tablename__ = "workspace"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), unique=True)
    enterprise_id: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    bot_user_id: Mapped[str] = mapped_column(String(32))
    installer_user_id: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default="active")  # active, paused, removed
    purge_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Person(Scoped, Base):
    """Somebody in a workspace: the profile Slack gives, and their own choices, which win."""

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        UniqueConstraint("workspace_id", "slack_user_id"),
    )

    slack_user_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(80))
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_external: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)  # Slack admin or owner
    is_deactivated: Mapped[bool] = mapped_column(default=False)
    profile_checked_at: Mapped[datetime]

    tz: Mapped[str] = mapped_column(String(64), default="UTC")  # IANA name, never an offset
    tz_source: Mapped[str] = mapped_column(String(8), default="slack")  # slack, self
    locale: Mapped[str | None] = mapped_column(String(16))  # en, id, id-kamu; None: not chosen
    both_languages_at: Mapped[datetime | None]  # when the first message in both languages went out
    message_hours: Mapped[list[Any] | None]  # None: Monday to Friday, 09:00 to 17:00
    meeting_hours: Mapped[list[Any] | None]  # None: the same as message_hours
    holiday_country: Mapped[str | None] = mapped_column(String(8))  # ISO 3166; "-": none
    holiday_subdivision: Mapped[str | None] = mapped_column(String(16))
    soon_reminder: Mapped[bool] = mapped_column(default=False)  # 15 minutes before, opted in
    prompts_per_week: Mapped[int] = mapped_column(default=3)  # "fewer messages" lowers it
    stopped_at: Mapped[datetime | None]  # no prompts while set
    dm_channel_id: Mapped[str | None] = mapped_column(String(32))
    home_opened_at: Mapped[datetime | None]
    home_stale: Mapped[bool] = mapped_column(default=False)


class Leave(Scoped, Base):
    """Days away, whole local dates, both ends included. No reason is asked."""

    __tablename__ = "leave"
    __table_args__ = (
        points_to("person", "person_id", cascade=True),
        Index(None, "workspace_id", "person_id", "last_day"),
    )

    person_id: Mapped[str] = mapped_column(Id)
    first_day: Mapped[date]
    last_day: Mapped[date]
    cancelled_at: Mapped[datetime | None]
