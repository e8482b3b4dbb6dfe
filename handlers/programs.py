"""The lead's panel: programmes made, set, held, closed; announced; and their leads."""

from bot.domain.members import ShowMembers
from bot.domain.program_settings import Basics, ChangeProgram, CreateProgram
from bot.domain.programs import OfProgram
from bot.i18n import N_
from bot.services import members, programs
from bot.views import ids
from bot.views.programs import forms, panel
from bot.views.programs import members as members_view
from handlers.middleware import meet
from handlers.request import Request
from handlers.words import Word


def show(request: Request) -> None:
    found = request.read(programs.load_panel, request.actor)
    request.answer(panel.panel(request.t, found))


def opened(request: Request) -> None:
    summary = request.read(programs.load_summary, _pressed(request))
    request.answer(panel.program(request.t, summary))


def new(request: Request) -> None:
    request.read(programs.check_may_create, request.actor)
    request.open(forms.new(request.t, request.actor.slack_user_id))


def create(request: Request) -> None:
    basics = _basics(request)
    summary = request.run(programs.create, CreateProgram(request.actor, basics))
    request.show(panel.made(request.t, summary))


def settings(request: Request) -> None:
    kept = request.read(programs.load_settings, _pressed(request))
    request.open(forms.settings(request.t, kept))


def change(request: Request) -> None:
    form = request.form
    command = ChangeProgram(
        request.actor,
        request.meta.get("program", ""),
        _basics(request),
        weekday=form.choice("weekday"),
        nth=form.choice("nth"),
        local_time=form.time("local_time"),
        session_minutes=form.choice("minutes"),
        guests_allowed=forms.GUESTS in form.choices("guests"),
        days_off=form.text("days_off"),
    )
    request.answer(panel.saved(request.t, request.run(programs.change, command)))


def show_members(request: Request) -> None:
    """The first page on top of whatever is open, the others in its place."""
    program_id, turned, page = request.value.partition("|")
    command = ShowMembers(request.actor, program_id, int(page) if page.isdecimal() else 0)
    view = members_view.listed(request.t, request.read(members.load, command))
    if turned:
        request.update_modal(view)
    else:
        request.open(view)


def hold(request: Request) -> None:
    request.answer(panel.held(request.t, request.run(programs.hold, _pressed(request))))


def resume(request: Request) -> None:
    request.answer(panel.resumed(request.t, request.run(programs.resume, _pressed(request))))


def close(request: Request) -> None:
    request.answer(panel.closed(request.t, request.run(programs.close, _pressed(request))))


def _pressed(request: Request) -> OfProgram:
    return OfProgram(request.actor, request.value)


def _basics(request: Request) -> Basics:
    """What is in the first six fields; Slack is asked who the contact is."""
    form = request.form
    contact = form.user("contact")
    meet(request, contact)
    return Basics(
        name=form.text("name"),
        purpose=form.text("purpose"),
        channel=form.conversation("channel"),
        speaks=form.choice("speaks"),
        every=form.choice("every"),
        contact=contact,
    )


COMMANDS = (
    Word(
        "program",
        "program",
        N_("run a programme: create, announce, settings, leads, hold"),
        "",
        show,
        leads_only=True,
        also=("programme",),
    ),
)
ACTIONS = {
    ids.PROGRAM_OPEN: opened,
    ids.PROGRAM_NEW: new,
    ids.PROGRAM_SETTINGS: settings,
    ids.PROGRAM_MEMBERS: show_members,
    ids.PROGRAM_HOLD: hold,
    ids.PROGRAM_RESUME: resume,
    ids.PROGRAM_CLOSE: close,
}
VIEWS = {ids.PROGRAM_CREATE: create, ids.PROGRAM_CHANGE: change}
