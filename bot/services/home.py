"""A person's own world, loaded whole for App Home and the menu, and when Home is published."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.cadence import local_date
from bot.domain.deliveries import QUESTIONS
from bot.domain.help import HelpFacts
from bot.domain.home import (
    Away,
    GoalLine,
    HomeSummary,
    Need,
    PairLine,
    ProgramLine,
    PromptLine,
    ProposalLine,
)
from bot.domain.lifecycle import (
    MatchState,
    ParticipantState,
    ProgramState,
    PromptState,
    Role,
    SessionState,
)
from bot.services import access, timing
from bot.storage import sealed
from bot.storage.models import (
    Goal,
    Match,
    MentoringSession,
    Participant,
    Person,
    Program,
    Prompt,
    Workspace,
)
from bot.storage.unit_of_work import Tx

WATCHED = timedelta(hours=1)  # after this, a Home waits until it is opened again


@dataclass(frozen=True)
class StaleHome:
    """A Home that shows something old, and was looked at a moment ago."""

    workspace_id: str
    team_id: str
    slack_user_id: str


def load(tx: Tx, actor: Actor) -> HomeSummary:
    person = access.get_person(tx, actor.workspace_id, actor.person_id)
    return HomeSummary(
        team_id=tx.session.get_one(Workspace, actor.workspace_id).team_id,
        chose_language=actor.chose_language,
        is_lead=access.is_lead(tx, actor),
        may_found=actor.may_found,
        stopped=person.stopped_at is not None,
        away=_away(tx, person),
        proposals=_proposals(tx, person),
        pairs=_pairs(tx, person),
        prompts=_prompts(tx, person),
        goals=_goals(tx, person),
        programs=_programs(tx, person),
    )


def open_home(tx: Tx, actor: Actor) -> None:
    """The person looks at their Home: it is kept fresh for a while."""
    person = access.get_self(tx, actor)
    person.home_opened_at, person.home_stale = tx.now, False


def help_facts(tx: Tx, actor: Actor) -> HelpFacts:
    """Which words somebody may use, and who is there for them."""
    summary = load(tx, actor)
    return HelpFacts(
        summary.is_lead or summary.may_found,
        summary.chose_language,
        summary.team_id,
        summary.contacts,
    )


def touch(tx: Tx, actor: Actor) -> None:
    """The actor did something themselves."""
    person = tx.session.get(Person, (actor.workspace_id, actor.person_id))
    if person is not None:
        mark_stale(tx, person)


def mark_stale(tx: Tx, person: Person) -> None:
    """Something that `person`'s Home shows was changed. Nothing is done for those who did not look
    lately: opening Home publishes it anyway."""
    opened = person.home_opened_at
    if opened is not None and tx.now - opened < WATCHED:
        person.home_stale = True
        tx.hurry()


def take_stale(tx: Tx, limit: int) -> tuple[StaleHome, ...]:
    """Homes to publish now; each is handed out once."""
    query = (
        select(Person, Workspace.team_id)
        .join(Workspace, Workspace.id == Person.workspace_id)
        .where(Person.home_stale, Workspace.state == "active")
        .order_by(Person.home_opened_at)
        .limit(limit)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Person)
    taken = []
    for person, team_id in tx.session.execute(query):
        person.home_stale = False
        if person.home_opened_at and tx.now - person.home_opened_at < WATCHED:
            taken.append(StaleHome(person.workspace_id, team_id, person.slack_user_id))
    return tuple(taken)


# What is in it


def _away(tx: Tx, person: Person) -> Away | None:
    """The leave under way, or the next one."""
    today = local_date(tx.now, person.tz)
    ahead = [leave for leave in timing.leaves(tx, person) if leave.last_day >= today]
    leave = min(ahead, key=lambda leave: leave.first_day, default=None)
    return Away(leave.first_day, leave.last_day, leave.first_day <= today) if leave else None


def _proposals(tx: Tx, person: Person) -> tuple[ProposalLine, ...]:
    unanswered = ((Match.mentor_id == person.id) & Match.mentor_yes_at.is_(None)) | (
        (Match.mentee_id == person.id) & Match.mentee_yes_at.is_(None)
    )
    query = (
        select(Match)
        .where(
            Match.workspace_id == person.workspace_id,
            Match.state == MatchState.PROPOSED,
            unanswered,
        )
        .order_by(Match.id)
    )
    return tuple(
        ProposalLine(
            match.id,
            access.partner_of(tx, match, person.id).slack_user_id,
            access.role_in(match, person.id),
        )
        for match in tx.session.scalars(query)
    )


def _pairs(tx: Tx, person: Person) -> tuple[PairLine, ...]:
    matches = access.active_matches(tx, person.workspace_id, person.id)
    lines = [_pair(tx, person, match) for match in matches]
    return tuple(sorted(lines, key=lambda line: (line.need, line.at or tx.now, line.match_id)))


def _pair(tx: Tx, person: Person, match: Match) -> PairLine:
    partner = access.partner_of(tx, match, person.id)
    today = local_date(tx.now, partner.tz)
    away = [x.last_day for x in timing.leaves(tx, partner) if x.first_day <= today <= x.last_day]
    need, session = _need(tx, person, match)
    at = None
    if session is not None:
        proposed = need in {Need.ANSWER, Need.WAIT}
        at = session.proposed_start_at if proposed else session.start_at
    return PairLine(
        match_id=match.id,
        partner=partner.slack_user_id,
        partner_name=partner.name,
        partner_tz=partner.tz,
        partner_away_until=max(away, default=None),
        role=access.role_in(match, person.id),
        need=need,
        session_id=session.id if session else None,
        at=at,
    )


def _need(tx: Tx, person: Person, match: Match) -> tuple[Need, MentoringSession | None]:
    """The most pressing thing, and the session it is about."""
    rows = _sessions_ahead(tx, match)
    waiting = [row for row in rows if row.proposed_start_at is not None]
    for row in waiting:
        if row.proposed_by != person.id:
            return Need.ANSWER, row
    for row in rows:
        if row.state is SessionState.SCHEDULED:
            return Need.MEET, row
    return (Need.WAIT, waiting[0]) if waiting else (Need.PLAN, None)


def _sessions_ahead(tx: Tx, match: Match) -> list[MentoringSession]:
    begins = MentoringSession.start_at
    query = select(MentoringSession).where(
        MentoringSession.workspace_id == match.workspace_id,
        MentoringSession.match_id == match.id,
        (MentoringSession.state == SessionState.PROPOSED)
        | ((MentoringSession.state == SessionState.SCHEDULED) & (MentoringSession.end_at > tx.now)),
    )
    return list(tx.session.scalars(query.order_by(begins, MentoringSession.id)))


def _prompts(tx: Tx, person: Person) -> tuple[PromptLine, ...]:
    query = (
        select(Prompt)
        .where(
            Prompt.workspace_id == person.workspace_id,
            Prompt.person_id == person.id,
            Prompt.kind.in_(QUESTIONS),
            Prompt.state.in_([PromptState.SENT, PromptState.SNOOZED]),
        )
        .order_by(Prompt.id)
    )
    return tuple(
        PromptLine(prompt.id, prompt.kind, _partner(tx, person, prompt), prompt.sent_at)
        for prompt in tx.session.scalars(query)
    )


def _partner(tx: Tx, person: Person, prompt: Prompt) -> str | None:
    match = tx.session.get(Match, (prompt.workspace_id, prompt.match_id or ""))
    return access.partner_of(tx, match, person.id).slack_user_id if match else None


def _goals(tx: Tx, person: Person) -> tuple[GoalLine, ...]:
    query = (
        select(Goal)
        .where(
            Goal.workspace_id == person.workspace_id,
            Goal.person_id == person.id,
            Goal.done_at.is_(None),
        )
        .order_by(Goal.id)
    )
    return tuple(
        GoalLine(goal.id, sealed.read(goal, "what") or "", goal.by_when)
        for goal in tx.session.scalars(query)
    )


def _programs(tx: Tx, person: Person) -> tuple[ProgramLine, ...]:
    """Those they are in, then the others under way."""
    query = select(Participant.program_id, Participant.role).where(
        Participant.workspace_id == person.workspace_id,
        Participant.person_id == person.id,
        Participant.state == ParticipantState.READY,
    )
    mine: dict[str, set[Role]] = {}
    for program_id, role in tx.session.execute(query):
        mine.setdefault(program_id, set()).add(role)
    programs = tx.session.scalars(
        select(Program)
        .where(Program.workspace_id == person.workspace_id)
        .where(Program.state != ProgramState.CLOSED)
        .where((Program.state == ProgramState.ACTIVE) | Program.id.in_(list(mine)))
        .order_by(Program.id)
    )
    lines = [
        ProgramLine(
            program.id,
            program.name,
            program.purpose,
            program.state,
            tuple(role for role in Role if role in mine.get(program.id, ())),
            program.contact_user_id,
        )
        for program in programs
    ]
    return tuple(sorted(lines, key=lambda line: not line.roles))
