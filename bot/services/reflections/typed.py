"""What people type in the bot's DM: an answer in a prompt's thread, or words that may be one.

Events come twice and in any order. A note of each message that was dealt with (its place, never
its text) makes a late original after its edit or its deletion change nothing.
"""

import re
from datetime import timedelta

from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.lifecycle import PromptState
from bot.domain.limits import LONG_TEXT
from bot.domain.reflections import (
    Deleted,
    KeepTyped,
    NothingOpen,
    NoWords,
    Offer,
    Place,
    Saved,
    Typed,
    TypedTooLong,
    Updated,
)
from bot.services import access
from bot.services.reflections import reading, writing
from bot.storage.models import Inbox, Prompt, Reflection
from bot.storage.unit_of_work import Tx

# An edit that arrives before its original is stored in its place. Slack sends an event again for
# some minutes at most (docs.slack.dev/apis/events-api), and notes are kept for days.
_STILL_NEW = timedelta(hours=24)
_OFFERED = 5  # questions to choose from, the newest
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)>")

Heard = Saved | Offer | NothingOpen | NoWords | TypedTooLong | None


def note(tx: Tx, typed: Typed) -> bool:
    """Write down that a message is dealt with; whether it was not before."""
    key = f"dm:{typed.actor.workspace_id}:{typed.channel}:{typed.ts}"
    return tx.insert_once(Inbox, key=key, at=tx.now)


def hear(tx: Tx, typed: Typed) -> Heard:
    """A new message that is no command. A reply to a prompt is stored; anything else is offered
    as an answer to what is open, and not stored. None: it was dealt with before."""
    access.get_self(tx, typed.actor)
    if not note(tx, typed):
        return None
    if not typed.text:
        return NoWords()
    asked = _asked_in_thread(tx, typed)
    if len(asked) == 1:
        return _store(tx, typed, asked[0])
    prompts = (asked or reading.open_prompts(tx, typed.actor))[:_OFFERED]
    if not prompts:
        return NothingOpen()
    return Offer(tuple(reading.prompt_shown(tx, prompt) for prompt in prompts))


def keep(tx: Tx, command: KeepTyped) -> Saved:
    """Store a typed message as the answer its author chose. Safe to repeat: a message is stored
    once. Raises `TypedTooLong`."""
    typed = command.typed
    access.get_self(tx, typed.actor)
    kept = _kept(tx, typed)
    if kept is not None:
        return writing.saved(tx, typed.actor, kept)
    prompt = reading.get_prompt(tx, typed.actor, command.prompt_id)
    stored = _store(tx, typed, prompt)
    if isinstance(stored, TypedTooLong):
        raise stored
    return stored


def edit(tx: Tx, typed: Typed) -> Saved | Updated | TypedTooLong | None:
    """The author changed the message in Slack. None: it is none of the stored ones, or this
    version is not the newest."""
    access.get_self(tx, typed.actor)
    kept = _kept(tx, typed)
    if kept is None:
        return _edit_first(tx, typed)
    if len(typed.text) > LONG_TEXT:
        return TypedTooLong(LONG_TEXT, kept.prompt_id)
    text = _with_names(tx, typed.actor, typed.text)
    return Updated() if text and writing.change_text(kept, text, typed.at) else None


def delete(tx: Tx, typed: Typed) -> Deleted | None:
    """The author deleted the message in Slack: so is the reflection."""
    access.get_self(tx, typed.actor)
    note(tx, typed)
    kept = _kept(tx, typed)
    return writing.remove(tx, typed.actor, kept) if kept else None


def _edit_first(tx: Tx, typed: Typed) -> Saved | TypedTooLong | None:
    """The edit overtook its original (or made a text fit that was too long): the newest text is
    stored. What must be asked about first is left to the original."""
    asked = _asked_in_thread(tx, typed)
    if len(asked) != 1 or not typed.text or tx.now - typed.written_at > _STILL_NEW:
        return None
    if not note(tx, typed):
        return None
    return _store(tx, typed, asked[0])


def _store(tx: Tx, typed: Typed, prompt: Prompt) -> Saved | TypedTooLong:
    if len(typed.text) > LONG_TEXT:
        _forget(tx, typed)  # shortened in Slack, it will be stored
        return TypedTooLong(LONG_TEXT, prompt.id)
    text = _with_names(tx, typed.actor, typed.text)
    place = Place(typed.channel, typed.ts)
    row = writing.answer(tx, typed.actor, prompt, text, typed_at=place)
    row.edited_at = typed.at  # an older version that comes later is not taken
    return writing.saved(tx, typed.actor, row)


def _asked_in_thread(tx: Tx, typed: Typed) -> list[Prompt]:
    """What the message that was replied to asks: what is unanswered of it, or else all."""
    if typed.thread_ts is None:
        return []
    asked = reading.prompts_at(tx, typed.actor, typed.channel, typed.thread_ts)
    return [p for p in asked if p.state is not PromptState.ANSWERED] or asked


def _kept(tx: Tx, typed: Typed) -> Reflection | None:
    return tx.session.scalar(
        select(Reflection).where(
            Reflection.workspace_id == typed.actor.workspace_id,
            Reflection.person_id == typed.actor.person_id,
            Reflection.slack_channel == typed.channel,
            Reflection.slack_ts == typed.ts,
        )
    )


def _forget(tx: Tx, typed: Typed) -> None:
    row = tx.session.get(Inbox, f"dm:{typed.actor.workspace_id}:{typed.channel}:{typed.ts}")
    if row is not None:
        tx.session.delete(row)


def _with_names(tx: Tx, actor: Actor, text: str) -> str:
    """People named with Slack's ids, as their names: the text is shown as it is stored."""

    def named(found: re.Match[str]) -> str:
        person = access.find_person(tx, actor.workspace_id, found[1])
        return f"@{person.name}" if person else "@…"

    return _PERSON.sub(named, text)
