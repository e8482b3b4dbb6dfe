"""Two workspaces with equal ids in one sandbox: nothing of one reaches the other."""

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.sandbox import Sandbox, Team
from tests.sandbox.calls import code
from tests.sandbox.diary_app import form


@pytest.fixture
def other(sandbox: Sandbox) -> Team:
    team = sandbox.add_team("T00000002", "Other", "other")
    team.add_person("budi")
    return team


@pytest.fixture
def other_client(sandbox: Sandbox, other: Team) -> WebClient:
    return WebClient(other.bot_token, base_url=sandbox.base_url, retry_handlers=[])


def test_ids_are_equal_and_people_are_not(
    sandbox: Sandbox, other: Team, client: WebClient, other_client: WebClient
) -> None:
    bima, budi = sandbox.person("bima"), other.person("budi")
    assert bima.id == budi.id
    first = client.chat_postMessage(channel=bima.id, text="for Bima")
    second = other_client.chat_postMessage(channel=budi.id, text="for Budi")
    assert first["channel"] == second["channel"]
    bima.does_not_see("Budi")
    budi.does_not_see("Bima")
    assert [record.team for record in sandbox.journal] == [sandbox.team.id, other.id]


def test_triggers_and_messages_stay_at_home(
    diary: Sandbox, other: Team, client: WebClient, other_client: WebClient
) -> None:
    bima = diary.person("bima")
    bima.types("/diary hello")
    trigger = diary.deliveries[-1].payload["trigger_id"]
    assert code(other_client, "views.open", trigger_id=trigger, view=form()) == (
        "invalid_trigger_id"
    )
    sent = client.chat_postMessage(channel=bima.id, text="x")
    args = {"channel": sent["channel"], "ts": sent["ts"]}
    assert code(other_client, "chat.delete", **args) in ("message_not_found", "channel_not_found")


def test_payloads_name_their_team(diary: Sandbox, other: Team) -> None:
    budi = other.person("budi")
    budi.types("/diary hello")
    payload = diary.deliveries[-1].payload
    assert (payload["team_id"], payload["team_domain"]) == (other.id, "other")
    WebhookClient(payload["response_url"]).send(text="only here")
    budi.sees("only here")
    diary.person("bima").does_not_see("only here")


def test_one_uninstall_leaves_the_other_alone(
    other: Team, client: WebClient, other_client: WebClient
) -> None:
    other.uninstall()
    assert code(other_client, "auth.test") == "account_inactive"
    assert client.auth_test()["ok"]
