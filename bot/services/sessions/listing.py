"""Looking at sessions, and opening the form for a time. Nothing here changes anything."""

from sqlalchemy import select

from bot.domain.lifecycle import ParticipantState, SessionState
from bot.domain.refusals import InvalidField
from bot.domain.sessions import rules
from bot.domain.sessions.commands import Cancel, ListSessions, OnSession, OpenForm, Propose, Suggest
from bot.domain.sessions.refusals import NoPartner, NotYourPartner, SessionChanged, SessionPassed
from bot.domain.sessions.shown import (
    Draft,
    FormSummary,
    PairSessions,
    PartnerChoice,
    Preview,
    Slot,
)
from bot.services import access
from bot.services.sessions import rows
from bot.services.sessions.notes import notes
from bot.storage.models import Match, MentoringSession, Participant, Program
from bot.storage.unit_of_work import Tx


def list_sessions(tx: Tx, command: ListSessions) -> PairSessions | PartnerChoice:
    """The sessions with one partner, or which partner there are to choose from."""
    actor = command.actor
    matches = access.active_matches(tx, actor.workspace_id, actor.person_id)
    if not matches:
        raise NoPartner(joined=_joined(tx, command))
    pairs = [(match, rows.partner(tx, match, actor.person_id)) for match in matches]
    if command.who:
        wanted = command.who.removeprefix("@").casefold()
        names = [
            {match.id, partner.slack_user_id.casefold(), partner.name.casefold()}
            for match, partner in pairs
        ]
        pairs = [pair for pair, known in zip(pairs, names, strict=True) if wanted in known]
        if not pairs:
            raise NotYourPartner
    if len(pairs) > 1:
        return PartnerChoice(tuple((match.id, partner) for match, partner in pairs))
    match, partner = pairs[0]
    found = rows.that_matter(tx, match, actor.person_id)
    shown = [rows.summary(tx, row, match, actor.person_id) for row in found[: rules.SHOWN]]
    return PairSessions(match.id, partner, tuple(shown), len(found) - len(shown))


def open_form(tx: Tx, command: OpenForm) -> FormSummary:
    """The form for a new session (`match_id`), or for another time of one (`session_id`)."""
    if command.session_id:
        row, match = changeable(tx, command)
        slot = rows.suggested(row) or rows.agreed(row)
        draft = rules.draft_of(slot, command.actor.tz) if slot else Draft()
        return _form(tx, command, match, draft, row)
    match = access.get_active_match(tx, command.actor, command.match_id)
    return _form(tx, command, match, Draft(minutes=_usual_length(tx, match)), None)


def preview(tx: Tx, command: Propose | Suggest) -> FormSummary:
    """The form with what it comes to. Raises `InvalidField` for what cannot be proposed."""
    row, match = None, None
    if isinstance(command, Suggest):
        row, match = changeable(tx, command)
    else:
        match = access.get_active_match(tx, command.actor, command.match_id)
    me = access.get_person(tx, command.actor.workspace_id, command.actor.person_id)
    other = rows.living_partner(tx, match, me.id)
    slot = slot_for(tx, match, command, me.tz, row)
    shown = Preview(slot, notes(tx, match, me, other, command.draft, slot))
    return _form(tx, command, match, command.draft, row, shown)


def slot_for(
    tx: Tx, match: Match, command: Propose | Suggest, tz: str, row: MentoringSession | None
) -> Slot:
    """The time that is asked for, if it may be: see `rules.slot_of`; and the pair must be free."""
    slot = rules.slot_of(command.draft, tz, tx.now)
    rules.checked_agenda(command.draft.agenda)
    if rows.is_taken(tx, match, slot, row.id if row else ""):
        raise InvalidField(rules.TIME, "taken")
    return slot


def changeable(
    tx: Tx, command: OpenForm | Suggest | OnSession | Cancel
) -> tuple[MentoringSession, Match]:
    """A session whose time may still be changed."""
    row, match = access.get_session(tx, command.actor, command.session_id)
    if row.state not in {SessionState.PROPOSED, SessionState.SCHEDULED}:
        raise SessionChanged
    if row.start_at is not None and row.start_at <= tx.now:
        raise SessionPassed(match.id)
    return row, match


def _form(
    tx: Tx,
    command: OpenForm | Propose | Suggest,
    match: Match,
    draft: Draft,
    row: MentoringSession | None,
    shown: Preview | None = None,
) -> FormSummary:
    me = command.actor.person_id
    return FormSummary(
        match_id=match.id,
        partner=rows.partner(tx, match, me),
        lengths=rules.lengths(_usual_length(tx, match), draft.minutes),
        draft=draft,
        session=rows.summary(tx, row, match, me) if row else None,
        preview=shown,
    )


def _usual_length(tx: Tx, match: Match) -> int:
    return tx.session.get_one(Program, (match.workspace_id, match.program_id)).session_minutes


def _joined(tx: Tx, command: ListSessions) -> bool:
    query = select(Participant.id).where(
        Participant.workspace_id == command.actor.workspace_id,
        Participant.person_id == command.actor.person_id,
        Participant.state == ParticipantState.READY,
    )
    return tx.session.scalar(query.limit(1)) is not None
