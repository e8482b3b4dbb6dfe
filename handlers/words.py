"""What a word of the slash command is. The tables of words are in the feature modules."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.request import Request


@dataclass(frozen=True)
class Word:
    word: str
    alias: str  # in Indonesian
    help: str  # a line of help, marked for translation with N_
    usage: str  # what may follow the word, as the manifest shows it; "" for nothing
    listener: Callable[[Request], None]
    leads_only: bool = False
    also: tuple[str, ...] = ()  # other spellings

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.word, self.alias, *self.also)
