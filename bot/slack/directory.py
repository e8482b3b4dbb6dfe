"""Who somebody is, from what Slack tells about them. Nothing is kept here: that is storage's.

Page: docs.slack.dev/reference/methods/users.info and .../objects/user-object. Any field may be
missing, null or empty, and people choose their names freely.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain.cadence.zones import is_zone
from bot.domain.people import Guest, Profile
from bot.slack.gateway import Gateway

NAME_LENGTH: Final = 80

_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # control, direction, unassigned…
_JOINERS: Final = "\u200c\u200d"  # of that kind, but several scripts are written with them


def fetch(gateway: Gateway, workspace_id: str, slack_user_id: str) -> Profile:
    """The person as Slack knows them now; one call, at most a second. Raises SlackFault."""
    user = gateway.user(workspace_id, slack_user_id)
    return profile(user, gateway.team_of(workspace_id), slack_user_id)


def profile(user: Mapping[str, Any], home_team: str, slack_user_id: str = "") -> Profile:
    """A Profile from Slack's user object, as users.info or a user_change event carries it.

    `home_team` is the team the bot works for; whoever belongs to another one is external.
    """
    slack_user_id = _text(user, "id") or slack_user_id
    details = _mapping(user, "profile")
    return Profile(
        slack_user_id=slack_user_id,
        team_id=_text(user, "team_id"),
        name=_name(user, details) or slack_user_id,
        tz=_zone(user),
        locale=_locale(user),
        is_bot=_flag(user, "is_bot") or slack_user_id == "USLACKBOT",
        is_app=_is_app(user, details),
        deleted=_flag(user, "deleted"),
        guest=_guest(user),
        is_external=_is_external(user, home_team),
        is_admin=_flag(user, "is_admin"),
        is_owner=_flag(user, "is_owner") or _flag(user, "is_primary_owner"),
        email=_email(details),
    )


def clean_name(text: str) -> str:
    """The text without what can't be seen or turns the line around, cut at 80 characters."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    visible = "".join(c for c in spaced if c in _JOINERS or _is_visible(c))
    return " ".join(visible.split())[:NAME_LENGTH].strip(f" {_JOINERS}")


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE


def _name(user: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    return next(filter(None, map(clean_name, _names(user, details))), "")


def _names(user: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[str]:
    yield _text(details, "display_name") or ""
    yield _text(details, "real_name") or ""
    yield _text(user, "real_name") or ""
    yield _text(user, "name") or ""


def _zone(user: Mapping[str, Any]) -> str | None:
    name = _text(user, "tz")
    return name if name and is_zone(name) else None


def _locale(user: Mapping[str, Any]) -> str | None:
    name = _text(user, "locale")
    return name if name and _LOCALE.fullmatch(name) else None


def _guest(user: Mapping[str, Any]) -> Guest:
    if _flag(user, "is_ultra_restricted"):  # Slack sets is_restricted for these as well
        return "ultra"
    return "restricted" if _flag(user, "is_restricted") else "no"


def _is_app(user: Mapping[str, Any], details: Mapping[str, Any]) -> bool:
    """Not is_app_user: that marks people who have authorized the calling app."""
    flagged = _flag(user, "is_workflow_bot") or _flag(user, "is_connector_bot")
    return flagged or _text(details, "api_app_id") is not None


def _is_external(user: Mapping[str, Any], home_team: str) -> bool:
    """On an Enterprise Grid somebody belongs to several teams at once."""
    if _flag(user, "is_stranger"):
        return True
    teams = _mapping(user, "enterprise_user").get("teams")
    belongs = {_text(user, "team_id"), *(teams if isinstance(teams, list) else ())} - {None}
    return bool(belongs) and home_team not in belongs


def _email(details: Mapping[str, Any]) -> str | None:
    address = _text(details, "email")
    return address if address and "@" in address else None


def _text(source: Mapping[str, Any], key: str) -> str | None:
    value = source.get(key)
    return value if isinstance(value, str) and value else None


def _flag(source: Mapping[str, Any], key: str) -> bool:
    return source.get(key) is True


def _mapping(source: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = source.get(key)
    return value if isinstance(value, Mapping) else {}
