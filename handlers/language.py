"""Choosing a language by the switch that people see until they have chosen."""

import dataclasses

from bot.domain.settings import SetLanguage
from bot.i18n import reader
from bot.services import settings
from bot.views import home as view
from bot.views import ids
from handlers import help as help_
from handlers import home, join, parsing
from handlers.request import Request

# What is drawn anew, by what the switch stood under.
_AGAIN = {"menu": home.menu, "help": help_.help_, "join": join.choose_again}


def choose(request: Request) -> None:
    locale = request.value
    request.run(settings.set_language, SetLanguage(request.actor, locale))
    request.actor = dataclasses.replace(request.actor, locale=locale, chose_language=True)
    request.t = reader(locale, request.actor.tz)
    under = (parsing.block_id(request.body) or "").removeprefix(ids.AGAIN)
    if parsing.container(request.body) == "home":
        request.refresh_home()
    elif under in _AGAIN:
        _AGAIN[under](request)
    else:
        request.keep = True  # the message stays: it was in both languages
        request.answer(view.language_chosen(request.t))


ACTIONS = {ids.LANGUAGE: choose}
