"""Goals: a list in a modal, and its form."""

from bot.domain.goals import GoalChanged, OnGoal, SaveGoal, ShowGoals
from bot.i18n import N_
from bot.services import goals
from bot.views import goals as view
from bot.views import ids
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def show(request: Request) -> None:
    _show_list(request)


def page(request: Request) -> None:
    _show_list(request, page=parsing.number(request.value))


def add(request: Request) -> None:
    request.read(goals.check_room, request.actor)
    request.show_in_place(view.form(request.t))


def edit(request: Request) -> None:
    goal = request.read(goals.form, OnGoal(request.actor, request.value))
    request.show_in_place(view.form(request.t, goal))


def save(request: Request) -> None:
    form = request.form
    command = SaveGoal(
        request.actor, form.text("what"), form.date("by_when"), request.meta.get("goal")
    )
    _show_list(request, request.run(goals.save, command))


def finish(request: Request) -> None:
    _show_list(request, request.run(goals.finish, OnGoal(request.actor, request.value)))


def reopen(request: Request) -> None:
    _show_list(request, request.run(goals.reopen, OnGoal(request.actor, request.value)))


def delete(request: Request) -> None:
    _show_list(request, request.run(goals.delete, OnGoal(request.actor, request.value)))


def _show_list(request: Request, event: GoalChanged | None = None, page: int = 0) -> None:
    shown = request.read(goals.show, ShowGoals(request.actor, page))
    request.show_in_place(view.listed(request.t, shown, event=event))


COMMANDS = (Word("goals", "tujuan", N_("what you want to reach, for yourself"), "", show),)
ACTIONS = {
    ids.GOAL_ADD: add,
    ids.GOAL_DELETE: delete,
    ids.GOAL_DONE: finish,
    ids.GOAL_EDIT: edit,
    ids.GOAL_PAGE: page,
    ids.GOAL_REOPEN: reopen,
}
VIEWS = {ids.GOAL_SAVE: save}
