"""`bimbing check`: is everything there that the bot needs, and if not, what to do about it.

Looks and changes nothing. The words are the operator's, so they are English, and they name no
secret and no value of a setting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slack_sdk import WebClient
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.config import Settings
from bot.slack import scopes
from bot.slack.errors import Ambiguous, Retry, SlackFault, told_apart
from bot.slack.gateway import Gateway, Identity, Installation
from bot.storage import schema
from bot.storage.engine import open_engine

SECONDS = 10
"""How long Slack may take to answer."""

# For each scope: what stops without it.
WITHOUT = {
    "everything": "nothing works",
    "typed_answers_and_recovery": "answers typed to the bot are not heard, and after a crash it "
    "cannot look whether a message arrived",
    "pair_conversations": "pairs get no conversation of their own",
    "channel_rounds": "nothing yet; teams can't be paired within a channel once that comes",
    "private_channel_rounds": "nothing yet; the same for private channels",
    "announcements": "the bot must be invited to a channel before it can announce there",
    "calendar_files_and_reports": "no calendar files and no reports",
    "import_by_email": "people cannot be imported by e-mail address",
    "mentions": "the bot does not answer when it is mentioned",
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `next_step` says what to do where it isn't right."""

    right: bool
    what: str
    next_step: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at the database and at Slack, one finding after the other."""
    yield _database(settings)
    yield from _bot(settings)
    if settings.mode == "socket":
        yield _socket_mode(settings)


def sqlite_file(settings: Settings) -> Path | None:
    """The file of the SQLite database; None with PostgreSQL."""
    if not settings.is_sqlite:
        return None
    return Path(settings.database_url.get_secret_value().removeprefix("sqlite:///"))


def _database(settings: Settings) -> Finding:
    file = sqlite_file(settings)
    if file is not None and not file.exists():
        if not file.absolute().parent.is_dir():
            return Finding(False, "database: its folder does not exist", "Create that folder.")
        return Finding(True, "database: not there yet; the first `bimbing run` creates it")
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=1)
    try:
        return _revision(engine)
    except DBAPIError as error:
        code = getattr(error.orig, "sqlstate", None) or type(error.orig).__name__
        return Finding(
            False, f"database: it does not answer ({code})",
            "See that it runs, and that DATABASE_URL names its host, database, user and password.",
        )  # fmt: skip
    finally:
        engine.dispose()


def _revision(engine: Engine) -> Finding:
    if schema.is_current(engine):
        return Finding(True, "database: there, and at the right revision")
    return Finding(
        False, "database: at another revision than this version of Bimbing needs",
        "Back it up, then run: bimbing migrate",
    )  # fmt: skip


def _bot(settings: Settings) -> Iterator[Finding]:
    installation = Installation("", settings.slack_bot_token.get_secret_value())
    gateway = Gateway(lambda _: installation, settings.slack_api_url)
    try:
        identity = gateway.auth_test("")
    except SlackFault as fault:
        yield _refused("SLACK_BOT_TOKEN", fault, "Reinstall the app and copy the bot token anew.")
        return
    yield Finding(True, f"bot token: good, for workspace {identity.team_id}")
    yield from _scopes(identity)


def _scopes(identity: Identity) -> Iterator[Finding]:
    absent = scopes.missing(identity.scopes)
    for scope in absent:
        words = f"scope {scope.name}: not granted; {WITHOUT[scope.without]}"
        step = "Add it under OAuth & Permissions and reinstall the app."
        yield Finding(scope.optional, words, "" if scope.optional else step)
    if not absent:
        yield Finding(True, "scopes: all granted")


def _socket_mode(settings: Settings) -> Finding:
    assert settings.slack_app_token is not None, "Socket Mode implies an app-level token"
    client = WebClient(base_url=settings.slack_api_url, timeout=SECONDS, retry_handlers=[])
    try:
        with told_apart("apps.connections.open"):
            client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackFault as fault:
        step = (
            "See that Socket Mode is on, and that the app-level token belongs to this app and has "
            "the scope connections:write."
        )
        return _refused("SLACK_APP_TOKEN", fault, step)
    return Finding(True, "app-level token: good for Socket Mode")


def _refused(name: str, fault: SlackFault, step: str) -> Finding:
    if isinstance(fault, Ambiguous | Retry):
        return Finding(
            False, f"{name}: Slack does not answer ({fault.reason})",
            "See that this machine reaches https://slack.com, then try again.",
        )  # fmt: skip
    return Finding(False, f"{name}: Slack does not accept it ({fault.reason})", step)
