"""Programmes, their leads and the people who joined."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.lifecycle import ParticipantState, ProgramState, Role
from bot.storage.models.base import Base, Id, Scoped, points_to
from bot.storage.types import EnumText, Sealed


class Program(Scoped, Base):
    """A mentoring programme; everything a lead can set about it."""

    __tablename__ = "program"
    __table_args__ = (ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),)

    name: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(1000))
    channel_id: Mapped[str | None] = mapped_column(String(32))  # Slack channel of the announcement
    language: Mapped[str] = mapped_column(String(8))  # en, id, both
    address: Mapped[str] = mapped_column(String(8), default="anda")  # anda, kamu
    every: Mapped[str] = mapped_column(String(16))  # cadence.Every
    weekday: Mapped[int]  # 0 = Monday
    nth: Mapped[int | None]  # monthly: 1..4, -1 = last
    local_time: Mapped[time]  # each person's own wall clock
    contact_user_id: Mapped[str] = mapped_column(String(32))  # a person to talk to
    state: Mapped[ProgramState] = mapped_column(EnumText(ProgramState))
    session_minutes: Mapped[int] = mapped_column(default=45)
    guests_allowed: Mapped[bool] = mapped_column(default=False)
    days_off: Mapped[list[Any]] = mapped_column(default=list)  # ISO dates on which nothing is sent
    created_by: Mapped[str] = mapped_column(Id)  # person


class ProgramLead(Scoped, Base):
    __tablename__ = "program_lead"
    __table_args__ = (
        points_to("program", "program_id", cascade=True),
        points_to("person", "person_id", cascade=True),
        UniqueConstraint("workspace_id", "program_id", "person_id"),
    )

    program_id: Mapped[str] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(Id)


class Participant(Scoped, Base):
    """One person in one programme in one role; both roles are possible."""

    __tablename__ = "participant"
    __table_args__ = (
        points_to("program", "program_id", cascade=True),
        points_to("person", "person_id", cascade=True),
        UniqueConstraint("workspace_id", "program_id", "person_id", "role"),
    )

    program_id: Mapped[str] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(Id)
    role: Mapped[Role] = mapped_column(EnumText(Role))
    state: Mapped[ParticipantState] = mapped_column(EnumText(ParticipantState))
    topics: Mapped[Sealed | None]  # mentor: what I can help with; mentee: what I want to work on
    languages: Mapped[list[Any]] = mapped_column(default=list)
    seats: Mapped[int] = mapped_column(default=1)  # mentors: how many mentees at once, 1 to 3
    may_match: Mapped[bool] = mapped_column(default=False)  # "the programme may match me"
    in_directory: Mapped[bool] = mapped_column(default=False)
    consented_at: Mapped[datetime]  # the tick "taking part", with the privacy lines above it
    joined_on: Mapped[date | None]
