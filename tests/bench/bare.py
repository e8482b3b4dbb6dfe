"""What the bot is measured against: Bolt with one listener that stores two rows, and no more.

As a reader of Bolt's own documentation would write it, with what makes it durable: the rows are
committed before the command is acknowledged. Bolt's own check of signatures is on.
"""

import os

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import text

from bot.storage.engine import open_engine

TABLES = (
    "CREATE TABLE first (trigger_id TEXT PRIMARY KEY, user_id TEXT NOT NULL)",
    "CREATE TABLE second (trigger_id TEXT PRIMARY KEY, words TEXT NOT NULL)",
)
_FIRST = text("INSERT INTO first VALUES (:trigger_id, :user_id)")
_SECOND = text("INSERT INTO second VALUES (:trigger_id, :text)")


def wsgi() -> SlackRequestHandler:
    """The application, for gunicorn; called in each worker."""
    engine = open_engine(os.environ["DATABASE_URL"])
    app = App(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        authorize=lambda team_id: AuthorizeResult(enterprise_id=None, team_id=team_id),
        process_before_response=True,
    )

    @app.command("/mentor")
    def store(ack: Ack, command: dict[str, str]) -> BoltResponse:
        with engine.begin() as connection:
            connection.execute(_FIRST, command)
            connection.execute(_SECOND, command)
        return ack("stored")

    return SlackRequestHandler(app)
