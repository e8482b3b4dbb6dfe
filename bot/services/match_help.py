"""Asking for help: a person to talk to, and telling leads that a pair would like some.

Why is never asked, who of the two asked is not kept, and the partner hears nothing.
"""

from collections.abc import Iterable

from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.deliveries import HELP_ASKED
from bot.domain.lifecycle import MatchState, ParticipantState, ProgramState
from bot.domain.matches import Help, HelpAsked, HelpWanted, OfMatch
from bot.services import access, deliveries, loading, matches, people
from bot.services.loading import Skip
from bot.storage.models import Delivery, Match, Participant, Person, Program, Workspace
from bot.storage.unit_of_work import Tx


def load_help(tx: Tx, command: OfMatch) -> Help:
    """People to talk to about one pair, also an ended one, or about anything. Raises `NotFound`
    for somebody else's match."""
    actor = command.actor
    team = tx.session.get_one(Workspace, actor.workspace_id).team_id
    if not command.match_id:
        found = [person for p in _programs(tx, actor) for person in _contacts(tx, p, actor)]
        return Help(team, _ids(found), None, asked=False)
    match = access.get_match_as_party(tx, actor, command.match_id)
    is_active = match.state is MatchState.ACTIVE
    return Help(
        team,
        _ids(_contacts(tx, matches.program_of(tx, match), actor, match)),
        match.id if is_active else None,
        asked=match.help_asked_at is not None,
    )


def ask_for_help(tx: Tx, command: OfMatch) -> HelpAsked:
    """Let the leads know; asking twice tells them once. Raises `MatchOver`, `NotFound`."""
    match = access.get_active_match(tx, command.actor, command.match_id)
    match.help_asked_at = match.help_asked_at or tx.now
    leads = _leads_to_tell(tx, match)
    for lead in leads:
        key = f"{match.id}|{match.help_asked_at.isoformat()}"
        deliveries.tell(tx, HELP_ASKED, lead, key, match=match)
    return HelpAsked(match.id, len(leads), asked=True)


def take_back(tx: Tx, command: OfMatch) -> HelpAsked:
    """Help is no longer needed. Raises `MatchOver`, `NotFound`."""
    match = access.get_active_match(tx, command.actor, command.match_id)
    match.help_asked_at = None
    deliveries.cancel(
        tx,
        "no_longer_needed",
        workspace_id=match.workspace_id,
        match_id=match.id,
        kinds=(HELP_ASKED,),
    )
    return HelpAsked(match.id, len(_leads_to_tell(tx, match)), asked=False)


@loading.loads(HELP_ASKED)
def _load_help_asked(tx: Tx, row: Delivery) -> HelpWanted | Skip:
    match, lead = matches.of_delivery(tx, row)
    if match.help_asked_at is None:
        return Skip("no_longer_needed")
    if match.state is not MatchState.ACTIVE or lead not in _leads_to_tell(tx, match):
        return Skip("not_theirs")
    mentor, mentee = matches.both(tx, match)
    program = matches.program_of(tx, match)
    return HelpWanted(program.name, people.who(mentor), people.who(mentee))


def _contacts(
    tx: Tx, program: Program, actor: Actor, match: Match | None = None
) -> Iterable[Person]:
    """The programme's person to talk to; its leads where that would be one of the two."""
    own = {match.mentor_id, match.mentee_id} if match else {actor.person_id}
    contact = access.find_person(tx, program.workspace_id, program.contact_user_id)
    if contact is not None and contact.id not in own and not contact.is_deactivated:
        return [contact]
    leads = loading.leads(tx, program.workspace_id, program.id)
    return [lead for lead in leads if lead.id not in own and not lead.is_deactivated]


def _ids(found: Iterable[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.slack_user_id for person in found))


def _leads_to_tell(tx: Tx, match: Match) -> list[Person]:
    leads = loading.leads(tx, match.workspace_id, match.program_id)
    return [lead for lead in leads if lead.id not in (match.mentor_id, match.mentee_id)]


def _programs(tx: Tx, actor: Actor) -> list[Program]:
    """Those the actor is in, else all that are open."""
    is_open = select(Program).where(
        Program.workspace_id == actor.workspace_id, Program.state != ProgramState.CLOSED
    )
    mine = is_open.where(
        Program.id.in_(
            select(Participant.program_id).where(
                Participant.workspace_id == actor.workspace_id,
                Participant.person_id == actor.person_id,
                Participant.state == ParticipantState.READY,
            )
        )
    )
    found = list(tx.session.scalars(mine.order_by(Program.id)))
    return found or list(tx.session.scalars(is_open.order_by(Program.id)))
