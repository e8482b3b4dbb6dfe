"""Misfortune with Web API calls: what takes effect, what the caller hears."""

import threading
from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox
from tests.sandbox.calls import code


def posted(sandbox: Sandbox) -> list[str]:
    return [record.text for record in sandbox.journal if record.kind == "post"]


def test_a_dropped_answer_leaves_the_message(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    sandbox.faults.add("drop_after", "chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=bima.id, text="once")
    assert posted(sandbox) == ["once"]
    assert sandbox.calls[-1].answer is None
    bima.sees("once")


def test_the_stock_client_doubles_after_a_dropped_answer(sandbox: Sandbox, bima: Person) -> None:
    stock = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
    sandbox.faults.add("drop_after", "chat.postMessage")
    stock.chat_postMessage(channel=bima.id, text="twice")
    assert posted(sandbox) == ["twice", "twice"]


def test_a_dropped_request_leaves_nothing(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    sandbox.faults.add("drop_before", "chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=bima.id, text="never")
    assert posted(sandbox) == []


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_error_leaves_nothing(
    sandbox: Sandbox, client: WebClient, bima: Person, status: int
) -> None:
    sandbox.faults.add("status", "chat.postMessage", status=status)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=bima.id, text="never")
    assert caught.value.response.status_code == status
    assert posted(sandbox) == []


def test_rate_limits_and_errors_on_request(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    sandbox.faults.add("rate_limited", "chat.postMessage", retry_after=30)
    sandbox.faults.add("error", error="fatal_error")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=bima.id, text="x")
    assert caught.value.response.headers["Retry-After"] == "30"
    assert code(client, "auth.test") == "fatal_error"
    assert client.auth_test()["ok"]


def test_an_answer_may_be_no_json(sandbox: Sandbox, client: WebClient, bima: Person) -> None:
    sandbox.faults.add("bad_json", "chat.postMessage")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=bima.id, text="x")
    assert posted(sandbox) == ["x"]


def test_a_held_answer_waits_for_its_release(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    hold = sandbox.faults.add("hold", "chat.postMessage")
    answers: list[Any] = []

    def post() -> None:
        answers.append(client.chat_postMessage(channel=bima.id, text="held"))

    thread = threading.Thread(target=post)
    thread.start()
    assert hold.accepted.wait(5)
    assert posted(sandbox) == ["held"]
    assert answers == []
    hold.release()
    thread.join(5)
    assert answers[0]["ok"]


def test_a_slow_answer_outlasts_a_hasty_client(sandbox: Sandbox, bima: Person) -> None:
    hasty = WebClient(sandbox.bot_token, base_url=sandbox.base_url, timeout=1, retry_handlers=[])
    slow = sandbox.faults.add("slow", "chat.postMessage", seconds=1.5)
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=bima.id, text="late")
    assert slow.accepted.is_set()
    assert posted(sandbox) == ["late"]


def test_faults_are_counted_and_choose_their_calls(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    fault = sandbox.faults.add(
        "error", "chat.postMessage", times=2, when=lambda args: args["text"] == "bad"
    )
    client.chat_postMessage(channel=bima.id, text="good")
    for _ in range(2):
        assert code(client, "chat.postMessage", channel=bima.id, text="bad") == "fatal_error"
    client.chat_postMessage(channel=bima.id, text="bad")
    assert fault.used == 2


def test_stopping_lets_held_answers_go(sandbox: Sandbox, client: WebClient, bima: Person) -> None:
    hold = sandbox.faults.add("hold", "chat.postMessage")
    thread = threading.Thread(target=lambda: client.chat_postMessage(channel=bima.id, text="x"))
    thread.start()
    assert hold.accepted.wait(5)
    sandbox.faults.clear()
    thread.join(5)
    assert not thread.is_alive()
