"""`status`: how a lead's programmes fare, and how one's own mentoring stands."""

from bot.i18n import N_
from bot.services import health
from bot.views import status as view
from handlers.request import Request
from handlers.words import Word


def show(request: Request) -> None:
    request.answer(view.status(request.t, request.read(health.load_status, request.actor)))


COMMANDS = (Word("status", "status", N_("how things stand, for you or your programme"), "", show),)
