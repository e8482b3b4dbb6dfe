"""Who takes part in a programme, as its leads see it when they look for two who fit.

Their profiles, and whether they are in a pair; never what they reflect on, aim at or plan.
"""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.lifecycle import Role
from bot.domain.participants import Card

PAGE = 20  # people at once: each takes three blocks, and a modal holds 100


@dataclass(frozen=True)
class ShowMembers:
    actor: Actor
    program_id: str
    page: int = 0


@dataclass(frozen=True)
class Member:
    card: Card
    pairs: int  # under way
    proposals: int  # waiting for an answer

    @property
    def free_places(self) -> int:
        """How many more pairs this person could be in."""
        seats = self.card.profile.seats if self.card.role is Role.MENTOR else 1
        return max(0, seats - self.pairs)

    @property
    def can_be_proposed(self) -> bool:
        return self.card.profile.may_match and self.free_places > self.proposals


@dataclass(frozen=True)
class Members:
    """One page, those who can be proposed first."""

    program_id: str
    program: str
    members: tuple[Member, ...]
    page: int
    has_more: bool
