"""A simulated Slack workspace, served on loopback, for tests, the demo and for practice.

It speaks to real slack_sdk and Bolt clients as Slack does and is as strict. It knows nothing of
the bot: only the clock and Slack's limits are shared with it.
"""

from bot.sandbox.errors import AppFailed, ClientRefused
from bot.sandbox.journal import CallRecord, Record
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.sight import SeenMessage, SeenView
from bot.sandbox.team import Team
from bot.sandbox.wsgi import LoopbackApp

__all__ = [
    "AppFailed",
    "CallRecord",
    "ClientRefused",
    "LoopbackApp",
    "Person",
    "Record",
    "Sandbox",
    "SeenMessage",
    "SeenView",
    "Team",
]
