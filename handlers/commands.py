"""The words of the slash command. Help, manifest, README and the buttons come from this table.

A word is reached in three ways, all through the same listener: typed after the command, typed to
the bot in its DM without a slash, or pressed as a button (`word.<word>`).
"""

import difflib
from collections.abc import Callable, Iterator

from bot.domain.refusals import UnknownWord
from bot.views.ids import word_action
from handlers import features, parsing
from handlers.request import Request
from handlers.words import Word


def words() -> Iterator[Word]:
    for module in features.MODULES:
        yield from getattr(module, "COMMANDS", ())


def find(spelling: str) -> Word | None:
    """The word somebody means by `spelling`, in either language, in any case."""
    wanted = spelling.strip().casefold()
    return next((word for word in words() if wanted in word.spellings), None)


def spoken(text: str) -> tuple[Word, str] | None:
    """The word that a text begins with, and what follows it; None where nothing may follow that
    word, or the text begins with none."""
    typed, _, rest = text.strip().partition(" ")
    word = find(typed)
    return (word, rest.strip()) if word and typed and (word.usage or not rest) else None


def nearest(spelling: str) -> str | None:
    """A word that looks like a mistyped `spelling`."""
    known = {s: word.word for word in words() for s in word.spellings if s}
    close = difflib.get_close_matches(spelling.casefold(), known, n=1, cutoff=0.6)
    return known[close[0]] if close else None


def usage_hint() -> str:
    """What may follow the command, as the manifest tells everybody."""
    everybodys = [w for w in words() if w.word not in {"", "help"} and not w.leads_only]
    return " | ".join(["help", *(f"{w.word} {w.usage}".strip() for w in everybodys)])


def dispatch(request: Request) -> None:
    """Answer the slash command."""
    typed, _, rest = parsing.command_text(request.body).strip().partition(" ")
    word = find(typed)
    if word is None:
        raise UnknownWord(nearest(typed))
    run(request, word, rest)


def run(request: Request, word: Word, text: str = "") -> None:
    request.word, request.text = word.word, text.strip()
    word.listener(request)


def buttons() -> dict[str, Callable[[Request], None]]:
    """A listener for the button of every word."""
    return {word_action(word.word): _pressed(word) for word in words()}


def _pressed(word: Word) -> Callable[[Request], None]:
    def pressed(request: Request) -> None:
        request.keep = True
        run(request, word, request.value)

    return pressed
