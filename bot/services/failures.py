"""Requests that raised an unforeseen error, kept for whoever runs the bot."""

from dataclasses import dataclass

from bot.storage.models import FailedRequest
from bot.storage.unit_of_work import Tx


@dataclass(frozen=True)
class Failure:
    reference: str  # what the person was told
    kind: str
    error: str  # the class of the error, never its message


def record(tx: Tx, failure: Failure) -> None:
    tx.session.add(
        FailedRequest(
            reference=failure.reference, at=tx.now, kind=failure.kind, error=failure.error[:120]
        )
    )
