"""What a person may see of reflections: their own, and what partners share with them.

Everything here only looks; a form or a log is a short read before it is shown.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from bot.domain.actor import Actor
from bot.domain.cadence import Every
from bot.domain.deliveries import REFLECTION
from bot.domain.lifecycle import MatchState, PromptState, Visibility
from bot.domain.reflections import (
    PAGE,
    Entry,
    FormShown,
    Log,
    OpenForm,
    Partner,
    PromptShown,
    SharedLog,
    SharedReflection,
    ShowLog,
    rarer,
)
from bot.domain.refusals import NotFound
from bot.services import access, schedules
from bot.storage import sealed
from bot.storage.models import Match, Prompt, Reflection
from bot.storage.unit_of_work import Tx

OPEN = (PromptState.SENT, PromptState.SNOOZED)


def get_prompt(tx: Tx, actor: Actor, prompt_id: str) -> Prompt:
    """One of the actor's own prompts that asks for a reflection."""
    prompt = access.get_prompt(tx, actor, prompt_id)
    if prompt.kind != REFLECTION.name or prompt.state is PromptState.PLANNED:
        raise NotFound
    return prompt


def open_prompts(tx: Tx, actor: Actor) -> list[Prompt]:
    """The questions the actor may answer now, newest first."""
    query = (
        select(Prompt)
        .join(Match, (Match.workspace_id == Prompt.workspace_id) & (Match.id == Prompt.match_id))
        .where(*_asked(actor), Prompt.state.in_(OPEN), Match.state == MatchState.ACTIVE)
    )
    return list(tx.session.scalars(query.order_by(Prompt.id.desc())))


def prompts_at(tx: Tx, actor: Actor, channel: str, ts: str) -> list[Prompt]:
    """The questions that one message of the bot's asked."""
    query = select(Prompt).where(
        *_asked(actor), Prompt.slack_channel == channel, Prompt.slack_ts == ts
    )
    return list(tx.session.scalars(query.order_by(Prompt.id)))


def prompt_shown(tx: Tx, prompt: Prompt) -> PromptShown:
    match = tx.session.get_one(Match, (prompt.workspace_id, prompt.match_id))
    person = access.get_person(tx, prompt.workspace_id, prompt.person_id)
    habit = schedules.find(tx, REFLECTION, match.id, person)
    return PromptShown(
        prompt.id,
        prompt.question_id,
        partner(tx, match, person.id),
        prompt.state,
        rarer(Every(habit.every)) if habit else None,
    )


def partner(tx: Tx, match: Match, person_id: str) -> Partner:
    """The other one of a match, as `person_id` may share with them."""
    other = access.partner_of(tx, match, person_id)
    return Partner(match.id, other.name, other.slack_user_id)


def form(tx: Tx, command: OpenForm) -> FormShown:
    """What a form starts with. A prompt that was answered opens its answer, to be changed."""
    actor = command.actor
    if command.prompt_id:
        prompt = get_prompt(tx, actor, command.prompt_id)
        answer = answer_to(tx, prompt)
        if answer is not None:
            return _change_form(tx, actor, answer)
        partners = _may_share(tx, actor, prompt.match_id)
        return FormShown(prompt.id, None, prompt.question_id, partners)
    if command.reflection_id:
        return _change_form(tx, actor, access.get_reflection(tx, actor, command.reflection_id))
    return FormShown(None, None, None, _may_share(tx, actor, None))


def answer_to(tx: Tx, prompt: Prompt) -> Reflection | None:
    return tx.session.scalar(
        select(Reflection).where(
            Reflection.workspace_id == prompt.workspace_id, Reflection.prompt_id == prompt.id
        )
    )


def log(tx: Tx, command: ShowLog) -> Log:
    """The actor's open questions and a page of what they wrote, newest first."""
    actor = command.actor
    mine = select(Reflection).where(
        Reflection.workspace_id == actor.workspace_id, Reflection.person_id == actor.person_id
    )
    rows, page, older = _page(
        tx, mine.order_by(Reflection.written_at.desc(), Reflection.id.desc()), command.page
    )
    shared = select(func.count()).select_from(_shared_with(actor).subquery())
    return Log(
        open_prompts=tuple(prompt_shown(tx, prompt) for prompt in open_prompts(tx, actor)),
        entries=tuple(_entry(tx, actor, row) for row in rows),
        page=page,
        has_older=older,
        shared_by_partners=tx.session.scalar(shared) or 0,
    )


def shared_log(tx: Tx, command: ShowLog) -> SharedLog:
    """A page of what partners share with the actor at present, newest first."""
    query = _shared_with(command.actor).order_by(Reflection.shared_at.desc(), Reflection.id.desc())
    rows, page, older = _page(tx, query, command.page)
    return SharedLog(tuple(shared_reflection(tx, row) for row in rows), page, older)


def shared_reflection(tx: Tx, row: Reflection) -> SharedReflection:
    author = access.get_person(tx, row.workspace_id, row.person_id)
    return SharedReflection(
        Partner(row.match_id or "", author.name, author.slack_user_id),
        row.question_id,
        row.written_at,
        sealed.read(row, "body") or "",
    )


def partners_for(tx: Tx, actor: Actor, row: Reflection) -> tuple[Partner | None, Partner | None]:
    """With whom it is shared, and with whom one press could share it."""
    partners = _may_share(tx, actor, row.match_id)
    one = partners[0] if len(partners) == 1 else None
    return (one, None) if row.visibility is Visibility.PARTNER else (None, one)


def _asked(actor: Actor) -> tuple[Any, ...]:
    return (
        Prompt.workspace_id == actor.workspace_id,
        Prompt.person_id == actor.person_id,
        Prompt.kind == REFLECTION.name,
    )


def _change_form(tx: Tx, actor: Actor, row: Reflection) -> FormShown:
    shared = row.match_id if row.visibility is Visibility.PARTNER else None
    partners = _may_share(tx, actor, row.match_id)
    body = sealed.read(row, "body") or ""
    return FormShown(row.prompt_id, row.id, row.question_id, partners, shared, body)


def _may_share(tx: Tx, actor: Actor, match_id: str | None) -> tuple[Partner, ...]:
    """The partner of that match, or every partner when it belongs to none; while they last."""
    matches = access.active_matches(tx, actor.workspace_id, actor.person_id)
    return tuple(
        partner(tx, match, actor.person_id) for match in matches if match_id in (None, match.id)
    )


def _entry(tx: Tx, actor: Actor, row: Reflection) -> Entry:
    shared_with, may_share_with = partners_for(tx, actor, row)
    return Entry(
        row.id,
        row.question_id,
        row.written_at,
        row.edited_at is not None and row.edited_at > row.written_at,
        shared_with,
        may_share_with,
        sealed.read(row, "body") or "",
    )


def _shared_with(actor: Actor) -> Select[Reflection]:
    """Shared by a partner, in a match of the actor's that is under way."""
    return (
        select(Reflection)
        .join(
            Match,
            (Match.workspace_id == Reflection.workspace_id) & (Match.id == Reflection.match_id),
        )
        .where(
            Reflection.workspace_id == actor.workspace_id,
            Reflection.visibility == Visibility.PARTNER,
            Reflection.person_id != actor.person_id,
            Match.state == MatchState.ACTIVE,
            (Match.mentor_id == actor.person_id) | (Match.mentee_id == actor.person_id),
        )
    )


def _page(tx: Tx, query: Select[Reflection], page: int) -> tuple[Sequence[Reflection], int, bool]:
    """The rows of a page, which page that is, and whether older ones follow. A page that has
    emptied meanwhile is the one before it."""
    page = max(page, 0)
    rows = list(tx.session.scalars(query.offset(page * PAGE).limit(PAGE + 1)))
    if not rows and page:
        return _page(tx, query, page - 1)
    return rows[:PAGE], page, len(rows) > PAGE
