"""Keeping what Slack says about people up to date: after its event, and once a day.

Only people we know are kept; a workspace's other members leave no trace here.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Exists, select

from bot.domain.lifecycle import ParticipantState
from bot.domain.people import Profile
from bot.services import access, leaving, people
from bot.storage.models import Participant, Person, ProgramLead, Workspace
from bot.storage.unit_of_work import Tx

# Somebody whom Slack could not describe is asked about again after this.
_CLAIM = timedelta(hours=1)


@dataclass(frozen=True)
class Changed:
    """What Slack says of somebody now."""

    team_id: str
    profile: Profile


@dataclass(frozen=True)
class Refreshing:
    """Somebody to ask Slack about."""

    workspace_id: str
    team_id: str
    slack_user_id: str


def changed(tx: Tx, command: Changed) -> None:
    """Take over what changed about a person we know: a new zone moves what is planned for them,
    and whoever was deactivated leaves everything."""
    workspace = people.find_workspace(tx, command.team_id)
    if workspace is None:
        return
    if access.find_person(tx, workspace.id, command.profile.slack_user_id) is None:
        return
    people.remember(tx, people.Remember(workspace.id, command.profile))
    if command.profile.deleted:
        leaving.deactivate(tx, workspace.id, command.profile.slack_user_id)


def to_refresh(tx: Tx, limit: int) -> tuple[Refreshing, ...]:
    """People who take part, or lead, and were not looked at for a day; each is handed out to one
    replica, and again after an hour if nothing came of it."""
    query = (
        select(Person, Workspace.team_id)
        .join(Workspace, Workspace.id == Person.workspace_id)
        .where(
            Workspace.state == "active",
            Person.is_deactivated.is_(False),
            Person.profile_checked_at <= tx.now - people.PROFILE_LASTS,
            _takes_part() | _leads(),
        )
        .order_by(Person.profile_checked_at)
        .limit(limit)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Person)
    found = []
    for person, team_id in tx.session.execute(query):
        person.profile_checked_at = tx.now - people.PROFILE_LASTS + _CLAIM
        found.append(Refreshing(person.workspace_id, team_id, person.slack_user_id))
    return tuple(found)


def _takes_part() -> Exists:
    return (
        select(Participant.id)
        .where(
            Participant.workspace_id == Person.workspace_id,
            Participant.person_id == Person.id,
            Participant.state == ParticipantState.READY,
        )
        .exists()
    )


def _leads() -> Exists:
    return (
        select(ProgramLead.id)
        .where(ProgramLead.workspace_id == Person.workspace_id, ProgramLead.person_id == Person.id)
        .exists()
    )
