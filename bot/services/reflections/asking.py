"""Prompts: planned on the rhythm of a pair, put off, skipped, made rarer, and lapsed in silence."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot import content
from bot.domain.actor import Actor
from bot.domain.cadence import Rhythm, local_date
from bot.domain.deliveries import REFLECTION
from bot.domain.lifecycle import PROMPT, DeliveryState, MatchState, PromptState, SessionState
from bot.domain.reflections import (
    OnPrompt,
    PromptClosed,
    PromptShown,
    RhythmSet,
    SetOwnRhythm,
    Snoozed,
    SnoozePrompt,
    phase,
)
from bot.domain.refusals import MatchOver, NotFound, OutOfDate
from bot.services import access, deliveries, loading, maintenance, planning, schedules, transitions
from bot.services.loading import Skip
from bot.services.planning import Turn, Wanted
from bot.services.reflections import reading
from bot.storage.models import Delivery, Match, MentoringSession, Prompt
from bot.storage.unit_of_work import Tx

_CLOSED = {PromptState.ANSWERED, PromptState.SKIPPED, PromptState.LAPSED}


@planning.plans(REFLECTION)
def _plan(tx: Tx, workspace_id: str, turns: Sequence[Turn]) -> Iterator[Wanted]:
    """Both partners go through the questions of their phase in the pair's own order, and none
    comes again before all have been asked."""
    matches = {turn.habit.subject_id for turn in turns}
    active = set(
        tx.session.scalars(
            select(Match.id).where(
                Match.workspace_id == workspace_id,
                Match.id.in_(matches),
                Match.state == MatchState.ACTIVE,
            )
        )
    )
    held = _held(tx, workspace_id, active)
    asked = _asked(tx, workspace_id, {turn.habit.reader.id for turn in turns}, active)
    for turn in turns:
        match, person = turn.habit.subject_id, turn.habit.reader.id
        if match in active:
            questions = content.reflections(phase(held.get(match, 0)))
            before = asked[match, person]
            question = content.pick(questions, match, sum(before[q.id] for q in questions))
            before[question.id] += 1
            yield Wanted(turn, question.id)


def _held(tx: Tx, workspace_id: str, matches: Collection[str]) -> dict[str, int]:
    """How many sessions each match has held."""
    query = (
        select(MentoringSession.match_id, func.count())
        .where(
            MentoringSession.workspace_id == workspace_id,
            MentoringSession.match_id.in_(matches),
            MentoringSession.state == SessionState.HELD,
        )
        .group_by(MentoringSession.match_id)
    )
    return dict(tx.session.execute(query).all())


def _asked(
    tx: Tx, workspace_id: str, people: Collection[str], matches: Collection[str]
) -> defaultdict[tuple[str, str], Counter[str]]:
    """How often each question was asked, by match and person."""
    query = (
        select(Prompt.match_id, Prompt.person_id, Prompt.question_id, func.count())
        .where(
            Prompt.workspace_id == workspace_id,
            Prompt.person_id.in_(people),
            Prompt.match_id.in_(matches),
            Prompt.question_id.is_not(None),
        )
        .group_by(Prompt.match_id, Prompt.person_id, Prompt.question_id)
    )
    asked: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for match, person, question, count in tx.session.execute(query):
        asked[match or "", person][question or ""] = count
    return asked


@loading.loads_prompt(REFLECTION)
def _load(tx: Tx, prompt: Prompt) -> PromptShown | Skip:
    if prompt.state in _CLOSED:
        return Skip("answered")
    match = tx.session.get(Match, (prompt.workspace_id, prompt.match_id))
    if match is None or match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    return reading.prompt_shown(tx, prompt)


def snooze(tx: Tx, command: SnoozePrompt) -> Snoozed:
    """Ask again tomorrow or next week, on the person's own calendar and in their hours.

    Raises `PromptClosed` once it was answered, skipped or has lapsed.
    """
    prompt, match = _own_prompt(tx, command.actor, command.prompt_id)
    if prompt.state is PromptState.SNOOZED:  # a second press
        return Snoozed(reading.prompt_shown(tx, prompt), _asked_again_at(tx, prompt))
    if prompt.state is not PromptState.SENT:
        raise _closed(prompt)
    if match.state is not MatchState.ACTIVE:
        raise MatchOver
    person = access.get_self(tx, command.actor)
    day = local_date(tx.now, person.tz) + timedelta(days=command.until.days)
    if not deliveries.snooze(tx, prompt, person, day):
        raise OutOfDate
    prompt.lapses_at = None  # the time to answer begins anew
    return Snoozed(reading.prompt_shown(tx, prompt), _asked_again_at(tx, prompt))


def skip(tx: Tx, command: OnPrompt) -> PromptShown:
    """Leave it unanswered. Safe to repeat; raises `PromptClosed` once it was answered."""
    prompt, _ = _own_prompt(tx, command.actor, command.prompt_id)
    if prompt.state is PromptState.ANSWERED:
        raise _closed(prompt)
    if prompt.state not in _CLOSED:
        release(tx, prompt, "skipped")
        transitions.step(tx, command.actor, prompt, "prompt", PROMPT, PromptState.SKIPPED)
    return reading.prompt_shown(tx, prompt)


def set_rhythm(tx: Tx, command: SetOwnRhythm) -> RhythmSet:
    """Ask this person about this pair in another rhythm; the partner's own one stays.

    Safe to repeat. Raises `MatchOver` when the pair has ended.
    """
    match = access.get_active_match(tx, command.actor, command.match_id)
    person = access.get_self(tx, command.actor)
    row = schedules.find(tx, REFLECTION, match.id, person)
    if row is None:
        raise NotFound
    was = schedules.rhythm_of(row)
    changed = was
    if was.every is not command.every:
        changed = Rhythm(command.every, was.weekday, was.local_time, was.anchor)
        schedules.set_schedule(
            tx,
            REFLECTION,
            match.id,
            person,
            changed,
            match_id=match.id,
            program_id=match.program_id,
        )
    partner = reading.partner(tx, match, person.id)
    return RhythmSet(partner, changed.every, was.every, row.next_due)


def release(tx: Tx, prompt: Prompt, reason: str) -> None:
    """Nothing is to be asked any more: what still waits to ask it again is cancelled, unless it
    carries other prompts too."""
    row = tx.session.get(Delivery, (prompt.workspace_id, prompt.delivery_id or ""))
    if row is None or row.state is not DeliveryState.PENDING:
        return
    prompt.delivery_id = None
    tx.session.flush()
    if not deliveries.prompts_of(tx, row):
        deliveries.close(tx, row, DeliveryState.CANCELLED, reason)


@maintenance.sweeps
def lapse(tx: Tx, _: None) -> int:
    """Prompts nobody answered within their time end; nobody is told."""
    query = select(Prompt).where(
        Prompt.kind == REFLECTION.name,
        Prompt.state == PromptState.SENT,
        Prompt.lapses_at <= tx.now,
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True)
    rows = list(tx.session.scalars(query))
    for prompt in rows:
        transitions.step(tx, None, prompt, "prompt", PROMPT, PromptState.LAPSED)
    return len(rows)


def _own_prompt(tx: Tx, actor: Actor, prompt_id: str) -> tuple[Prompt, Match]:
    access.get_self(tx, actor)  # the lock for all of a person's prompts
    prompt = reading.get_prompt(tx, actor, prompt_id)
    return prompt, access.get_match_as_party(tx, actor, prompt.match_id or "")


def _asked_again_at(tx: Tx, prompt: Prompt) -> datetime:
    row = tx.session.get(Delivery, (prompt.workspace_id, prompt.delivery_id or ""))
    return row.due_at if row else tx.now


def _closed(prompt: Prompt) -> PromptClosed:
    answered = prompt.state is PromptState.ANSWERED
    return PromptClosed(prompt.id, "answered" if answered else "over")
