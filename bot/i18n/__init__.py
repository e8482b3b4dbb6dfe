"""How the programme speaks to one reader: their language, their zone, their kind of dates.

Everything here is a pure function of a text, its values and a `Reader`; there is no process-wide
locale. The sentences themselves live in `bot.views`, in `bot.content` and in the catalogues of
`bot/locale`: here are only the few that a date or a list is made of.
"""

from bot.i18n.catalogues import LANGUAGES, N_
from bot.i18n.markup import Markup, channel, clean, conversation, escape, link, mention
from bot.i18n.reader import Reader, Value, reader

__all__ = [
    "LANGUAGES",
    "N_",
    "Markup",
    "Reader",
    "Value",
    "channel",
    "clean",
    "conversation",
    "escape",
    "link",
    "mention",
    "reader",
]
