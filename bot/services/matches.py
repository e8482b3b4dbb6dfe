"""A pair under way: its beginning, its rhythm, and what others need to know of a match."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.actor import Actor
from bot.domain.cadence import Every, local_date
from bot.domain.deliveries import INTRODUCTION, OPENING, REFLECTION, RHYTHM_CHANGED
from bot.domain.lifecycle import MATCH, MatchState, ProgramState, Role
from bot.domain.matches import (
    ChangeRhythm,
    Introduction,
    OfMatch,
    Opening,
    PairRhythm,
    RhythmChanged,
    RhythmForm,
    checked_rhythm,
)
from bot.services import access, deliveries, loading, people, schedules, transitions
from bot.services.loading import Skip
from bot.storage import sealed
from bot.storage.models import Delivery, Match, Participant, Person, Program
from bot.storage.unit_of_work import Tx

# Both read who the other is before the conversation of the two opens.
_OPENING_AFTER = timedelta(minutes=1)


def begin(tx: Tx, actor: Actor, match: Match) -> None:
    """Both said yes: introduce them, open their conversation, start their rhythm."""
    transitions.step(tx, actor, match, "match", MATCH, MatchState.ACTIVE)
    match.started_at = tx.now
    mentor, mentee = both(tx, match)
    for person in (mentee, mentor):
        deliveries.tell(tx, INTRODUCTION, person, match.id, match=match)
    deliveries.tell_group(
        tx,
        OPENING,
        match,
        "start",
        first=mentee,
        other=mentor,
        planned_for=tx.now + _OPENING_AFTER,
    )
    for person in (mentee, mentor):
        _ask_by_rhythm(tx, match, person)


# Rhythm


def follow_program(tx: Tx, program: Program, before: PairRhythm) -> None:
    """After the programme's rhythm or hour changed from what it was `before`: its pairs go with
    it, as far as they have no rhythm of their own."""
    query = select(Match).where(
        Match.workspace_id == program.workspace_id,
        Match.program_id == program.id,
        Match.state == MatchState.ACTIVE,
    )
    for match in tx.session.scalars(query):
        for person in both(tx, match):
            _ask_by_rhythm(tx, match, person, _own_rhythm(match) or before)


def load_rhythm(tx: Tx, command: OfMatch) -> RhythmForm:
    """Raises `MatchOver`, `NotFound`."""
    match = access.get_active_match(tx, command.actor, command.match_id)
    partner = access.partner_of(tx, match, command.actor.person_id)
    return RhythmForm(
        match.id, people.who(partner), program_rhythm(program_of(tx, match)), _own_rhythm(match)
    )


def change_rhythm(tx: Tx, command: ChangeRhythm) -> RhythmChanged:
    """Either of the two sets it for both; the other is told. The same again tells nobody. Raises
    `InvalidField`, `MatchOver`, `NotFound`."""
    match = access.get_active_match(tx, command.actor, command.match_id)
    rhythm = checked_rhythm(command.every, command.weekday, command.nth)
    partner = access.partner_of(tx, match, command.actor.person_id)
    before = _rhythm(tx, match)
    match.every = rhythm.every.value if rhythm else None
    match.weekday = rhythm.weekday if rhythm else None
    match.nth = rhythm.nth if rhythm else None
    _ask_by_rhythm(tx, match, access.get_self(tx, command.actor))
    _ask_by_rhythm(tx, match, partner, before)
    if _rhythm(tx, match) != before:
        _tell_rhythm(tx, match, partner)
    return RhythmChanged(match.id, people.who(partner), _rhythm(tx, match))


def _ask_by_rhythm(tx: Tx, match: Match, person: Person, before: PairRhythm | None = None) -> None:
    """Bring one person's habit in line with the pair's rhythm; not that of somebody who asked for
    fewer for themselves, as can be told from the rhythm `before`."""
    program = program_of(tx, match)
    row = schedules.find(tx, REFLECTION, match.id, person)
    if program.state is ProgramState.CLOSED:
        return
    if before is not None and row is not None and row.every != before.every.value:
        return
    _, mentee = both(tx, match)
    anchor = local_date(match.started_at or tx.now, mentee.tz)
    habit = _rhythm(tx, match).habit(program.local_time, anchor)
    schedules.set_schedule(
        tx, REFLECTION, match.id, person, habit, match_id=match.id, program_id=program.id
    )


def _tell_rhythm(tx: Tx, match: Match, partner: Person) -> None:
    """Only the newest change is told, if an older one still waits."""
    deliveries.cancel(
        tx,
        "changed_again",
        workspace_id=match.workspace_id,
        match_id=match.id,
        person_id=partner.id,
        kinds=(RHYTHM_CHANGED,),
    )
    key = f"{match.id}|{tx.now.isoformat()}"
    deliveries.tell(tx, RHYTHM_CHANGED, partner, key, match=match)


def _rhythm(tx: Tx, match: Match) -> PairRhythm:
    return _own_rhythm(match) or program_rhythm(program_of(tx, match))


def _own_rhythm(match: Match) -> PairRhythm | None:
    if match.every is None or match.weekday is None:
        return None
    return PairRhythm(Every(match.every), match.weekday, match.nth)


def program_rhythm(program: Program) -> PairRhythm:
    """How often a programme asks its pairs to reflect."""
    return PairRhythm(Every(program.every), program.weekday, program.nth)


# Facts about a match


def both(tx: Tx, match: Match) -> tuple[Person, Person]:
    """Mentor and mentee."""
    mentor = access.get_person(tx, match.workspace_id, match.mentor_id)
    return mentor, access.get_person(tx, match.workspace_id, match.mentee_id)


def program_of(tx: Tx, match: Match) -> Program:
    return tx.session.get_one(Program, (match.workspace_id, match.program_id))


def of_delivery(tx: Tx, row: Delivery) -> tuple[Match, Person]:
    """The match a message is about, and its reader. A match is never deleted before its rows."""
    match = tx.session.get_one(Match, (row.workspace_id, row.match_id))
    return match, tx.session.get_one(Person, (row.workspace_id, row.person_id))


def topics_of(tx: Tx, match: Match, person: Person, role: Role) -> str | None:
    """What a person says they can help with, or want to work on: their own words."""
    place = access.get_participation(tx, match.workspace_id, match.program_id, person.id, role)
    return sealed.read(place, "topics") if place else None


def seats_left(tx: Tx, program_id: str, mentor: Person, *, lock: bool = False) -> int:
    """How many more mentees the mentor takes in this programme. With `lock`, others who ask the
    same under lock wait until this transaction ends."""
    query = select(Participant.seats).where(
        Participant.workspace_id == mentor.workspace_id,
        Participant.program_id == program_id,
        Participant.person_id == mentor.id,
        Participant.role == Role.MENTOR,
    )
    if lock and tx.is_postgresql:
        query = query.with_for_update()
    seats = tx.session.scalar(query) or 0
    taken = select(func.count()).where(
        Match.workspace_id == mentor.workspace_id,
        Match.program_id == program_id,
        Match.mentor_id == mentor.id,
        Match.state == MatchState.ACTIVE,
    )
    return seats - (tx.session.scalar(taken) or 0)


# What the messages say


@loading.loads(INTRODUCTION)
def _load_introduction(tx: Tx, row: Delivery) -> Introduction | Skip:
    match, person = of_delivery(tx, row)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_ended")
    role, partner = access.role_in(match, person.id), access.partner_of(tx, match, person.id)
    topics = topics_of(tx, match, partner, role.other)
    return Introduction(match.id, role, people.who(partner), topics, tx.now)


@loading.loads(OPENING)
def _load_opening(tx: Tx, row: Delivery) -> Opening | Skip:
    match, _ = of_delivery(tx, row)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_ended")
    mentor, mentee = both(tx, match)
    return Opening(match.id, people.who(mentor), people.who(mentee))


@loading.loads(RHYTHM_CHANGED)
def _load_rhythm_changed(tx: Tx, row: Delivery) -> RhythmChanged | Skip:
    match, person = of_delivery(tx, row)
    if match.state is not MatchState.ACTIVE:
        return Skip("match_ended")
    partner = access.partner_of(tx, match, person.id)
    return RhythmChanged(match.id, people.who(partner), _rhythm(tx, match))
