"""The words `away` and `back`."""

from datetime import date

from bot.domain import absence as days
from bot.domain.cadence import local_date
from bot.domain.dates import Ambiguous, BadDate, DateRange, parse_range
from bot.domain.refusals import InvalidField, NotFound
from bot.i18n import N_
from bot.services import absence
from bot.views import absence as view
from handlers.request import Request
from handlers.words import Word


def away(request: Request) -> None:
    """With dates they are stated at once, without them a form asks."""
    today = local_date(request.bot.clock.now(), request.actor.tz)
    if not request.text:
        leaves = request.read(absence.load_leaves, request.actor)
        request.open(view.form(request.t, leaves, today))
        return
    read = parse_range(request.text, today)
    if isinstance(read, BadDate):
        raise days.UnreadableDates(read.reason)
    if isinstance(read, Ambiguous):
        request.answer(view.which(request.t, read))
        return
    _go(request, read)


def chosen(request: Request) -> None:
    """One of two readings."""
    try:
        first, last = map(date.fromisoformat, request.value.split("/"))
    except ValueError:
        raise NotFound from None
    _go(request, DateRange(first, last))


def saved(request: Request) -> None:
    first = request.form.date(days.FIRST)
    if first is None:
        raise InvalidField(days.FIRST, "required")
    _go(request, DateRange(first, request.form.date(days.LAST) or first))


def back(request: Request) -> None:
    request.answer(view.came_back(request.t, request.run(absence.come_back, request.actor)))


def dropped(request: Request) -> None:
    event = request.run(absence.drop_leave, days.DropLeave(request.actor, request.value))
    request.answer(view.came_back(request.t, event))


def kept(request: Request) -> None:
    request.whisper(view.kept(request.t))


def _go(request: Request, read: DateRange) -> None:
    event = request.run(absence.go_away, days.GoAway(request.actor, read.first, read.last))
    request.answer(view.went(request.t, event))


COMMANDS = (
    Word("away", "cuti", N_("days away: no prompts in that time"), "[dates]", away),
    Word("back", "kembali", N_("back early: the days away end"), "", back),
)
ACTIONS = {view.CHOOSE: chosen, view.DROP: dropped, view.KEEP: kept}
VIEWS = {view.SAVE: saved}
