"""The composition root: the one place that builds engine, clock, gateway, Bolt and scheduler."""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import __version__
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.domain.cadence import iana_version
from bot.services import backlog, workspaces
from bot.services.actors import Actors
from bot.slack.gateway import Gateway, Installation
from bot.storage import schema
from bot.storage.engine import open_engine
from bot.storage.unit_of_work import Database, DatabaseUnavailable
from handlers.registry import register
from handlers.request import Bot
from scheduler.dispatch import Checkpoint, no_checkpoint
from scheduler.runner import READY_WITHIN, Beats, Metronome


class SchemaBehind(Exception):
    """The database is not at the revision this code was written for."""


@dataclass
class Runtime:
    """A bot that is built and not yet running."""

    bolt: App
    db: Database
    gateway: Gateway
    clock: Clock
    beats: Beats
    metronome: Metronome

    def start_scheduler(self) -> None:
        self.metronome.start()

    def stop(self) -> None:
        """Finish what is in hand, give leases back, close the database."""
        self.metronome.stop()
        self.db.engine.dispose()

    def healthy(self) -> bool:
        return self.metronome.healthy(self.clock.now())

    def checks(self) -> Mapping[str, bool]:
        """Whether the database answers, its schema serves, and the dispatcher ticks."""
        ticks = self.metronome.healthy(self.clock.now(), READY_WITHIN)
        try:
            serves = schema.serves(self.db.engine)
        except SQLAlchemyError:
            return {"database": False, "scheduler": ticks}
        return {"database": True, "schema": serves, "scheduler": ticks}

    def backlog(self) -> backlog.Backlog | None:
        try:
            return self.db.read(backlog.measure, None)
        except DatabaseUnavailable:
            return None

    def build_info(self) -> Mapping[str, str]:
        database = self.db.engine.dialect.name
        return {
            "version": __version__,
            "time_zones": iana_version(),
            "python": platform.python_version(),
            "database": database,
        }


def build(
    settings: Settings,
    clock: Clock | None = None,
    *,
    checkpoint: Checkpoint = no_checkpoint,
    wake: Callable[[], None] | None = None,
) -> Runtime:
    """Build the bot. Raises `SchemaBehind`, or what Slack answers to a token it does not accept."""
    clock = clock or SystemClock()
    engine = open_engine(settings.database_url.get_secret_value())
    if not schema.is_current(engine):
        raise SchemaBehind
    db = Database(engine, clock)
    token = settings.slack_bot_token.get_secret_value()
    identity = _identity(token, settings.slack_api_url)
    installed = workspaces.Installed(
        identity["team_id"],
        identity.get("team") or identity["team_id"],
        identity["user_id"],
        identity.get("enterprise_id"),
        first_leads=tuple(settings.first_leads),
    )
    workspace_id = db.run(workspaces.ensure, installed)
    # One token today; many workspaces bring their own when they come.
    installations = {workspace_id: Installation(identity["team_id"], token)}
    gateway = Gateway(installations.__getitem__, settings.slack_api_url)
    beats = Beats(db, gateway, clock, checkpoint, tuple(settings.first_leads))
    metronome = Metronome(beats)
    bolt = _bolt(settings, identity)
    db.wake = wake or metronome.wake
    register(bolt, Bot(db, gateway, clock, settings, Actors(db, clock)))
    return Runtime(bolt, db, gateway, clock, beats, metronome)


def _identity(token: str, base_url: str) -> dict[str, Any]:
    client = WebClient(token, base_url, timeout=10, retry_handlers=[])
    return dict(client.auth_test().data)  # type: ignore[arg-type] # bytes only for file downloads


def _bolt(settings: Settings, identity: dict[str, Any]) -> App:
    token = settings.slack_bot_token.get_secret_value()
    secret = settings.slack_signing_secret

    def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult | None:
        if team_id != identity["team_id"]:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=token,
            bot_user_id=identity["user_id"],
            bot_id=identity.get("bot_id"),
        )

    return App(
        authorize=authorize,  # type: ignore[arg-type] # None: not installed in that team
        client=WebClient(base_url=settings.slack_api_url, retry_handlers=[]),
        signing_secret=secret.get_secret_value() if secret else "",
        # Signatures are checked by the guard in front, which logs no body and counts no fault.
        request_verification_enabled=False,
        # Commit, then ack: what Slack believes delivered is stored.
        process_before_response=True,
    )
