"""The tables, by feature. Only `bot.storage` and `bot.services` may import from here."""

from bot.storage.models.base import Base
from bot.storage.models.delivery import (
    Delivery,
    DeliveryEvent,
    Prompt,
    PromptSlot,
    Schedule,
    Throttle,
    Worker,
)
from bot.storage.models.matches import Match
from bot.storage.models.people import Leave, Person, Workspace
from bot.storage.models.programs import Participant, Program, ProgramLead
from bot.storage.models.records import Audit, FailedRequest, Inbox
from bot.storage.models.reflections import Goal, Reflection
from bot.storage.models.sessions import MentoringSession

__all__ = [
    "Audit",
    "Base",
    "Delivery",
    "DeliveryEvent",
    "FailedRequest",
    "Goal",
    "Inbox",
    "Leave",
    "Match",
    "MentoringSession",
    "Participant",
    "Person",
    "Program",
    "ProgramLead",
    "Prompt",
    "PromptSlot",
    "Reflection",
    "Schedule",
    "Throttle",
    "Worker",
    "Workspace",
]
