"""How programmes fare, for their leads, and everybody's own state. Reads only.

What may be shown of others is decided in `bot.domain.health`.
"""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select

from bot.domain import health
from bot.domain.actor import Actor
from bot.domain.deliveries import QUESTIONS
from bot.domain.health import (
    Answers,
    Digest,
    NamedPair,
    NextSession,
    OwnProgram,
    OwnState,
    ProgramHealth,
    Status,
)
from bot.domain.lifecycle import (
    MatchState,
    ParticipantState,
    ProgramState,
    PromptState,
    Role,
    SessionState,
)
from bot.services import access
from bot.storage.models import (
    Match,
    MentoringSession,
    Participant,
    Program,
    ProgramLead,
    Prompt,
    Workspace,
)
from bot.storage.unit_of_work import Tx

# `UNKNOWN` was agreed too, and nobody said that it fell through.
_MET_OR_WILL = (SessionState.HELD, SessionState.SCHEDULED, SessionState.UNKNOWN)
_OPEN_PROMPTS = (PromptState.SENT, PromptState.SNOOZED)


def load_status(tx: Tx, actor: Actor) -> Status:
    """A lead's programmes, and for anybody their own state; never anything about others."""
    led = tx.session.scalars(
        select(Program)
        .join(
            ProgramLead,
            (ProgramLead.workspace_id == Program.workspace_id)
            & (ProgramLead.program_id == Program.id),
        )
        .where(
            Program.workspace_id == actor.workspace_id,
            ProgramLead.person_id == actor.person_id,
            Program.state != ProgramState.CLOSED,
        )
        .order_by(Program.id)
    )
    shown = tuple(of_program(tx, program, actor.person_id) for program in led)
    return Status(shown, own_state(tx, actor), may_create=actor.may_found or bool(shown))


def of_program(tx: Tx, program: Program, lead_id: str) -> ProgramHealth:
    """As one of its leads (a person id) may see it: that somebody asked for help in the lead's own
    mentoring is nothing the lead reads here, or learns from what is missing."""
    matches = _matches(tx, program)
    roles = _joined(tx, program)
    states = Counter(match.state for match in matches)
    with_somebody = {
        m.mentee_id for m in matches if m.state in {MatchState.PROPOSED, MatchState.ACTIVE}
    }
    active = [match for match in matches if match.state is MatchState.ACTIVE]
    asked = _asked_for_help(active, lead_id)
    return ProgramHealth(
        id=program.id,
        name=program.name,
        state=program.state,
        mentors=len(roles[Role.MENTOR]),
        mentees=len(roles[Role.MENTEE]),
        unmatched=len(roles[Role.MENTEE] - with_somebody),
        proposed=states[MatchState.PROPOSED],
        active=states[MatchState.ACTIVE],
        ended=states[MatchState.ENDED],
        not_started=_named(tx, [m for m in _not_started(tx, active) if m not in asked]),
        help_asked=_named(tx, asked),
        answers=_answers(tx, program),
        team_id=tx.session.get_one(Workspace, program.workspace_id).team_id,
    )


def digest(tx: Tx, program: Program, since: datetime, lead_id: str) -> Digest | None:
    """What is new since then for one of its leads (a person id); None when nothing is."""
    matches = _matches(tx, program)
    joined = _joined_since(tx, program, since)
    started = sum(m.started_at is not None and m.started_at >= since for m in matches)
    ended = sum(
        m.state is MatchState.ENDED and m.ended_at is not None and m.ended_at >= since
        for m in matches
    )
    active = [match for match in matches if match.state is MatchState.ACTIVE]
    asked = _asked_for_help(active, lead_id)
    in_need = any(m.help_asked_at is not None and m.help_asked_at >= since for m in asked) or any(
        m.started_at is not None and m.started_at + health.NOT_STARTED_AFTER >= since
        for m in _not_started(tx, active)
    )
    if not (joined or started or ended or in_need):
        return None
    return Digest(of_program(tx, program, lead_id), joined, started, ended)


def own_state(tx: Tx, actor: Actor) -> OwnState:
    matches = access.active_matches(tx, actor.workspace_id, actor.person_id)
    partners = {m.id: access.partner_of(tx, m, actor.person_id).slack_user_id for m in matches}
    return OwnState(
        programs=_own_programs(tx, actor),
        partners=tuple(partners.values()),
        next_session=_next_session(tx, actor, partners),
        open_prompts=_open_prompts(tx, actor),
    )


# Of a programme


def _matches(tx: Tx, program: Program) -> list[Match]:
    return list(
        tx.session.scalars(
            select(Match)
            .where(Match.workspace_id == program.workspace_id, Match.program_id == program.id)
            .order_by(Match.id)
        )
    )


def _joined(tx: Tx, program: Program) -> dict[Role, set[str]]:
    """Who takes part, by role (person ids)."""
    found: dict[Role, set[str]] = {role: set() for role in Role}
    query = select(Participant.role, Participant.person_id).where(
        Participant.workspace_id == program.workspace_id,
        Participant.program_id == program.id,
        Participant.state == ParticipantState.READY,
    )
    for role, person_id in tx.session.execute(query):
        found[role].add(person_id)
    return found


def _joined_since(tx: Tx, program: Program, since: datetime) -> int:
    query = select(func.count(Participant.person_id.distinct())).where(
        Participant.workspace_id == program.workspace_id,
        Participant.program_id == program.id,
        Participant.state == ParticipantState.READY,
        Participant.created_at >= since,
    )
    return tx.session.scalar(query) or 0


def _not_started(tx: Tx, active: list[Match]) -> list[Match]:
    """Under way for four weeks, with no session held or agreed."""
    late = [
        match
        for match in active
        if match.started_at is not None and match.started_at + health.NOT_STARTED_AFTER <= tx.now
    ]
    query = select(MentoringSession.match_id).where(
        MentoringSession.workspace_id.in_([match.workspace_id for match in late]),
        MentoringSession.match_id.in_([match.id for match in late]),
        MentoringSession.state.in_(_MET_OR_WILL),
    )
    begun = set(tx.session.scalars(query)) if late else set()
    return [match for match in late if match.id not in begun]


def _asked_for_help(active: list[Match], lead_id: str) -> list[Match]:
    """As `match_help` tells leads: of all pairs but the lead's own."""
    return [
        match
        for match in active
        if match.help_asked_at is not None and lead_id not in (match.mentor_id, match.mentee_id)
    ]


def _named(tx: Tx, matches: list[Match]) -> tuple[NamedPair, ...]:
    return tuple(_named_pair(tx, match) for match in matches)


def _named_pair(tx: Tx, match: Match) -> NamedPair:
    mentor = access.get_person(tx, match.workspace_id, match.mentor_id)
    mentee = access.get_person(tx, match.workspace_id, match.mentee_id)
    return NamedPair(mentor.slack_user_id, mentee.slack_user_id, mentee.name)


def _answers(tx: Tx, program: Program) -> Answers | None:
    query = (
        select(Prompt.state, Prompt.person_id)
        .join(Match, (Match.workspace_id == Prompt.workspace_id) & (Match.id == Prompt.match_id))
        .where(
            Prompt.workspace_id == program.workspace_id,
            Match.program_id == program.id,
            Prompt.sent_at >= tx.now - health.ANSWERS_OVER,
        )
    )
    sent = tx.session.execute(query).all()
    answered = sum(state is PromptState.ANSWERED for state, _ in sent)
    return health.answers(len(sent), answered, len({person for _, person in sent}))


# One's own


def _own_programs(tx: Tx, actor: Actor) -> tuple[OwnProgram, ...]:
    query = (
        select(Program, Participant.role)
        .join(
            Participant,
            (Participant.workspace_id == Program.workspace_id)
            & (Participant.program_id == Program.id),
        )
        .where(
            Program.workspace_id == actor.workspace_id,
            Program.state != ProgramState.CLOSED,
            Participant.person_id == actor.person_id,
            Participant.state == ParticipantState.READY,
        )
        .order_by(Program.id, Participant.role)
    )
    found = tx.session.execute(query)
    return tuple(OwnProgram(program.name, role, program.state) for program, role in found)


def _next_session(tx: Tx, actor: Actor, partners: dict[str, str]) -> NextSession | None:
    """`partners` has the partner's Slack id for each of the actor's matches."""
    row = tx.session.scalar(
        select(MentoringSession)
        .where(
            MentoringSession.workspace_id == actor.workspace_id,
            MentoringSession.match_id.in_(list(partners)),
            MentoringSession.state == SessionState.SCHEDULED,
            MentoringSession.end_at > tx.now,
        )
        .order_by(MentoringSession.start_at)
        .limit(1)
    )
    if row is None or row.start_at is None:
        return None
    return NextSession(row.start_at, partners[row.match_id])


def _open_prompts(tx: Tx, actor: Actor) -> int:
    query = (
        select(func.count())
        .select_from(Prompt)
        .where(
            Prompt.workspace_id == actor.workspace_id,
            Prompt.person_id == actor.person_id,
            Prompt.kind.in_(QUESTIONS),
            Prompt.state.in_(_OPEN_PROMPTS),
        )
    )
    return tx.session.scalar(query) or 0
