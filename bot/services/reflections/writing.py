"""Writing, changing, sharing and deleting reflections. Their author alone may do any of it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.deliveries import REFLECTION_SHARED
from bot.domain.lifecycle import PROMPT, MatchState, PromptState, Visibility
from bot.domain.limits import LONG_TEXT
from bot.domain.reflections import (
    Deleted,
    OnReflection,
    Place,
    Save,
    Saved,
    SharedReflection,
)
from bot.domain.refusals import InvalidField, NotFound
from bot.services import access, deliveries, loading, transitions
from bot.services.loading import Skip
from bot.services.reflections import asking, reading
from bot.storage import sealed
from bot.storage.models import Delivery, Match, Prompt, Reflection
from bot.storage.unit_of_work import Tx

# Somebody whose form seemed not to go through sends it again about now.
_SENT_AGAIN = timedelta(minutes=10)


def save(tx: Tx, command: Save) -> Saved:
    """Keep what was written in a form, as the answer to its prompt where it has one.

    Raises `InvalidField` for an empty or too long text; `MatchOver` when it was to be shared with
    the partner of a match that has ended.
    """
    actor, text = command.actor, _checked(command.text)
    access.get_self(tx, actor)  # the lock for all of a person's prompts
    if command.reflection_id:
        row = access.get_reflection(tx, actor, command.reflection_id)
        change_text(row, text, tx.now)
    elif command.prompt_id:
        row = answer(tx, actor, reading.get_prompt(tx, actor, command.prompt_id), text)
    else:
        row = _just_written(tx, actor, text) or add(tx, actor, text)
    newly_shared = _set_visibility(tx, actor, row, command.share_with)
    return saved(tx, actor, row, newly_shared=newly_shared)


def share(tx: Tx, command: OnReflection) -> Saved:
    """Share with the one partner it belongs to. Safe to repeat; raises `NotFound` when there is
    no one partner to share it with (any more)."""
    row = access.get_reflection(tx, command.actor, command.reflection_id)
    shared_with, may_share_with = reading.partners_for(tx, command.actor, row)
    partner = shared_with or may_share_with
    if partner is None:
        raise NotFound
    newly_shared = _set_visibility(tx, command.actor, row, partner.match_id)
    return saved(tx, command.actor, row, newly_shared=newly_shared)


def withdraw(tx: Tx, command: OnReflection) -> Saved:
    """Stop sharing. What was sent already stays in the partner's messages; safe to repeat."""
    row = access.get_reflection(tx, command.actor, command.reflection_id)
    _set_visibility(tx, command.actor, row, None)
    return saved(tx, command.actor, row)


def delete(tx: Tx, command: OnReflection) -> Deleted:
    row = access.get_reflection(tx, command.actor, command.reflection_id)
    return remove(tx, command.actor, row)


def remove(tx: Tx, actor: Actor, row: Reflection) -> Deleted:
    """Delete it, and give its prompt back as skipped: it may be answered anew."""
    shared_with, _ = reading.partners_for(tx, actor, row)
    prompt = tx.session.get(Prompt, (row.workspace_id, row.prompt_id or ""))
    if prompt is not None and prompt.state is PromptState.ANSWERED:
        transitions.step(tx, actor, prompt, "prompt", PROMPT, PromptState.SKIPPED, "deleted")
        prompt.answered_at = None
    tx.session.delete(row)
    tx.session.flush()
    return Deleted(shared_with)


def answer(
    tx: Tx, actor: Actor, prompt: Prompt, text: str, *, typed_at: Place | None = None
) -> Reflection:
    """Keep `text` as the answer to a prompt, also when that was skipped or has lapsed. A prompt
    that has another answer keeps it; this one is kept beside it."""
    first = reading.answer_to(tx, prompt)
    if first is not None and typed_at is None and sealed.read(first, "body") == text:
        return first  # the same form, sent again
    row = add(tx, actor, text, prompt=prompt, is_answer=first is None, typed_at=typed_at)
    if prompt.state is not PromptState.ANSWERED:
        asking.release(tx, prompt, "answered")
        transitions.step(tx, actor, prompt, "prompt", PROMPT, PromptState.ANSWERED)
        prompt.answered_at = tx.now
    return row


def add(
    tx: Tx,
    actor: Actor,
    text: str,
    *,
    prompt: Prompt | None = None,
    is_answer: bool = False,
    typed_at: Place | None = None,
) -> Reflection:
    row = Reflection(
        workspace_id=actor.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        person_id=actor.person_id,
        match_id=prompt.match_id if prompt else None,
        prompt_id=prompt.id if prompt and is_answer else None,
        question_id=prompt.question_id if prompt else None,
        visibility=Visibility.ONLY_ME,
        written_at=tx.now,
        slack_channel=typed_at.channel if typed_at else None,
        slack_ts=typed_at.ts if typed_at else None,
    )
    sealed.write(row, "body", text)
    tx.session.add(row)
    tx.session.flush()
    return row


def change_text(row: Reflection, text: str, at: datetime) -> bool:
    """The newest version wins, in whichever order they arrive; whether anything changed."""
    if row.edited_at and at <= row.edited_at:
        return False
    is_new = sealed.read(row, "body") != text
    if is_new:
        sealed.write(row, "body", text)
    if is_new or row.slack_ts:  # a version from Slack counts, even if it says the same
        row.edited_at = at
    return is_new


def saved(tx: Tx, actor: Actor, row: Reflection, *, newly_shared: bool = False) -> Saved:
    shared_with, may_share_with = reading.partners_for(tx, actor, row)
    prompt = tx.session.get(Prompt, (row.workspace_id, row.prompt_id or ""))
    asked_at = None
    if prompt is not None and prompt.slack_channel and prompt.slack_ts:
        asked_at = Place(prompt.slack_channel, prompt.slack_ts)
    return Saved(
        row.id,
        row.question_id,
        shared_with,
        newly_shared,
        may_share_with,
        prompt.id if prompt else None,
        asked_at,
    )


def _just_written(tx: Tx, actor: Actor, text: str) -> Reflection | None:
    """The same form sent again is one reflection."""
    query = select(Reflection).where(
        Reflection.workspace_id == actor.workspace_id,
        Reflection.person_id == actor.person_id,
        Reflection.question_id.is_(None),
        Reflection.slack_ts.is_(None),
        Reflection.written_at > tx.now - _SENT_AGAIN,
    )
    found = tx.session.scalars(query)
    return next((row for row in found if sealed.read(row, "body") == text), None)


def _set_visibility(tx: Tx, actor: Actor, row: Reflection, match_id: str | None) -> bool:
    """Share with the partner of a match, or with nobody; whether the partner is to be told."""
    if match_id is None:
        row.visibility, row.shared_at = Visibility.ONLY_ME, None
        return False
    if row.visibility is Visibility.PARTNER and row.match_id == match_id:
        return False
    match = access.get_active_match(tx, actor, match_id)
    if row.prompt_id and row.match_id != match_id:
        raise NotFound  # an answer belongs to the pair it was asked about
    row.match_id, row.visibility, row.shared_at = match_id, Visibility.PARTNER, tx.now
    deliveries.tell(
        tx,
        REFLECTION_SHARED,
        access.partner_of(tx, match, actor.person_id),
        f"{row.id}|{_since(row)}",
        match=match,
        params={"reflection": row.id, "since": _since(row)},
    )
    return True


@loading.loads(REFLECTION_SHARED)
def _load_shared(tx: Tx, delivery: Delivery) -> SharedReflection | Skip:
    """Loaded when it is sent: withdrawn, deleted or shared anew meanwhile, it is not sent."""
    row = tx.session.get(Reflection, (delivery.workspace_id, delivery.params.get("reflection", "")))
    if row is None or row.visibility is not Visibility.PARTNER:
        return Skip("not_shared")
    if _since(row) != delivery.params.get("since"):
        return Skip("shared_anew")
    match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
    if match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    return reading.shared_reflection(tx, row)


def _since(row: Reflection) -> str:
    return row.shared_at.isoformat() if row.shared_at else ""


def _checked(text: str) -> str:
    if not text.strip():
        raise InvalidField("body", "required")
    if len(text) > LONG_TEXT:
        raise InvalidField("body", "too_long", LONG_TEXT)
    return text.strip()
