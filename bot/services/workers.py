"""The processes that deliver, as they report themselves."""

from dataclasses import dataclass

from bot.storage.models import Worker
from bot.storage.unit_of_work import Tx


@dataclass(frozen=True)
class Beat:
    worker: str
    host: str
    version: str
    iana: str  # release of the time-zone database, such as 2026f


def beat(tx: Tx, command: Beat) -> None:
    row = tx.session.get(Worker, command.worker)
    if row is None:
        row = Worker(id=command.worker, started_at=tx.now)
        tx.session.add(row)
    row.host, row.version, row.iana = command.host, command.version, command.iana
    row.last_beat = tx.now
