"""Leads: shown, added, removed; and wishes to become one."""

from bot.domain.leads import AddLead, AskLeads, RemoveLead
from bot.domain.programs import OfProgram
from bot.services import leading
from bot.views import ids
from bot.views.programs import leads as view
from handlers.middleware import meet
from handlers.request import Request


def show(request: Request) -> None:
    found = request.read(leading.load_leads, OfProgram(request.actor, request.value))
    request.open(view.leads(request.t, found))


def add(request: Request) -> None:
    person = request.form.user("lead")
    meet(request, person)
    command = AddLead(request.actor, request.meta.get("program", ""), person)
    request.show(view.leads(request.t, request.run(leading.add_lead, command)))


def remove(request: Request) -> None:
    command = RemoveLead(request.actor, request.meta.get("program", ""), request.value)
    request.update_modal(view.leads(request.t, request.run(leading.remove_lead, command)))


def ask(request: Request) -> None:
    event = request.run(leading.ask_leads, AskLeads(request.actor, request.value or None))
    request.answer(view.asked(request.t, event))


def grant(request: Request) -> None:
    program_id, _, person = request.value.partition("|")
    command = AddLead(request.actor, program_id, person or None)
    request.answer(view.granted(request.t, request.run(leading.add_lead, command)))


def dismiss(request: Request) -> None:
    request.answer(view.dismissed(request.t))


ACTIONS = {
    ids.LEADS: show,
    ids.LEADS_REMOVE: remove,
    ids.ASK_LEADS: ask,
    ids.LEADS_GRANT: grant,
    ids.LEADS_DISMISS: dismiss,
}
VIEWS = {ids.LEADS_ADD: add}
