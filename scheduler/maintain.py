"""Maintenance: the features' sweeps, and this worker's sign of life."""

import socket
from dataclasses import dataclass

from bot import __version__
from bot.domain.cadence import iana_version
from bot.services import maintenance, workers
from bot.storage.unit_of_work import Database


@dataclass(frozen=True)
class Maintainer:
    db: Database
    worker: str

    def tick(self) -> int:
        """Run every sweep, each in its own transaction; how many rows changed."""
        return sum(self.db.run(sweep, None) for sweep in maintenance.all_sweeps())

    def beat(self) -> None:
        """Say that this process lives, and with which time-zone data."""
        beat = workers.Beat(self.worker, socket.gethostname()[:120], __version__, iana_version())
        self.db.run(workers.beat, beat)
