"""Workspaces: installed, paused when their token is refused, removed when the app is.

Whoever installed the app is greeted, once; nobody else is written to without having asked.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from bot.domain.deliveries import WELCOME_INSTALLER
from bot.domain.workspaces import InstallerWelcome
from bot.services import access, deliveries, people
from bot.services.loading import Skip, loads
from bot.storage.models import Delivery, Program, Workspace
from bot.storage.unit_of_work import Tx

# Data is to be gone within 14 business days of an uninstall (docs.slack.dev/developer-policy).
KEPT_AFTER_REMOVAL = timedelta(days=14)


@dataclass(frozen=True)
class Installed:
    """What auth.test says about the workspace a token belongs to, and whom to greet there. With a
    token from the settings nobody knows who installed the app: then the `first_leads` are greeted,
    and without these nobody."""

    team_id: str
    name: str
    bot_user_id: str
    enterprise_id: str | None = None
    installer: str | None = None  # Slack user id
    first_leads: tuple[str, ...] = ()


def ensure(tx: Tx, command: Installed) -> str:
    """The id of the workspace, new or known; one that was paused or removed is active again."""
    row = tx.session.scalar(select(Workspace).where(Workspace.team_id == command.team_id))
    if row is None:
        row = Workspace(id=tx.new_id(), team_id=command.team_id, created_at=tx.now)
        tx.session.add(row)
    row.name, row.bot_user_id = command.name[:200], command.bot_user_id
    row.enterprise_id = command.enterprise_id
    row.state, row.purge_at = "active", None
    row.installer_user_id = command.installer or row.installer_user_id
    tx.session.flush()
    _greet(tx, row.id, command)
    return row.id


def pause(tx: Tx, workspace_id: str) -> None:
    """The token is refused: nothing is sent, and nothing is lost, until it is a good one again."""
    row = tx.session.get_one(Workspace, workspace_id)
    if row.state == "active":
        row.state = "paused"


def remove(tx: Tx, team_id: str) -> None:
    """The app is uninstalled, or its token revoked: nothing is sent from now on, and all rows go
    in 14 days unless it is installed again. Slack tells both, in any order; the first counts."""
    row = tx.session.scalar(select(Workspace).where(Workspace.team_id == team_id))
    if row is not None and row.state != "removed":
        row.state, row.purge_at = "removed", tx.now + KEPT_AFTER_REMOVAL


def team_of(tx: Tx, workspace_id: str) -> str:
    """The Slack team id of a workspace."""
    return tx.session.get_one(Workspace, workspace_id).team_id


@loads(WELCOME_INSTALLER)
def _load_welcome(tx: Tx, row: Delivery) -> InstallerWelcome | Skip:
    query = select(Program.id).where(Program.workspace_id == row.workspace_id).limit(1)
    return Skip("has_program") if tx.session.scalar(query) else InstallerWelcome()


def _greet(tx: Tx, workspace_id: str, command: Installed) -> None:
    """At every start, and still once: the key sees to that."""
    greeted = (command.installer,) if command.installer else command.first_leads
    for slack_user_id in greeted:
        person_id = people.remember_stub(tx, people.Stub(workspace_id, slack_user_id))
        person = access.get_person(tx, workspace_id, person_id)
        deliveries.tell(tx, WELCOME_INSTALLER, person, "welcome")
