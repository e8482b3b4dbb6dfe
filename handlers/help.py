"""Help: the words of the command, as far as this person may use them."""

from bot.domain.help import HelpLine
from bot.domain.refusals import UnknownWord
from bot.i18n import N_
from bot.services import home
from bot.views import help as view
from handlers import commands
from handlers.request import Request
from handlers.words import Word


def help_(request: Request) -> None:
    """All words, or the one that was named."""
    facts = request.read(home.help_facts, request.actor)
    words = [word for word in commands.words() if facts.may_lead or not word.leads_only]
    if not request.text:
        lines = [_line(request, word) for word in words]
        request.answer(view.overview(request.t, lines, facts))
        return
    wanted = commands.find(request.text)
    if wanted is None or wanted not in words:
        raise UnknownWord(commands.nearest(request.text) if wanted is None else None)
    request.answer(view.details(request.t, _line(request, wanted)))


def _line(request: Request, word: Word) -> HelpLine:
    command = request.bot.settings.command_name
    typed = command if "" in word.spellings else f"{command} {word.word}"
    return HelpLine(typed, word.word, word.alias, word.help, word.usage)


COMMANDS = (
    Word(
        "help",
        "bantuan",
        N_("the words you can use, and a person to talk to"),
        "[word]",
        help_,
    ),
)
