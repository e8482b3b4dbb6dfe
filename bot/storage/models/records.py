"""Bookkeeping: requests already handled, requests that failed, and who changed what."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import Base, Id


class Inbox(Base):
    """Requests whose effect is in the database, by Slack's own id; a repeat is acked as done."""

    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class FailedRequest(Base):
    """A request that raised an unforeseen error: what kind, when, never its text."""

    __tablename__ = "failed_request"

    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(120))  # "action join", "event message"
    error: Mapped[str] = mapped_column(String(120))  # the class of the error


class Audit(Base):
    """Every step of a state machine: who, when, from, to, reason code (never free text)."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace_id: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(Id)  # None: the scheduler
    subject: Mapped[str] = mapped_column(String(32))  # program, match, session …
    subject_id: Mapped[str] = mapped_column(Id)
    was: Mapped[str | None] = mapped_column(String(32))
    became: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(32))
