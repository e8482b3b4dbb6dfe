"""What people type in the bot's DM: words of the command, answers to open questions, or neither.

Each message is answered once at most, and only what its author chose to keep is stored.
"""

import dataclasses

from bot.domain.message import Message
from bot.domain.reflections import (
    KeepTyped,
    MessageGone,
    MessageUnread,
    NothingOpen,
    NoWords,
    Offer,
    Saved,
    Typed,
    TypedTooLong,
)
from bot.services.reflections import typed
from bot.slack.errors import SlackFault
from bot.views import ids, refusals
from bot.views.reflections import typed as view
from bot.views.reflections import writing
from handlers import commands, parsing
from handlers.parsing import DirectMessage
from handlers.reflections import settle_prompt
from handlers.request import Request
from handlers.words import Word


def message(request: Request) -> None:
    said = parsing.direct_message(request.body)
    if said is not None:
        {"new": _new, "edited": _edited, "deleted": _deleted}[said.change](request, said)


def _new(request: Request, said: DirectMessage) -> None:
    spoken = commands.spoken(said.text)
    if spoken is not None and _is_command(said, *spoken):
        if request.run(typed.note, _typed(request, said)):
            commands.run(request, *spoken)
        return
    heard = request.run(typed.hear, _typed(request, said))
    if isinstance(heard, NothingOpen) and spoken is not None:
        commands.run(request, *spoken)
    elif isinstance(heard, Offer):
        command = (spoken[0].word, spoken[1]) if spoken else None
        request.whisper(view.offer(request.t, heard, said.ts, said.thread_ts, command=command))
    elif isinstance(heard, NothingOpen):
        request.whisper(_in_thread(view.nothing_open(request.t), said))
    elif isinstance(heard, NoWords):
        request.whisper(_in_thread(view.no_words(request.t), said))
    elif heard is not None:
        _stored(request, said, heard)


def _edited(request: Request, said: DirectMessage) -> None:
    changed = request.run(typed.edit, _typed(request, said))
    if isinstance(changed, Saved | TypedTooLong):
        _stored(request, said, changed)


def _deleted(request: Request, said: DirectMessage) -> None:
    deleted = request.run(typed.delete, _typed(request, said))
    if deleted is not None:
        request.whisper(writing.deleted(request.t, deleted, thread_ts=said.thread_ts))


def _stored(request: Request, said: DirectMessage, heard: Saved | TypedTooLong) -> None:
    if isinstance(heard, TypedTooLong):
        request.whisper(_in_thread(refusals.render(request.t, heard), said))
        return
    request.whisper(writing.saved(request.t, heard, thread_ts=said.thread_ts))
    settle_prompt(request, heard)


def keep(request: Request) -> None:
    """Save what was typed: it is read back now, since it was stored nowhere."""
    prompt_id, _, place = request.value.partition("|")
    ts, _, thread_ts = place.partition("|")
    try:
        said = _read(request, ts, thread_ts or None)
    except SlackFault:
        raise MessageUnread(prompt_id) from None
    saved = request.run(typed.keep, KeepTyped(prompt_id, said))
    request.answer(writing.saved(request.t, saved))
    settle_prompt(request, saved)


def discard(request: Request) -> None:
    request.answer(view.discarded(request.t))


def _read(request: Request, ts: str, thread_ts: str | None) -> Typed:
    """The message at that place of the DM in which the button was. Raises `MessageGone` when it
    was deleted, or somebody else wrote it."""
    actor, pressed_at = request.actor, parsing.message_place(request.body)
    if pressed_at is None:
        raise MessageGone
    channel, now = pressed_at[0], request.bot.clock.now()
    said = request.bot.gateway.read_message(actor.workspace_id, channel, ts, thread_ts=thread_ts)
    if said is None or said.user != actor.slack_user_id:
        raise MessageGone
    written_at = parsing.instant_of(ts)
    text = parsing.typed_text(said.text)
    return Typed(actor, channel, ts, thread_ts, written_at, now, text)


def _typed(request: Request, said: DirectMessage) -> Typed:
    written_at = parsing.instant_of(said.ts)
    return Typed(
        request.actor, said.channel, said.ts, said.thread_ts, written_at, said.at, said.text
    )


def _is_command(said: DirectMessage, word: Word, rest: str) -> bool:
    """Whether a text that begins with a word can mean nothing else: an answer may begin with one
    as well ("session went well")."""
    if not rest:
        return True
    looks_meant = bool(parsing.mentions(rest)) or any(char.isdigit() for char in rest)
    brief = len(rest.split()) <= 6 and "\n" not in rest
    is_word = commands.find(rest) is not None
    return said.thread_ts is None and bool(word.usage) and brief and (looks_meant or is_word)


def _in_thread(message: Message, said: DirectMessage) -> Message:
    return dataclasses.replace(message, thread_ts=said.thread_ts)


ACTIONS = {ids.REFLECTION_DISCARD: discard, ids.REFLECTION_KEEP: keep}
EVENTS = {"message": message}
