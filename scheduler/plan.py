"""Planning: habits that come into the horizon become rows."""

from dataclasses import dataclass

from bot.services import planning
from bot.storage.unit_of_work import Database


@dataclass(frozen=True)
class Planner:
    db: Database

    def tick(self) -> int:
        """Plan until nothing is left to plan; how many habits were looked at."""
        planned = 0
        while batch := self.db.run(planning.plan, planning.Plan()):
            planned += batch
        return planned
