"""Stop, undo, end, leave."""

from bot.domain.leaving import EndMatch, LeaveProgram
from bot.i18n import N_
from bot.services import leaving
from bot.views import ids
from bot.views import leaving as view
from handlers.request import Request
from handlers.words import Word


def stop(request: Request) -> None:
    request.answer(view.stopped(request.t, request.run(leaving.stop, request.actor)))


def undo(request: Request) -> None:
    request.answer(view.resumed(request.t, request.run(leaving.resume, request.actor)))


def end(request: Request) -> None:
    event = request.run(leaving.end_match, EndMatch(request.actor, request.value))
    request.answer(view.match_ended(request.t, event))


def leave(request: Request) -> None:
    event = request.run(leaving.leave_program, LeaveProgram(request.actor, request.value))
    request.answer(view.program_left(request.t, event))


COMMANDS = (
    Word("stop", "berhenti", N_("no more questions from me; your mentoring stays"), "", stop),
)
ACTIONS = {ids.UNDO_STOP: undo, ids.END_MATCH: end, ids.LEAVE_PROGRAM: leave}
