"""Who has joined a programme, for its leads. Reads only."""

from collections import Counter

from sqlalchemy import select

from bot.domain.lifecycle import MatchState, ParticipantState, Role
from bot.domain.members import PAGE, Member, Members, ShowMembers
from bot.domain.participants import Card
from bot.services import access, participants
from bot.storage.models import Match, Participant, Person, Program
from bot.storage.unit_of_work import Tx

_Counts = Counter[tuple[Role, str, MatchState]]


def load(tx: Tx, command: ShowMembers) -> Members:
    """Raises `NotFound`, and `NotALead` for anybody but the programme's leads."""
    program = access.get_program_as_lead(tx, command.actor, command.program_id)
    counts = _counts(tx, program)
    found = [_member(row, person, counts) for row, person in _rows(tx, program)]
    found.sort(key=lambda member: (not member.can_be_proposed, member.card.role != Role.MENTEE))
    first = command.page * PAGE
    shown = tuple(found[first : first + PAGE])
    has_more = len(found) > first + PAGE
    return Members(program.id, program.name, shown, command.page, has_more)


def _rows(tx: Tx, program: Program) -> list[tuple[Participant, Person]]:
    """In the order in which they joined."""
    query = (
        select(Participant, Person)
        .join(
            Person,
            (Person.workspace_id == Participant.workspace_id)
            & (Person.id == Participant.person_id),
        )
        .where(
            Participant.workspace_id == program.workspace_id,
            Participant.program_id == program.id,
            Participant.state == ParticipantState.READY,
        )
        .order_by(Participant.id)
    )
    return [(row, person) for row, person in tx.session.execute(query)]


def _counts(tx: Tx, program: Program) -> _Counts:
    """How many pairs and proposals each person is in, by role."""
    query = select(Match.mentor_id, Match.mentee_id, Match.state).where(
        Match.workspace_id == program.workspace_id,
        Match.program_id == program.id,
        Match.state.in_([MatchState.PROPOSED, MatchState.ACTIVE]),
    )
    counts: _Counts = Counter()
    for mentor_id, mentee_id, state in tx.session.execute(query):
        counts[Role.MENTOR, mentor_id, state] += 1
        counts[Role.MENTEE, mentee_id, state] += 1
    return counts


def _member(row: Participant, person: Person, counts: _Counts) -> Member:
    profile = participants.profile_of(row, person)
    return Member(
        Card(person.slack_user_id, person.tz, row.role, profile),
        pairs=counts[row.role, person.id, MatchState.ACTIVE],
        proposals=counts[row.role, person.id, MatchState.PROPOSED],
    )
