"""Absence as a person states it: a first and a last date, nothing about why."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Leave:
    """Local dates away, both included. Raises ValueError when the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a leave ends on or after its first date")

    def covers(self, day: date) -> bool:
        """Whether the person is away on `day`."""
        return self.first <= day <= self.last
