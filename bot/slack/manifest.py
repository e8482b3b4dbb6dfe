"""The app manifest, made from the tables, so that what Slack is asked for is what the code uses.

Page: docs.slack.dev/reference/app-manifest. Pure: it neither reads settings nor calls Slack.
"""

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from bot.slack.limits import numbers as n
from bot.slack.limits.rules import mapping, string
from bot.slack.scopes import EVENTS, SCOPES

EVENTS_PATH: Final = "/slack/events"
"""Where Bolt listens for events, commands and interactions alike."""


class BadManifest(ValueError):
    """Slack would not accept it; `problems` says why, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def manifest(
    command: str,
    *,
    name: str,
    description: str,
    command_description: str,
    usage_hint: str,
    http_url: str | None = None,
) -> dict[str, Any]:
    """The manifest, ready for JSON. Raises BadManifest.

    `command` has its slash (`/mentor`). With `http_url`, the bot's public https address, Slack
    delivers there; without it, over Socket Mode.
    """
    request_url = None if http_url is None else http_url.rstrip("/") + EVENTS_PATH
    made = {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": name, "description": description},
        "features": _features(
            name, _command(command, command_description, usage_hint, request_url)
        ),
        "oauth_config": {"scopes": _scopes()},
        "settings": _settings(request_url),
    }
    problems = list(_problems(made, http_url))
    if problems:
        raise BadManifest(problems)
    return made


def _features(name: str, command: dict[str, Any]) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": name, "always_online": True},
        "slash_commands": [command],
    }


def _command(command: str, description: str, usage_hint: str, url: str | None) -> dict[str, Any]:
    return {
        "command": command,
        "description": description,
        "usage_hint": usage_hint,
        "should_escape": True,  # people and channels arrive as ids, not as names
        **_at("url", url),
    }


def _scopes() -> dict[str, list[str]]:
    """Every scope is listed under `bot`; `bot_optional` marks those that may be declined."""
    return {
        "bot": [scope.name for scope in SCOPES],
        "bot_optional": [scope.name for scope in SCOPES if scope.optional],
    }


def _settings(url: str | None) -> dict[str, Any]:
    return {
        "event_subscriptions": {
            **_at("request_url", url),
            "bot_events": sorted(event.name for event in EVENTS),
        },
        "interactivity": {"is_enabled": True, **_at("request_url", url)},
        "org_deploy_enabled": False,
        "socket_mode_enabled": url is None,
        "token_rotation_enabled": False,  # it can't be switched off again
    }


def _at(key: str, url: str | None) -> dict[str, str]:
    return {} if url is None else {key: url}


def _problems(made: dict[str, Any], http_url: str | None) -> Iterator[str]:
    features = made["features"]
    command = features["slash_commands"][0]
    yield from _ABOUT(made["display_information"], "display_information")
    yield from string(n.BOT_DISPLAY_NAME)(features["bot_user"]["display_name"], "display_name")
    yield from _COMMAND({key: command[key] for key in _COMMAND_LIMITS}, "slash_command")
    if not _COMMAND_NAME.fullmatch(command["command"]):
        yield "slash_command.command: a slash, then lower-case letters, digits, - or _"
    if http_url is not None and urlsplit(http_url).scheme != "https":
        yield "http_url: must start with https://"


_COMMAND_NAME: Final = re.compile(r"/[a-z0-9_-]+")
_COMMAND_LIMITS: Final = {
    "command": string(n.COMMAND_NAME),
    "description": string(n.COMMAND_DESCRIPTION),
    "usage_hint": string(n.COMMAND_USAGE_HINT),
}
_COMMAND: Final = mapping(_COMMAND_LIMITS)
_ABOUT: Final = mapping(
    {"name": string(n.APP_NAME), "description": string(n.APP_DESCRIPTION)},
)
