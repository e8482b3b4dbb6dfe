"""What each kind of message says: the facts are loaded fresh in the moment of sending.

Features register a loader for each of their kinds; it returns a frozen summary for the view, or
`Skip` when there is nothing to say any more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from bot.domain.deliveries import Kind
from bot.storage.models import Delivery, Person, ProgramLead, Prompt
from bot.storage.unit_of_work import Tx


@dataclass(frozen=True)
class Skip:
    """Nothing is to be said; `reason` is a code for the history."""

    reason: str


Loader = Callable[[Tx, Delivery], object]
PromptLoader = Callable[[Tx, Prompt], object]

_LOADERS: dict[str, Loader] = {}
_PROMPT_LOADERS: dict[str, PromptLoader] = {}


def loads(kind: Kind) -> Callable[[Loader], Loader]:
    """Mark the function that loads what a message of `kind` says."""

    def mark(loader: Loader) -> Loader:
        _LOADERS[kind.name] = loader
        return loader

    return mark


def loads_prompt(kind: Kind) -> Callable[[PromptLoader], PromptLoader]:
    """The same for a prompt, which may leave in a message together with others."""

    def mark(loader: PromptLoader) -> PromptLoader:
        _PROMPT_LOADERS[kind.name] = loader
        return loader

    return mark


def load(tx: Tx, row: Delivery) -> object:
    return _LOADERS[row.kind](tx, row)


def load_prompt(tx: Tx, prompt: Prompt) -> object:
    return _PROMPT_LOADERS[prompt.kind](tx, prompt)


def kinds() -> frozenset[str]:
    """The kinds that can be loaded; a test holds them against the table of kinds."""
    return frozenset(_LOADERS) | frozenset(_PROMPT_LOADERS)


def leads(tx: Tx, workspace_id: str, program_id: str) -> list[Person]:
    return list(
        tx.session.scalars(
            select(Person)
            .join(
                ProgramLead,
                (ProgramLead.workspace_id == Person.workspace_id)
                & (ProgramLead.person_id == Person.id),
            )
            .where(Person.workspace_id == workspace_id, ProgramLead.program_id == program_id)
            .order_by(Person.id)
        )
    )
