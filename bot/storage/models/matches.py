"""Matches: one mentor and one mentee, from the proposal to the end."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.lifecycle import MatchState
from bot.storage.models.base import Base, Id, Scoped, points_to
from bot.storage.types import EnumText, Sealed


class Match(Scoped, Base):
    __tablename__ = "match"
    __table_args__ = (
        points_to("program", "program_id"),
        points_to("person", "mentor_id"),
        points_to("person", "mentee_id"),
        # Two leads who propose the same pair at once: exactly one row wins.
        Index(
            "uq_match_open_pair",
            "workspace_id",
            "program_id",
            "mentor_id",
            "mentee_id",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'active')"),
            postgresql_where=text("state IN ('proposed', 'active')"),
        ),
        Index(None, "workspace_id", "mentee_id"),
        Index(None, "workspace_id", "mentor_id"),
    )

    program_id: Mapped[str] = mapped_column(Id)
    mentor_id: Mapped[str] = mapped_column(Id)
    mentee_id: Mapped[str] = mapped_column(Id)
    state: Mapped[MatchState] = mapped_column(EnumText(MatchState))
    why: Mapped[Sealed | None]  # the lead's reason, shown to both
    proposed_by: Mapped[str] = mapped_column(Id)
    mentor_yes_at: Mapped[datetime | None]
    mentee_yes_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    group_channel_id: Mapped[str | None] = mapped_column(String(32))  # the group DM, once opened
    help_asked_at: Mapped[datetime | None]  # one of the two asked, and agreed that leads may know
    every: Mapped[str | None] = mapped_column(String(16))  # the pair's own rhythm; None: programme
    weekday: Mapped[int | None]
    nth: Mapped[int | None]
