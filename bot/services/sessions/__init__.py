"""Sessions of a pair: proposing, agreeing, moving, reminding, and whether they met.

Every change holds the lock of the match. `replan_reminders` and `sweep` are for other features
and for the maintenance tick; everything else answers a press.
"""

from bot.services.sessions import telling as telling  # its loaders
from bot.services.sessions.agenda import open_agenda, set_agenda
from bot.services.sessions.cancelling import cancel, open_cancel
from bot.services.sessions.listing import list_sessions, open_form, preview
from bot.services.sessions.meeting import ask_later, open_later, say_met
from bot.services.sessions.proposing import accept, drop, propose, suggest
from bot.services.sessions.reminders import replan_reminders
from bot.services.sessions.sweeping import sweep

__all__ = [
    "accept",
    "ask_later",
    "cancel",
    "drop",
    "list_sessions",
    "open_agenda",
    "open_cancel",
    "open_form",
    "open_later",
    "preview",
    "propose",
    "replan_reminders",
    "say_met",
    "set_agenda",
    "suggest",
    "sweep",
]
