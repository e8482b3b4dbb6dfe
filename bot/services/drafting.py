"""What a new message looks like as rows, whether one is written or a thousand: its key, when it
is to leave, when it is given up. Putting the rows in is the caller's part."""

from datetime import datetime
from typing import Any

from bot.domain.deliveries import Kind
from bot.domain.lifecycle import DeliveryState, PromptState
from bot.services import timing
from bot.storage.unit_of_work import Tx


def key_of(kind: Kind, occurrence: str, recipient: str) -> str:
    """Unique, so that whatever makes a message is safe to repeat."""
    return f"{kind.name}|{occurrence}|{recipient}"


def delivery(
    tx: Tx, kind: Kind, audience: timing.Audience, planned_for: datetime, **values: Any
) -> dict[str, Any] | None:
    """A waiting delivery; None: no moment suits. Its creation is the first step of its history
    and needs no event of its own."""
    due = timing.due(kind, audience, planned_for)
    if due is None:
        return None
    return {
        "id": tx.new_id(),
        "created_at": tx.now,
        "kind": kind.name,
        "planned_for": planned_for,
        "due_at": due,
        "state": DeliveryState.PENDING,
        "attempt": 0,
        "params": {},
        **values,
        "expires_at": expires(kind, due, values.get("expires_at")),
    }


def prompt(tx: Tx, kind: Kind, **values: Any) -> dict[str, Any]:
    """A question that is planned."""
    return {
        "id": tx.new_id(),
        "created_at": tx.now,
        "kind": kind.name,
        "state": PromptState.PLANNED,
        **values,
    }


def expires(kind: Kind, due: datetime, fixed: datetime | None) -> datetime | None:
    """Kinds with a grace count it from when the message was to leave; others have a fixed end."""
    return due + kind.grace if kind.grace is not None else fixed
