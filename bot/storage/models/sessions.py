"""Mentoring sessions: an instant, plus the wall clock and zone of whoever proposed it."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.lifecycle import SessionState
from bot.storage.models.base import Base, Id, Scoped, points_to
from bot.storage.types import EnumText, Sealed


class MentoringSession(Scoped, Base):
    """`revision` rises whenever the agreed time changes; reminders carry it in their key, so
    those of an older time are never sent. While a move waits for the partner, the agreed time
    stands and the new one is in the `proposed_*` columns."""

    __tablename__ = "mentoring_session"
    __table_args__ = (
        points_to("match", "match_id", cascade=True),
        Index(None, "workspace_id", "match_id", "start_at"),
        Index(None, "state", "end_at"),
    )

    match_id: Mapped[str] = mapped_column(Id)
    state: Mapped[SessionState] = mapped_column(EnumText(SessionState))
    revision: Mapped[int] = mapped_column(default=0)
    start_at: Mapped[datetime | None]  # agreed; None until the first acceptance
    end_at: Mapped[datetime | None]
    place: Mapped[Sealed | None]
    agenda: Mapped[Sealed | None]
    organizer_id: Mapped[str] = mapped_column(Id)  # person whose clock the session follows
    organizer_tz: Mapped[str] = mapped_column(String(64))
    proposed_start_at: Mapped[datetime | None]
    proposed_minutes: Mapped[int | None]
    proposed_place: Mapped[Sealed | None]
    proposed_by: Mapped[str | None] = mapped_column(Id)
    proposed_at: Mapped[datetime | None]
    proposal: Mapped[int] = mapped_column(default=1)  # which proposal a button belongs to
    mentor_met: Mapped[bool | None]
    mentee_met: Mapped[bool | None]
