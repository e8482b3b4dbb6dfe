"""What the workspace is asked for, and nothing beyond it."""

import json
from typing import Any

import pytest

from bot.slack.manifest import BadManifest, manifest
from bot.slack.scopes import EVENTS, REQUIRED, SCOPES, missing


def made(**changed: Any) -> dict[str, Any]:
    return manifest(
        **{
            "command": "/mentor",
            "name": "Bimbing",
            "description": "Runs mentoring",
            "command_description": "Mentoring",
            "usage_hint": "help",
            **changed,
        }
    )


def test_no_scope_reads_what_people_say_to_each_other() -> None:
    history = {scope.name for scope in SCOPES if scope.name.endswith(":history")}
    assert history == {"im:history"}


def test_the_bot_works_with_these_scopes_alone() -> None:
    assert (
        frozenset(
            {
                "chat:write",
                "commands",
                "im:write",
                "im:history",
                "mpim:write",
                "users:read",
            }
        )
        == REQUIRED
    )


def test_each_scope_and_event_is_listed_once() -> None:
    for names in ([s.name for s in SCOPES], [e.name for e in EVENTS]):
        assert len(names) == len(set(names))


def test_every_event_comes_by_a_scope_that_is_required() -> None:
    assert {event.scope for event in EVENTS} - {None} <= REQUIRED


def test_optional_scopes_are_asked_for_and_marked() -> None:
    scopes = made()["oauth_config"]["scopes"]
    assert set(scopes["bot"]) - set(scopes["bot_optional"]) == REQUIRED
    assert set(scopes["bot_optional"]) < set(scopes["bot"])


def test_missing_scopes_come_required_first() -> None:
    granted = frozenset(s.name for s in SCOPES) - {"users:read", "files:write", "groups:read"}
    assert [s.name for s in missing(granted)] == ["users:read", "groups:read", "files:write"]
    assert missing(frozenset(s.name for s in SCOPES)) == ()


def test_socket_mode_needs_no_address() -> None:
    settings = made()["settings"]
    assert settings["socket_mode_enabled"] is True
    assert "request_url" not in settings["event_subscriptions"]
    assert settings["interactivity"] == {"is_enabled": True}
    assert "url" not in made()["features"]["slash_commands"][0]


def test_over_http_everything_arrives_at_one_address() -> None:
    document = made(http_url="https://mentor.example.org/")
    address = "https://mentor.example.org/slack/events"
    settings = document["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["request_url"] == address
    assert document["features"]["slash_commands"][0]["url"] == address


def test_the_command_sends_ids_and_has_the_name_it_is_given() -> None:
    (command,) = made(command="/bimbing")["features"]["slash_commands"]
    assert command["command"] == "/bimbing"
    assert command["should_escape"] is True
    assert command["usage_hint"] == "help"


def test_it_subscribes_to_the_events_of_the_table() -> None:
    subscribed = made()["settings"]["event_subscriptions"]["bot_events"]
    assert set(subscribed) == {event.name for event in EVENTS}


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(made())) == made()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"name": "x" * 36}, "display_information.name: 36 characters, at most 35"),
        (
            {"description": "x" * 141},
            "display_information.description: 141 characters, at most 140",
        ),
        ({"command": "/" + "x" * 32}, "slash_command.command: 33 characters, at most 32"),
        ({"usage_hint": "x" * 1001}, "slash_command.usage_hint: 1001 characters, at most 1000"),
        (
            {"command_description": "x" * 2001},
            "slash_command.description: 2001 characters, at most 2000",
        ),
        (
            {"command": "mentor"},
            "slash_command.command: a slash, then lower-case letters, digits, - or _",
        ),
        (
            {"command": "/Mentor me"},
            "slash_command.command: a slash, then lower-case letters, digits, - or _",
        ),
        ({"http_url": "http://mentor.example.org"}, "http_url: must start with https://"),
    ],
)
def test_what_slack_would_refuse_is_told(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadManifest) as raised:
        made(**changed)
    assert raised.value.problems == [problem]
