"""Reflections: the buttons of a prompt, the form, and the log."""

from bot.domain.cadence import Every
from bot.domain.message import Message
from bot.domain.reflections import (
    OnPrompt,
    OnReflection,
    OpenForm,
    Save,
    Saved,
    SetOwnRhythm,
    ShowLog,
    Snooze,
    SnoozePrompt,
)
from bot.domain.refusals import NotFound
from bot.i18n import N_
from bot.services.reflections import asking, reading, writing
from bot.views import ids, notices
from bot.views.reflections import logs, prompts
from bot.views.reflections import writing as view
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def reflect(request: Request) -> None:
    """Open questions and one's own log."""
    show_log(request)


def answer(request: Request) -> None:
    _show_form(request, OpenForm(request.actor, prompt_id=request.value))


def edit(request: Request) -> None:
    _show_form(request, OpenForm(request.actor, reflection_id=request.value))


def write(request: Request) -> None:
    _show_form(request, OpenForm(request.actor))


def save(request: Request) -> None:
    form, meta = request.form, request.meta
    chosen = form.choice("visibility")
    command = Save(
        request.actor,
        form.text("body"),
        share_with=None if chosen == view.ONLY_ME else chosen,
        prompt_id=meta.get("prompt"),
        reflection_id=meta.get("reflection"),
    )
    saved = request.run(writing.save, command)
    said = view.saved(request.t, saved)
    if meta.get("from") == "log":
        show_log(request, said)
    else:
        request.show(notices.as_modal(request.t, said))
    settle_prompt(request, saved)


def later(request: Request) -> None:
    prompt_id, _, until = request.value.partition("|")
    if until not in set(Snooze):
        raise NotFound
    command = SnoozePrompt(request.actor, prompt_id, Snooze(until))
    snoozed = request.run(asking.snooze, command)
    part = ids.prompt_part(snoozed.prompt.prompt_id)
    request.answer_part(part, prompts.snoozed(request.t, snoozed))


def skip(request: Request) -> None:
    prompt = request.run(asking.skip, OnPrompt(request.actor, request.value))
    request.answer_part(ids.prompt_part(prompt.prompt_id), prompts.skipped(request.t, prompt))


def rhythm(request: Request) -> None:
    match_id, _, every = request.value.partition("|")
    if every not in set(Every):
        raise NotFound
    event = request.run(asking.set_rhythm, SetOwnRhythm(request.actor, match_id, Every(every)))
    request.whisper(prompts.rhythm_set(request.t, event))


def share(request: Request) -> None:
    saved = request.run(writing.share, OnReflection(request.actor, request.value))
    _answer(request, view.saved(request.t, saved))


def withdraw(request: Request) -> None:
    saved = request.run(writing.withdraw, OnReflection(request.actor, request.value))
    _answer(request, view.withdrawn(request.t, saved))


def delete(request: Request) -> None:
    deleted = request.run(writing.delete, OnReflection(request.actor, request.value))
    _answer(request, view.deleted(request.t, deleted))


def page(request: Request) -> None:
    show_log(request, page=parsing.number(request.value))


def shared_page(request: Request) -> None:
    shown = request.read(reading.shared_log, ShowLog(request.actor, parsing.number(request.value)))
    request.show_in_place(logs.shared_log(request.t, shown))


def show_log(request: Request, said: Message | None = None, page: int = 0) -> None:
    """The log in a modal; `said` is what has just been done."""
    shown = request.read(reading.log, ShowLog(request.actor, page))
    request.show_in_place(logs.log(request.t, shown, notice=said))


def settle_prompt(request: Request, saved: Saved) -> None:
    """The message that asked shows that it was answered."""
    if saved.prompt_id and saved.asked_at:
        place = (saved.asked_at.channel, saved.asked_at.ts)
        message = prompts.answered(request.t, saved)
        request.settle_part(place, ids.prompt_part(saved.prompt_id), message)


def _show_form(request: Request, command: OpenForm) -> None:
    shown = request.read(reading.form, command)
    in_log = parsing.container(request.body) == "modal"
    request.show_in_place(view.form(request.t, shown, from_log=in_log))


def _answer(request: Request, message: Message) -> None:
    if parsing.container(request.body) == "modal":
        show_log(request, message)
    else:
        request.answer(message)


COMMANDS = (
    Word(
        "reflect",
        "refleksi",
        N_("open questions to reflect on, and what you wrote"),
        "",
        reflect,
    ),
)
ACTIONS = {
    ids.REFLECTION_ANSWER: answer,
    ids.REFLECTION_DELETE: delete,
    ids.REFLECTION_EDIT: edit,
    ids.REFLECTION_LATER: later,
    ids.REFLECTION_PAGE: page,
    ids.REFLECTION_RHYTHM: rhythm,
    ids.REFLECTION_SHARE: share,
    ids.REFLECTION_SHARED_PAGE: shared_page,
    ids.REFLECTION_SKIP: skip,
    ids.REFLECTION_WITHDRAW: withdraw,
    ids.REFLECTION_WRITE: write,
}
VIEWS = {ids.REFLECTION_SAVE: save}
