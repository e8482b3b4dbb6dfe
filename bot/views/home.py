"""App Home: the person's own world."""

from bot.domain.message import View
from bot.i18n import Reader
from bot.views import blocks


def render(t: Reader, summary: object) -> View:
    return blocks.home([blocks.header(t.plain("Your mentoring"))])
