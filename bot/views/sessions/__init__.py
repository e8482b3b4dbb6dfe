"""Sessions in words: lists, forms, answers, messages and refusals."""

from bot.views.sessions import refusals as refusals  # registers its sentences
from bot.views.sessions import telling as telling  # registers its messages
from bot.views.sessions.answers import (
    agenda_saved,
    agreed,
    asked_later,
    cancelled,
    dropped,
    met_said,
    proposed,
    when_later,
)
from bot.views.sessions.forms import agenda_form, cancel_form, time_form, token
from bot.views.sessions.lists import listed
from bot.views.sessions.parts import question_part

__all__ = [
    "agenda_form",
    "agenda_saved",
    "agreed",
    "asked_later",
    "cancel_form",
    "cancelled",
    "dropped",
    "listed",
    "met_said",
    "proposed",
    "question_part",
    "time_form",
    "token",
    "when_later",
]
