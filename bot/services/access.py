"""The only way to an entity for a person. Ids from buttons and forms are untrusted: each function
looks the row up again inside the transaction, for this actor, and locks it.

All raise `NotFound` for what is not there, not theirs, or in another workspace.
"""

from sqlalchemy import bindparam, select

from bot.domain.actor import Actor
from bot.domain.lifecycle import MatchState, ParticipantState, ProgramState, Role
from bot.domain.refusals import MatchOver, NotALead, NotFound
from bot.storage.models import (
    Goal,
    Match,
    MentoringSession,
    Participant,
    Person,
    Program,
    ProgramLead,
    Prompt,
    Reflection,
)
from bot.storage.unit_of_work import Tx


def get_self(tx: Tx, actor: Actor) -> Person:
    """The actor's own row, locked: it is also the lock for their prompts."""
    person = tx.session.get(
        Person, (actor.workspace_id, actor.person_id), with_for_update=_for_update(tx)
    )
    if person is None:
        raise NotFound
    tx.session.info["self"] = person  # a session holds its rows weakly; this one is asked for again
    return person


def get_person(tx: Tx, workspace_id: str, person_id: str) -> Person:
    person = tx.session.get(Person, (workspace_id, person_id))
    if person is None:
        raise NotFound
    return person


def find_person(tx: Tx, workspace_id: str, slack_user_id: str) -> Person | None:
    return tx.session.scalar(
        select(Person).where(
            Person.workspace_id == workspace_id, Person.slack_user_id == slack_user_id
        )
    )


def get_program(tx: Tx, actor: Actor, program_id: str) -> Program:
    """A programme anybody of the workspace may know about."""
    program = tx.session.get(Program, (actor.workspace_id, program_id))
    if program is None or program.state is ProgramState.CLOSED:
        raise NotFound
    return program


def active_programs(tx: Tx, workspace_id: str) -> list[Program]:
    """The programmes under way in a workspace, oldest first."""
    return list(
        tx.session.scalars(
            select(Program)
            .where(Program.workspace_id == workspace_id, Program.state == ProgramState.ACTIVE)
            .order_by(Program.id)
        )
    )


def get_program_as_lead(tx: Tx, actor: Actor, program_id: str) -> Program:
    """A programme that is not closed. Raises `NotALead`, naming the leads, for anybody else."""
    program = tx.session.get(
        Program, (actor.workspace_id, program_id), with_for_update=_for_update(tx)
    )
    if program is None or program.state is ProgramState.CLOSED:
        raise NotFound
    if not is_lead(tx, actor, program_id):
        raise NotALead(lead_user_ids(tx, actor.workspace_id, program_id), program_id)
    return program


def is_lead(tx: Tx, actor: Actor, program_id: str | None = None) -> bool:
    """Whether the actor leads this programme, or any programme when none is named."""
    query = select(ProgramLead.id).where(
        ProgramLead.workspace_id == actor.workspace_id, ProgramLead.person_id == actor.person_id
    )
    if program_id is not None:
        query = query.where(ProgramLead.program_id == program_id)
    return tx.session.scalar(query.limit(1)) is not None


def lead_user_ids(tx: Tx, workspace_id: str, program_id: str | None = None) -> tuple[str, ...]:
    """Slack ids of the leads of one programme, or of all."""
    query = (
        select(Person.slack_user_id)
        .join(
            ProgramLead,
            (ProgramLead.workspace_id == Person.workspace_id)
            & (ProgramLead.person_id == Person.id),
        )
        .where(Person.workspace_id == workspace_id)
        .distinct()
        .order_by(Person.slack_user_id)
    )
    if program_id is not None:
        query = query.where(ProgramLead.program_id == program_id)
    return tuple(tx.session.scalars(query))


def get_participation(
    tx: Tx, workspace_id: str, program_id: str, person_id: str, role: Role
) -> Participant | None:
    """A person's place in a programme, if they are in it now."""
    return tx.session.scalar(
        select(Participant).where(
            Participant.workspace_id == workspace_id,
            Participant.program_id == program_id,
            Participant.person_id == person_id,
            Participant.role == role,
            Participant.state == ParticipantState.READY,
        )
    )


def get_match_as_party(tx: Tx, actor: Actor, match_id: str) -> Match:
    """A match of the actor's, in any state."""
    match = tx.session.get(Match, (actor.workspace_id, match_id), with_for_update=_for_update(tx))
    if match is None or actor.person_id not in (match.mentor_id, match.mentee_id):
        raise NotFound
    return match


def get_active_match(tx: Tx, actor: Actor, match_id: str) -> Match:
    """A match of the actor's that is under way. Raises `MatchOver` once it has ended."""
    match = get_match_as_party(tx, actor, match_id)
    if match.state in {MatchState.ENDED, MatchState.CLOSED}:
        raise MatchOver
    if match.state is not MatchState.ACTIVE:
        raise NotFound
    return match


def active_matches(tx: Tx, workspace_id: str, person_id: str) -> list[Match]:
    """The person's matches under way, oldest first."""
    values = {"workspace": workspace_id, "person": person_id}
    return list(tx.session.scalars(_ACTIVE_MATCHES, values))


# Asked so often that it is made once.
_ACTIVE_MATCHES = (
    select(Match)
    .where(
        Match.workspace_id == bindparam("workspace"),
        (Match.mentor_id == bindparam("person")) | (Match.mentee_id == bindparam("person")),
        Match.state == MatchState.ACTIVE,
    )
    .order_by(Match.id)
)


def role_in(match: Match, person_id: str) -> Role:
    return Role.MENTOR if person_id == match.mentor_id else Role.MENTEE


def partner_of(tx: Tx, match: Match, person_id: str) -> Person:
    other = match.mentee_id if person_id == match.mentor_id else match.mentor_id
    return get_person(tx, match.workspace_id, other)


def get_session(tx: Tx, actor: Actor, session_id: str) -> tuple[MentoringSession, Match]:
    """A session of one of the actor's matches under way, locked through its match."""
    row = tx.session.get(MentoringSession, (actor.workspace_id, session_id))
    if row is None:
        raise NotFound
    match = get_active_match(tx, actor, row.match_id)
    tx.session.refresh(row)
    return row, match


def get_prompt(tx: Tx, actor: Actor, prompt_id: str) -> Prompt:
    prompt = tx.session.get(
        Prompt, (actor.workspace_id, prompt_id), with_for_update=_for_update(tx)
    )
    if prompt is None or prompt.person_id != actor.person_id:
        raise NotFound
    return prompt


def get_reflection(tx: Tx, actor: Actor, reflection_id: str) -> Reflection:
    """The author's own; a partner reads a shared one only through its delivery or App Home."""
    row = tx.session.get(
        Reflection, (actor.workspace_id, reflection_id), with_for_update=_for_update(tx)
    )
    if row is None or row.person_id != actor.person_id:
        raise NotFound
    return row


def get_goal(tx: Tx, actor: Actor, goal_id: str) -> Goal:
    goal = tx.session.get(Goal, (actor.workspace_id, goal_id), with_for_update=_for_update(tx))
    if goal is None or goal.person_id != actor.person_id:
        raise NotFound
    return goal


def _for_update(tx: Tx) -> bool:
    # SQLite has no row locks: there the whole transaction is the lock. A read takes none.
    return tx.is_postgresql and not tx.read_only
