"""People as Slack describes them, and as others see them. How Slack is asked is not known here."""

from dataclasses import dataclass, field
from typing import Literal

Guest = Literal["no", "restricted", "ultra"]
"""Slack's guests: `restricted` is in several channels, `ultra` in a single one."""


@dataclass(frozen=True)
class Profile:
    """What we take from Slack about a person; everything else it tells is left behind."""

    slack_user_id: str
    team_id: str | None  # the workspace the account belongs to
    name: str = field(repr=False)  # how they want to be called; never empty, at most 80 characters
    tz: str | None = None  # IANA zone; None when Slack names none we know
    locale: str | None = None  # the language of their Slack, like en-US; unknown for outsiders
    is_bot: bool = False
    is_app: bool = False  # an app's own account
    deleted: bool = False
    guest: Guest = "no"
    is_external: bool = False  # from another workspace, through a shared channel
    is_admin: bool = False
    is_owner: bool = False
    email: str | None = field(default=None, repr=False)  # only with the scope for it


@dataclass(frozen=True)
class Who:
    """As much of a person as another one needs to see: whom a message or a form is about."""

    slack_user_id: str
    name: str = field(repr=False)
    tz: str  # IANA name


_GONE = "GONE"


def gone_id(person_id: str) -> str:
    """What stands in place of a Slack id once a person had everything about them deleted."""
    return (_GONE + person_id.upper())[:32]


def is_gone(slack_user_id: str) -> bool:
    return slack_user_id.startswith(_GONE)  # Slack's own ids begin with U or W
