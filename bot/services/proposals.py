"""Two people are asked whether they would like to be a pair, and answer each for themselves.

Neither hears about the other's no, nor about its timing; leads read only that it came to nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.cadence import Leave
from bot.domain.deliveries import PROPOSAL, PROPOSAL_CLOSED, PROPOSAL_REMINDER
from bot.domain.lifecycle import MATCH, DeliveryState, MatchState, ProgramState
from bot.domain.proposals import (
    REMIND_AFTER,
    REMIND_APART,
    SILENCE_DAYS,
    AnswerProposal,
    Outcome,
    ProposalAnswered,
    ProposalClosed,
    ProposalReminder,
    ProposalSummary,
    SeatsTaken,
    closes_at,
)
from bot.domain.refusals import MatchOver, OutOfDate
from bot.services import (
    access,
    deliveries,
    loading,
    maintenance,
    matches,
    people,
    timing,
    transitions,
)
from bot.services.loading import Skip
from bot.storage import sealed
from bot.storage.models import Delivery, Match, Person, Program
from bot.storage.unit_of_work import Tx

_ASKING = (PROPOSAL, PROPOSAL_REMINDER)


def ask(tx: Tx, match: Match, person: Person) -> None:
    """Ask one of the two, and remind them twice if they say nothing."""
    deliveries.tell(tx, PROPOSAL, person, match.id, match=match)
    for after in REMIND_AFTER:
        key = f"{match.id}|{after.days}"
        deliveries.tell(tx, PROPOSAL_REMINDER, person, key, match=match, planned_for=tx.now + after)


def answer(tx: Tx, command: AnswerProposal) -> ProposalAnswered:
    """One's own yes or no; the same again changes nothing. Raises `MatchOver` once the pair has
    ended, `OutOfDate` for a no to a pair under way, `SeatsTaken` for a mentor without a place."""
    actor = command.actor
    match = access.get_match_as_party(tx, actor, command.match_id)
    if match.state is MatchState.ENDED:
        raise MatchOver
    if match.state is MatchState.ACTIVE and not command.yes:
        raise OutOfDate
    outcome = _OUTCOMES.get(match.state)
    if outcome is None:
        outcome = _say_yes(tx, actor, match) if command.yes else _say_no(tx, actor, match)
    partner = people.who(access.partner_of(tx, match, actor.person_id))
    return ProposalAnswered(match.id, outcome, partner, access.role_in(match, actor.person_id))


def close(tx: Tx, actor: Actor | None, match: Match, reason: str) -> None:
    """A proposal comes to nothing: what still waits is not sent, and a lead reads that much."""
    transitions.step(tx, actor, match, "match", MATCH, MatchState.CLOSED, reason)
    match.ended_at = tx.now
    deliveries.cancel(tx, "proposal_closed", workspace_id=match.workspace_id, match_id=match.id)
    for lead in _leads_to_tell(tx, match):
        deliveries.tell(tx, PROPOSAL_CLOSED, lead, match.id, match=match)


def close_all(tx: Tx, actor: Actor, program: Program) -> None:
    """With a programme end the proposals in it."""
    query = select(Match).where(
        Match.workspace_id == program.workspace_id,
        Match.program_id == program.id,
        Match.state == MatchState.PROPOSED,
    )
    query = query.order_by(Match.id)
    for match in tx.session.scalars(query.with_for_update() if tx.is_postgresql else query):
        close(tx, actor, match, "program_closed")


@maintenance.sweeps
def close_silent(tx: Tx, _: None) -> int:
    """End the proposals that nobody answered in time. The clock stands still on leave, and a
    programme on hold ends nothing."""
    query = (
        select(Match)
        .join(
            Program,
            (Program.workspace_id == Match.workspace_id) & (Program.id == Match.program_id),
        )
        .where(
            Match.state == MatchState.PROPOSED,
            Match.created_at <= tx.now - timedelta(days=SILENCE_DAYS),  # at the soonest
            Program.state == ProgramState.ACTIVE,
        )
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Match)
    silent = [match for match in tx.session.scalars(query) if _ends(tx, match) <= tx.now]
    for match in silent:
        close(tx, None, match, "silence")
    return len(silent)


# Answers

_OUTCOMES = {MatchState.CLOSED: Outcome.NOTHING, MatchState.ACTIVE: Outcome.STARTED}


def _say_no(tx: Tx, actor: Actor, match: Match) -> Outcome:
    close(tx, actor, match, "declined")
    return Outcome.DECLINED


def _say_yes(tx: Tx, actor: Actor, match: Match) -> Outcome:
    mentor = access.get_person(tx, match.workspace_id, match.mentor_id)
    full = matches.seats_left(tx, match.program_id, mentor, lock=True) < 1
    if full and actor.person_id == mentor.id:
        raise SeatsTaken(mentor.slack_user_id, match.program_id, own=True)
    if actor.person_id == match.mentor_id:
        match.mentor_yes_at = match.mentor_yes_at or tx.now
    else:
        match.mentee_yes_at = match.mentee_yes_at or tx.now
    if not match.mentor_yes_at or not match.mentee_yes_at:
        _ask_no_more(tx, match, actor.person_id)
        return Outcome.WAITING
    if full:
        close(tx, actor, match, "place_taken")
        return Outcome.PLACE_TAKEN
    deliveries.cancel(tx, "answered", workspace_id=match.workspace_id, match_id=match.id)
    matches.begin(tx, actor, match)
    return Outcome.STARTED


def _ask_no_more(tx: Tx, match: Match, person_id: str) -> None:
    deliveries.cancel(
        tx,
        "answered",
        workspace_id=match.workspace_id,
        match_id=match.id,
        person_id=person_id,
        kinds=_ASKING,
    )


# When and to whom


def _unanswered(match: Match) -> list[str]:
    sides = ((match.mentor_id, match.mentor_yes_at), (match.mentee_id, match.mentee_yes_at))
    return [person_id for person_id, yes_at in sides if yes_at is None]


def _ends(tx: Tx, match: Match) -> datetime:
    silent = (access.get_person(tx, match.workspace_id, p) for p in _unanswered(match))
    return max(_ends_for(tx, match, person) for person in silent)


def _ends_for(tx: Tx, match: Match, person: Person) -> datetime:
    leaves = [Leave(leave.first_day, leave.last_day) for leave in timing.leaves(tx, person)]
    return closes_at(match.created_at, person.tz, leaves)


def _leads_to_tell(tx: Tx, match: Match) -> list[Person]:
    """Who proposed it, if they still lead; else all leads. Never one of the two, and nobody in a
    programme that is closed itself."""
    if matches.program_of(tx, match).state is ProgramState.CLOSED:
        return []
    parties = (match.mentor_id, match.mentee_id)
    leads = [
        lead
        for lead in loading.leads(tx, match.workspace_id, match.program_id)
        if lead.id not in parties
    ]
    return [lead for lead in leads if lead.id == match.proposed_by] or leads


# What the messages say


@loading.loads(PROPOSAL)
def _load_proposal(tx: Tx, row: Delivery) -> ProposalSummary | Skip:
    match, person = matches.of_delivery(tx, row)
    if reason := _nothing_to_ask(tx, match, person):
        return Skip(reason)
    partner = access.partner_of(tx, match, person.id)
    role = access.role_in(match, person.id)
    return ProposalSummary(
        match_id=match.id,
        role=role,
        partner=people.who(partner),
        proposer=people.who(access.get_person(tx, match.workspace_id, match.proposed_by)),
        program=matches.program_of(tx, match).name,
        topics=matches.topics_of(tx, match, partner, role.other),
        why=sealed.read(match, "why"),
        now=tx.now,
        closes_at=_ends_for(tx, match, person),
    )


@loading.loads(PROPOSAL_REMINDER)
def _load_reminder(tx: Tx, row: Delivery) -> ProposalReminder | Skip:
    match, person = matches.of_delivery(tx, row)
    if reason := _nothing_to_ask(tx, match, person):
        return Skip(reason)
    if _asked_lately(tx, match, person):
        return Skip("asked_lately")
    return ProposalReminder(
        match_id=match.id,
        role=access.role_in(match, person.id),
        partner=people.who(access.partner_of(tx, match, person.id)),
        proposer=people.who(access.get_person(tx, match.workspace_id, match.proposed_by)),
        closes_at=_ends_for(tx, match, person),
    )


@loading.loads(PROPOSAL_CLOSED)
def _load_closed(tx: Tx, row: Delivery) -> ProposalClosed:
    match, _ = matches.of_delivery(tx, row)
    mentor, mentee = matches.both(tx, match)
    return ProposalClosed(
        matches.program_of(tx, match).name, people.who(mentor), people.who(mentee)
    )


def _nothing_to_ask(tx: Tx, match: Match, person: Person) -> str | None:
    if match.state is not MatchState.PROPOSED or _ends(tx, match) <= tx.now:
        return "proposal_closed"
    return None if person.id in _unanswered(match) else "answered"


def _asked_lately(tx: Tx, match: Match, person: Person) -> bool:
    query = select(Delivery.id).where(
        Delivery.workspace_id == match.workspace_id,
        Delivery.match_id == match.id,
        Delivery.person_id == person.id,
        Delivery.state == DeliveryState.SENT,
        Delivery.kind.in_([kind.name for kind in _ASKING]),
        Delivery.sent_at > tx.now - REMIND_APART,
    )
    return tx.session.scalar(query.limit(1)) is not None
