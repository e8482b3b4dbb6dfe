"""Tokens, scopes and method names: the doors in front of every method."""

import pytest
from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.calls import code, refused


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert code(client, "chat.postMesage", channel="C1", text="x") == "unknown_method"


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), ("", "not_authed")])
def test_a_bad_token_is_refused(sandbox: Sandbox, token: str, error: str) -> None:
    client = WebClient(token, base_url=sandbox.base_url)
    assert code(client, "auth.test") == error


def test_each_token_has_its_own_methods(sandbox: Sandbox, client: WebClient) -> None:
    with_app_token = WebClient(sandbox.app_token, base_url=sandbox.base_url)
    assert code(with_app_token, "auth.test") == "not_allowed_token_type"
    assert code(client, "apps.connections.open") == "not_allowed_token_type"
    assert with_app_token.api_call("apps.connections.open")["url"].startswith("ws://127.0.0.1:")


def test_a_missing_scope_is_named(sandbox: Sandbox, client: WebClient) -> None:
    answer = refused(client, "users.lookupByEmail", email="sari@example.org")
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "users:read.email"
    assert "chat:write" in answer["provided"].split(",")


@pytest.mark.parametrize("kind", ["private_channel", "im", "mpim"])
def test_scopes_depend_on_the_kind_of_conversation(client: WebClient, kind: str) -> None:
    assert code(client, "conversations.list", types=kind) == "missing_scope"
    assert client.conversations_list(types="public_channel")["ok"]


def test_history_of_group_dms_needs_its_own_scope(
    client: WebClient, bima: Person, sari: Person
) -> None:
    group = client.conversations_open(users=[bima.id, sari.id])["channel"]["id"]
    answer = refused(client, "conversations.history", channel=group)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:history")


def test_auth_test_tells_who_and_which_scopes(sandbox: Sandbox, client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == sandbox.team.bot_user_id
    assert answer["team_id"] == sandbox.team.id
    assert "im:history" in answer.headers["x-oauth-scopes"]


def test_a_revoked_token_stops_working(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.team.revoke_token()
    assert code(client, "auth.test") == "token_revoked"


def test_forms_json_and_queries_are_understood_alike(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    client.api_call("chat.postMessage", data={"channel": bima.id, "text": "form"})
    client.api_call("chat.postMessage", json={"channel": bima.id, "text": "json"})
    client.api_call("chat.postMessage", http_verb="GET", params={"channel": bima.id, "text": "get"})
    assert [m.text for m in bima.messages("app")] == ["form", "json", "get"]


def test_the_team_and_the_bot_describe_themselves(clock: MovableClock) -> None:
    with Sandbox(clock, scopes={"team:read", "users:read"}) as sandbox:
        client = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
        assert client.team_info()["team"]["domain"] == "practice"
        bot_id = client.auth_test()["bot_id"]
        assert client.bots_info(bot=bot_id)["bot"]["name"] == "Bimbing"
        assert code(client, "bots.info", bot="B9") == "bot_not_found"
