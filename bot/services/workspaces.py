"""Workspaces: installed, paused when their token is refused, removed when the app is."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from bot.storage.models import Workspace
from bot.storage.unit_of_work import Tx

# Data is to be gone within 14 business days of an uninstall (docs.slack.dev/developer-policy).
KEPT_AFTER_REMOVAL = timedelta(days=14)


@dataclass(frozen=True)
class Installed:
    """What auth.test says about the workspace a token belongs to."""

    team_id: str
    name: str
    bot_user_id: str
    enterprise_id: str | None = None


def ensure(tx: Tx, command: Installed) -> str:
    """The id of the workspace, new or known; one that was paused or removed is active again."""
    row = tx.session.scalar(select(Workspace).where(Workspace.team_id == command.team_id))
    if row is None:
        row = Workspace(id=tx.new_id(), team_id=command.team_id, created_at=tx.now)
        tx.session.add(row)
    row.name, row.bot_user_id = command.name[:200], command.bot_user_id
    row.enterprise_id = command.enterprise_id
    row.state, row.purge_at = "active", None
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
