"""Sessions: what people press and type."""

from bot.domain.sessions import rules
from bot.domain.sessions.commands import (
    AskLater,
    Cancel,
    ListSessions,
    OnSession,
    OpenForm,
    Propose,
    SayMet,
    SetAgenda,
    Suggest,
)
from bot.domain.sessions.shown import Draft, Later
from bot.i18n import N_
from bot.services import sessions
from bot.views import ids
from bot.views import sessions as view
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def session(request: Request) -> None:
    """The word: with a person, a match or a name after it, or nothing."""
    named = parsing.mentions(request.text)
    _list(request, named[0] if named else request.text)


def pair(request: Request) -> None:
    _list(request, request.value)


def open_new(request: Request) -> None:
    command = OpenForm(request.actor, match_id=request.value)
    request.open(view.time_form(request.t, request.read(sessions.open_form, command)))


def open_other_time(request: Request) -> None:
    command = OpenForm(request.actor, session_id=request.value)
    request.open(view.time_form(request.t, request.read(sessions.open_form, command)))


def time_submitted(request: Request) -> None:
    """Shows what a time comes to, and sends it once that has been seen."""
    command = _time_command(request)
    form = request.read(sessions.preview, command)
    if form.preview is None or request.meta.get("seen") != view.token(form.preview):
        request.show(view.time_form(request.t, form))
    elif isinstance(command, Suggest):
        request.answer(view.proposed(request.t, request.run(sessions.suggest, command)))
    else:
        request.answer(view.proposed(request.t, request.run(sessions.propose, command)))


def accept(request: Request) -> None:
    request.answer(view.agreed(request.t, request.run(sessions.accept, _on_session(request))))


def drop(request: Request) -> None:
    request.answer(view.dropped(request.t, request.run(sessions.drop, _on_session(request))))


def open_cancel(request: Request) -> None:
    summary = request.read(sessions.open_cancel, _on_session(request))
    request.open(view.cancel_form(request.t, summary))


def cancel_submitted(request: Request) -> None:
    day, at = request.form.date(rules.DATE), request.form.time(rules.TIME)
    replacement = Draft(day, at) if day or at else None
    command = Cancel(
        request.actor,
        request.meta.get("session", ""),
        request.meta.get("version", ""),
        replacement,
    )
    request.answer(view.cancelled(request.t, request.run(sessions.cancel, command)))


def open_agenda(request: Request) -> None:
    summary = request.read(sessions.open_agenda, _on_session(request))
    request.open(view.agenda_form(request.t, summary))


def agenda_submitted(request: Request) -> None:
    command = SetAgenda(
        request.actor,
        request.meta.get("session", ""),
        request.form.text(rules.AGENDA),
        request.meta.get("stamp", ""),
    )
    request.answer(view.agenda_saved(request.t, request.run(sessions.set_agenda, command)))


def met(request: Request) -> None:
    _say_met(request, met=True)


def not_met(request: Request) -> None:
    _say_met(request, met=False)


def later(request: Request) -> None:
    command = _on_session(request)
    summary = request.read(sessions.open_later, command)
    part = view.question_part(command.session_id)
    request.answer_part(part, view.when_later(request.t, summary))


def tomorrow(request: Request) -> None:
    _ask_later(request, Later.TOMORROW)


def next_week(request: Request) -> None:
    _ask_later(request, Later.NEXT_WEEK)


def _list(request: Request, who: str) -> None:
    found = request.read(sessions.list_sessions, ListSessions(request.actor, who.strip()))
    request.answer(view.listed(request.t, found))


def _time_command(request: Request) -> Propose | Suggest:
    form, meta = request.form, request.meta
    minutes = form.choice(rules.LENGTH) or ""
    draft = Draft(
        form.date(rules.DATE),
        form.time(rules.TIME),
        parsing.number(minutes) if minutes else None,
        form.text(rules.PLACE),
        form.text(rules.AGENDA),
    )
    if "session" in meta:
        return Suggest(request.actor, meta["session"], meta.get("version", ""), draft)
    return Propose(request.actor, meta.get("match", ""), draft)


def _on_session(request: Request) -> OnSession:
    """A button carries the session and, after a colon, the version it was shown for."""
    session_id, _, version = request.value.partition(":")
    return OnSession(request.actor, session_id, version)


def _say_met(request: Request, *, met: bool) -> None:
    pressed = _on_session(request)
    command = SayMet(request.actor, pressed.session_id, pressed.version, met)
    event = request.run(sessions.say_met, command)
    part = view.question_part(pressed.session_id)
    request.answer_part(part, view.met_said(request.t, event))


def _ask_later(request: Request, later: Later) -> None:
    pressed = _on_session(request)
    command = AskLater(request.actor, pressed.session_id, pressed.version, later)
    event = request.run(sessions.ask_later, command)
    part = view.question_part(pressed.session_id)
    request.answer_part(part, view.asked_later(request.t, event))


COMMANDS = (
    Word(
        "session",
        "sesi",
        N_("your sessions: propose, move, cancel, prepare"),
        "[@person]",
        session,
        also=("sessions",),
    ),
)

ACTIONS = {
    ids.SESSION_PAIR: pair,
    ids.SESSION_PROPOSE: open_new,
    ids.SESSION_ACCEPT: accept,
    ids.SESSION_MOVE: open_other_time,
    ids.SESSION_DROP: drop,
    ids.SESSION_AGENDA: open_agenda,
    ids.SESSION_CANCEL: open_cancel,
    ids.SESSION_MET: met,
    ids.SESSION_NOT_MET: not_met,
    ids.SESSION_LATER: later,
    ids.SESSION_TOMORROW: tomorrow,
    ids.SESSION_NEXT_WEEK: next_week,
}

VIEWS = {
    ids.SESSION_TIME_FORM: time_submitted,
    ids.SESSION_AGENDA_FORM: agenda_submitted,
    ids.SESSION_CANCEL_FORM: cancel_submitted,
}
