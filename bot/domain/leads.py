"""Leads of a programme: who is one, who may make somebody one, and asking for it."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.refusals import Refusal


@dataclass(frozen=True)
class AddLead:
    actor: Actor
    program_id: str
    slack_user_id: str | None


@dataclass(frozen=True)
class RemoveLead:
    actor: Actor
    program_id: str
    slack_user_id: str


@dataclass(frozen=True)
class AskLeads:
    actor: Actor
    program_id: str | None  # which programme the wish is about; None: to have one


@dataclass(frozen=True)
class Leads:
    """The leads of a programme, for one of them."""

    program_id: str
    program: str
    leads: tuple[tuple[str, str], ...]  # Slack user id and name
    added: str | None = None  # Slack user id of somebody who has just become one


@dataclass(frozen=True)
class Asked:
    people: tuple[str, ...]  # Slack user ids of those who read it; nobody: nobody is known


@dataclass(frozen=True)
class LeadAdded:
    """To somebody who is a lead now."""

    program_id: str
    program: str
    by: str  # Slack user id


@dataclass(frozen=True)
class LeadWish:
    """Somebody would like to lead, or to have a programme; to those who can do it."""

    who: str  # Slack user id
    program: str | None  # the name of the programme it is about
    programs: tuple[tuple[str, str], ...]  # id and name of those the reader may add them to


@dataclass(eq=False)
class LastLead(Refusal):
    """A programme keeps at least one lead."""

    program_id: str
