"""What App Home shows: the person's own world, loaded whole."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.storage.unit_of_work import Tx


@dataclass(frozen=True)
class HomeSummary:
    name: str


def load(tx: Tx, actor: Actor) -> HomeSummary:
    return HomeSummary(actor.name)
