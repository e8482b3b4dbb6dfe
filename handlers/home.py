"""The menu and App Home: a person's own world in two places."""

from bot.i18n import N_
from bot.services import home
from bot.views import home as view
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def menu(request: Request) -> None:
    request.answer(view.menu(request.t, request.read(home.load, request.actor)))


def opened(request: Request) -> None:
    """`app_home_opened` comes for both tabs; the one with messages needs nothing."""
    if parsing.event(request.body).get("tab") == "home":
        request.run(home.open_home, request.actor)
        request.refresh_home()


COMMANDS = (
    Word(
        "menu",
        "menu",
        N_("what is open, your next session, and all buttons"),
        "",
        menu,
        also=("",),
    ),
)
EVENTS = {"app_home_opened": opened}
