"""Goals: a short list that is its owner's alone. What somebody wrote is kept out of reprs."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.actor import Actor
from bot.domain.refusals import Refusal

MAX_OPEN = 3  # a list that can be kept in mind
PAGE = 8


@dataclass(frozen=True)
class ShowGoals:
    actor: Actor
    page: int = 0


@dataclass(frozen=True)
class OnGoal:
    """Mark it done, open it again, delete it, or open its form."""

    actor: Actor
    goal_id: str


@dataclass(frozen=True)
class SaveGoal:
    actor: Actor
    what: str = field(repr=False)
    by_when: date | None  # on the owner's own calendar
    goal_id: str | None = None  # None: a new one


@dataclass(frozen=True)
class GoalShown:
    goal_id: str
    by_when: date | None
    done_on: date | None  # on the owner's own calendar
    what: str = field(repr=False)


@dataclass(frozen=True)
class GoalList:
    """Open ones first, the nearest date on top; then those done, newest first."""

    goals: tuple[GoalShown, ...]
    open_count: int
    page: int
    has_more: bool


@dataclass(frozen=True)
class GoalChanged:
    """What was done: "saved", "done", "reopened" or "deleted"."""

    change: str
    open_count: int


@dataclass(eq=False)
class TooManyGoals(Refusal):
    """As many are open as one can keep in mind."""

    limit: int
