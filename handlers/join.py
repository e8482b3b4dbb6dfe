"""Joining a programme and changing one's profile there."""

from bot.domain.lifecycle import Role
from bot.domain.participants import (
    CONSENT,
    DAYS,
    HOURS,
    LANGUAGES,
    SEATS,
    TOPICS,
    Answers,
    Join,
    LookAround,
    OpenForm,
)
from bot.domain.refusals import OutOfDate
from bot.i18n import N_
from bot.services import participants
from bot.views import ids
from bot.views import participants as view
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def join(request: Request) -> None:
    """From a Join button (its value is the programme), or from the word, with or without a name."""
    found = request.read(participants.look_around, LookAround(request.actor, request.text))
    request.open(view.choice(request.t, found))


def choose_again(request: Request) -> None:
    """The first step once more, in the language that was chosen in it."""
    wanted = LookAround(request.actor, request.meta.get("program", ""))
    found = request.read(participants.look_around, wanted)
    request.update_modal(view.choice(request.t, found))


def as_mentor(request: Request) -> None:
    _open_form(request, Role.MENTOR)


def as_mentee(request: Request) -> None:
    _open_form(request, Role.MENTEE)


def _open_form(request: Request, role: Role) -> None:
    wanted = OpenForm(request.actor, request.value, role)
    form = view.form(request.t, request.read(participants.open_form, wanted))
    in_modal = parsing.container(request.body) == "modal"
    (request.update_modal if in_modal else request.open)(form)


def preview(request: Request) -> None:
    card = request.read(participants.preview, _command(request))
    request.open(view.card(request.t, card))


def save(request: Request) -> None:
    event = request.run(participants.join, _command(request))
    request.answer(view.joined(request.t, event))


def _command(request: Request) -> Join:
    role = request.meta.get("role", "")
    if role not in {*Role}:
        raise OutOfDate
    return Join(request.actor, request.meta.get("program", ""), Role(role), _answers(request.form))


def _answers(form: parsing.Form) -> Answers:
    ticked = form.choices(CONSENT)
    return Answers(
        topics=form.text(TOPICS),
        languages=form.choices(LANGUAGES),
        takes_part=view.TAKES_PART in ticked,
        may_match=view.MAY_MATCH in ticked,
        seats=form.choice(SEATS),
        days=form.choices(DAYS) if HOURS in form.values else None,
        hours=form.text(HOURS),
    )


COMMANDS = (Word("join", "gabung", N_("join a programme, or change your profile there"), "", join),)
ACTIONS = {
    ids.JOIN_AS_MENTOR: as_mentor,
    ids.JOIN_AS_MENTEE: as_mentee,
    ids.JOIN_PREVIEW: preview,
}
VIEWS = {ids.JOIN_FORM: save}
