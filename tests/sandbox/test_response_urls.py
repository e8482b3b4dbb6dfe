"""Response urls: five uses in half an hour, and what each may do."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.blocks import button

Json = dict[str, Any]


@pytest.fixture
def from_command(diary: Sandbox, bima: Person) -> WebhookClient:
    bima.types("/diary hello")
    return WebhookClient(diary.deliveries[-1].payload["response_url"])


@pytest.fixture
def from_button(diary: Sandbox, bima: Person) -> WebhookClient:
    bima.types("/diary buttons")
    return WebhookClient(bima.payload_for_click("Keep")["response_url"])


def test_five_times_and_no_more(from_command: WebhookClient, bima: Person) -> None:
    for number in range(5):
        assert from_command.send(text=f"answer {number}").body == "ok"
    refused = from_command.send(text="answer 5")
    assert (refused.status_code, "used_url" in refused.body) == (404, True)
    bima.sees("answer 4")
    bima.does_not_see("answer 5")


def test_half_an_hour(from_command: WebhookClient, clock: MovableClock) -> None:
    clock.advance(timedelta(minutes=30))
    assert from_command.send(text="in time").status_code == 200
    clock.advance(timedelta(seconds=1))
    assert "expired_url" in from_command.send(text="late").body


def test_answers_are_private_unless_they_say_otherwise(
    diary: Sandbox, bima: Person, sari: Person
) -> None:
    diary.add_channel("general", [bima, sari])
    bima.types("/diary hello", channel="general")
    hook = WebhookClient(diary.deliveries[-1].payload["response_url"])

    hook.send(text="for you")
    hook.send(text="for all", response_type="in_channel")  # the app need not be in the channel

    bima.sees("for you")
    sari.does_not_see("for you")
    sari.sees("for all")


def test_a_command_has_no_message_to_replace(from_command: WebhookClient) -> None:
    refused = from_command.send(text="new", replace_original=True)
    assert (refused.status_code, "no_original_message" in refused.body) == (404, True)


def test_the_original_is_replaced_or_deleted(from_button: WebhookClient, bima: Person) -> None:
    assert from_button.send(text="Done", blocks=[], replace_original=True).body == "ok"
    assert bima.messages("app")[-1].text == "Done"
    assert not bima.messages("app")[-1].ephemeral
    assert from_button.send(delete_original=True).body == "ok"
    bima.does_not_see("Done")


def test_a_private_original_can_be_deleted(diary: Sandbox, bima: Person) -> None:
    bima.types("/diary buttons")
    bima.clicks("Burn")
    private = bima.sees("Only you know it burnt")
    url = bima.payload_for_click("Keep")["response_url"]
    actions = {"type": "actions", "elements": [button("Gone")]}
    WebhookClient(url).send(text="psst", blocks=[actions])
    WebhookClient(bima.payload_for_click("Gone")["response_url"]).send(delete_original=True)
    assert bima.sees("Only you know it burnt") == private
    with pytest.raises(AssertionError, match="no button 'Gone'"):
        bima.clicks("Gone")


def test_illegal_content_is_refused(from_command: WebhookClient) -> None:
    assert "no_text" in from_command.send(text="").body
    assert "invalid_blocks" in from_command.send(text="x", blocks=[{"type": "nonsense"}]).body
    assert WebhookClient(from_command.url + "x").send(text="x").status_code == 404
