"""Whether they met: asked afterwards of both, and said at any time. Nothing else is evidence."""

from datetime import timedelta

from sqlalchemy import select

from bot.domain.cadence import local_date
from bot.domain.deliveries import DID_YOU_MEET
from bot.domain.lifecycle import PROMPT, SESSION, MatchState, PromptState, Role, SessionState
from bot.domain.sessions import rules
from bot.domain.sessions.commands import AskLater, OnSession, SayMet
from bot.domain.sessions.events import AskedLater, MetSaid
from bot.domain.sessions.refusals import SessionChanged
from bot.domain.sessions.shown import DidYouMeet, SessionSummary
from bot.services import access, deliveries, transitions
from bot.services.loading import Skip, loads_prompt
from bot.services.sessions import reminders, rows
from bot.storage.models import Match, MentoringSession, Prompt
from bot.storage.unit_of_work import Tx

_MAY_BE_SAID = {
    SessionState.SCHEDULED,
    SessionState.UNKNOWN,
    SessionState.NOT_HELD,
    SessionState.HELD,
}


def say_met(tx: Tx, command: SayMet) -> MetSaid:
    """Keep one person's answer. It may be changed later, but a "we met" of either counts."""
    row, match = _started_session(tx, command)
    if access.role_in(match, command.actor.person_id) is Role.MENTOR:
        row.mentor_met = command.met
    else:
        row.mentee_met = command.met
    settled = row.state is not SessionState.SCHEDULED
    became = rules.outcome(answers(row), silent=settled)
    if became is not None and became in SESSION[row.state]:
        transitions.step(tx, command.actor, row, "session", SESSION, became)
    for prompt in _prompts(tx, row, command.actor.person_id):
        _answer(tx, prompt)
    if row.state is SessionState.HELD:
        reminders.let_go(tx, row)
    rows.touch(tx, match)
    return MetSaid(rows.summary(tx, row, match, command.actor.person_id), command.met)


def open_later(tx: Tx, command: OnSession) -> SessionSummary:
    """The session about which somebody wants to be asked at another time."""
    row, match = _started_session(tx, command)
    return rows.summary(tx, row, match, command.actor.person_id)


def ask_later(tx: Tx, command: AskLater) -> AskedLater:
    """Ask this person again, tomorrow or in a week."""
    row, match = _started_session(tx, command)
    me = access.get_self(tx, command.actor)
    day = local_date(tx.now, me.tz) + timedelta(days=command.later.days)
    for prompt in _prompts(tx, row, me.id):
        if prompt.state in {PromptState.SENT, PromptState.SNOOZED}:
            deliveries.snooze(tx, prompt, me, day)
    return AskedLater(rows.summary(tx, row, match, me.id), day)


def answers(row: MentoringSession) -> tuple[bool | None, bool | None]:
    return row.mentor_met, row.mentee_met


def _started_session(
    tx: Tx, command: SayMet | AskLater | OnSession
) -> tuple[MentoringSession, Match]:
    """A session whose agreed time has come, if it is still the time that was asked about."""
    row, match = access.get_session(tx, command.actor, command.session_id)
    asked_about = command.version.partition(".")[0]
    if row.state not in _MAY_BE_SAID or str(row.revision) != asked_about:
        raise SessionChanged
    if row.start_at is None or row.start_at > tx.now:
        raise SessionChanged
    return row, match


def _prompts(tx: Tx, row: MentoringSession, person_id: str) -> list[Prompt]:
    """The question to one person about this session, as often as its time moved."""
    query = select(Prompt).where(
        Prompt.workspace_id == row.workspace_id,
        Prompt.session_id == row.id,
        Prompt.person_id == person_id,
        Prompt.kind == DID_YOU_MEET.name,
    )
    return list(tx.session.scalars(query.with_for_update() if tx.is_postgresql else query))


def _answer(tx: Tx, prompt: Prompt) -> None:
    if PromptState.ANSWERED in PROMPT[prompt.state]:
        prompt.state, prompt.answered_at = PromptState.ANSWERED, tx.now


@loads_prompt(DID_YOU_MEET)
def _did_you_meet(tx: Tx, prompt: Prompt) -> DidYouMeet | Skip:
    row = tx.session.get_one(MentoringSession, (prompt.workspace_id, prompt.session_id))
    match = tx.session.get_one(Match, (prompt.workspace_id, row.match_id))
    shown = rows.summary(tx, row, match, prompt.person_id)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_over")
    if shown.my_answer is not None or row.state is SessionState.HELD:
        return Skip("answered")
    if row.state not in _MAY_BE_SAID or row.end_at is None or row.end_at > tx.now:
        return Skip("session_changed")
    return DidYouMeet(shown)
