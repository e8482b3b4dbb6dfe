"""Events and interactions over signed HTTP: shapes, signatures, repetitions, misfortune."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.clock import MovableClock, SystemClock
from bot.sandbox import AppFailed, LoopbackApp, Person, Sandbox
from tests.sandbox.blocks import button
from tests.sandbox.calls import code
from tests.sandbox.conftest import EVENTS, SCOPES, T0
from tests.sandbox.diary_app import diary_app, served

Json = dict[str, Any]


class Listener:
    """A bare WSGI app that notes requests and answers with the statuses it was given."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[str] = []
        self.headers: list[tuple[str, str]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        headers = {k: v for k, v in environ.items() if k.startswith("HTTP_X_SLACK")}
        self.requests.append((headers, body))
        status = self.statuses.pop(0) if self.statuses else "200 OK"
        start_response(status, [("Content-Length", "0"), *self.headers])
        return []

    @property
    def payloads(self) -> list[Json]:
        return [json.loads(body) for _, body in self.requests]

    @property
    def retries(self) -> list[str | None]:
        return [headers.get("HTTP_X_SLACK_RETRY_NUM") for headers, _ in self.requests]


@pytest.fixture
def listener(sandbox: Sandbox) -> Iterator[Listener]:
    heard = Listener()
    with LoopbackApp(heard) as app:
        sandbox.deliver_to(app.url)
        yield heard


def test_requests_are_signed_with_sandbox_time(
    sandbox: Sandbox, listener: Listener, bima: Person
) -> None:
    bima.says("halo")
    headers, body = listener.requests[0]
    stamp = headers["HTTP_X_SLACK_REQUEST_TIMESTAMP"]
    assert stamp == str(int(T0.timestamp()))
    verifier = SignatureVerifier(sandbox.signing_secret)
    signature = verifier.generate_signature(timestamp=stamp, body=body)
    assert signature == headers["HTTP_X_SLACK_SIGNATURE"]


def test_the_stock_verifier_is_satisfied_by_the_machines_clock(clock: MovableClock) -> None:
    with Sandbox(clock, scopes=SCOPES, events=EVENTS, signing_clock=SystemClock()) as sandbox:
        bima = sandbox.add_person("bima")
        app = diary_app(sandbox, verify=True)
        with LoopbackApp(served(app)) as loopback:
            sandbox.deliver_to(loopback.url)
            bima.says("halo")
            forged = sandbox.send_raw(
                "events_api", b'{"type": "event_callback"}', {"X-Slack-Signature": "v0=00"}
            )
        bima.sees("Noted: halo")
        assert forged.status == 401


def test_an_event_looks_like_slacks(sandbox: Sandbox, listener: Listener, bima: Person) -> None:
    message = bima.says("halo & @sari")
    (payload,) = listener.payloads
    assert payload["type"] == "event_callback"
    assert payload["team_id"] == sandbox.team.id
    assert payload["authorizations"][0]["user_id"] == sandbox.team.bot_user_id
    assert payload["event_time"] == int(T0.timestamp())
    event = payload["event"]
    assert event["text"] == f"halo &amp; <@{sandbox.person('sari').id}>"
    assert (event["channel_type"], event["ts"]) == ("im", message.ts)
    assert event["blocks"][0]["type"] == "rich_text"


def test_the_apps_own_messages_come_back_as_events(
    sandbox: Sandbox, listener: Listener, client: WebClient, bima: Person
) -> None:
    client.chat_postMessage(channel=bima.id, text="halo")
    sandbox.wait_idle()
    (payload,) = listener.payloads
    assert payload["event"]["bot_id"] == client.auth_test()["bot_id"]


def test_only_what_is_subscribed_allowed_and_visible_is_told(
    clock: MovableClock, sandbox: Sandbox, listener: Listener, bima: Person
) -> None:
    sandbox.add_channel("general", [bima], app=True)
    sandbox.add_channel("elsewhere", [bima])
    bima.says("nobody told me to listen", channel="general")  # message.channels: not subscribed
    bot = sandbox.team.workspace.bot.handle
    bima.says(f"@{bot} hi", channel="elsewhere")  # the app is not there
    assert listener.requests == []
    bima.says(f"@{bot} hi", channel="general")
    assert [p["event"]["type"] for p in listener.payloads] == ["app_mention"]

    with Sandbox(clock, scopes={"chat:write"}, events={"message.im"}) as without_scope:
        eka = without_scope.add_person("eka")
        eka.says("halo")
        assert without_scope.deliveries == []


def test_people_and_channels_make_events(
    sandbox: Sandbox, listener: Listener, bima: Person, sari: Person
) -> None:
    sandbox.add_channel("general", [sari])
    sari.invites_app("general")
    bima.joins("general")
    bima.changes(tz="Asia/Makassar")
    bima.arrives()
    message = bima.says("halo")
    sari_joined = [p["event"] for p in listener.payloads]
    assert [e["type"] for e in sari_joined] == [
        "member_joined_channel", "member_joined_channel", "user_change", "team_join", "message",
    ]  # fmt: skip
    assert sari_joined[0]["inviter"] == sari.id
    assert sari_joined[2]["user"]["tz"] == "Asia/Makassar"
    bima.reacts(message, "wave")
    assert listener.payloads[-1]["event"]["reaction"] == "wave"
    assert bima.messages("app")[0].raw["reactions"][0]["count"] == 1


def test_uninstalling_is_told_and_ends_the_token(
    sandbox: Sandbox, listener: Listener, client: WebClient
) -> None:
    sandbox.team.uninstall()
    sandbox.wait_idle()
    assert {p["event"]["type"] for p in listener.payloads} == {"app_uninstalled", "tokens_revoked"}
    assert code(client, "auth.test") == "account_inactive"


def test_a_failed_event_comes_again_at_once_after_a_minute_and_after_five(
    sandbox: Sandbox, listener: Listener, clock: MovableClock, bima: Person
) -> None:
    listener.statuses = ["500 No"] * 4
    with pytest.raises(AppFailed, match=r"(?s)message:.*HTTP 500.*HTTP 500"):
        bima.says("halo")
    assert listener.retries == [None, "1"]

    assert sandbox.tick() == 0
    clock.advance(timedelta(minutes=1))
    assert sandbox.tick() == 1
    sandbox.wait_idle()
    clock.advance(timedelta(minutes=5))
    sandbox.tick()
    sandbox.wait_idle()
    clock.advance(timedelta(hours=1))
    assert sandbox.tick() == 0
    assert listener.retries == [None, "1", "2", "3"]
    assert len({p["event_id"] for p in listener.payloads}) == 1
    assert listener.requests[1][0]["HTTP_X_SLACK_RETRY_REASON"] == "http_error"
    assert sandbox.deliveries[0].given_up


def test_a_repetition_that_succeeds_at_once_is_no_failure(listener: Listener, bima: Person) -> None:
    listener.statuses = ["500 No"]
    bima.says("halo")
    assert listener.retries == [None, "1"]


def test_an_app_may_decline_repetitions(sandbox: Sandbox, listener: Listener, bima: Person) -> None:
    listener.statuses, listener.headers = ["404 No"], [("x-slack-no-retry", "1")]
    bima.says("halo", expect_error=True)
    assert listener.retries == [None]
    assert sandbox.deliveries[0].given_up


def test_commands_are_not_repeated(listener: Listener, bima: Person) -> None:
    listener.statuses = ["500 No"]
    bima.types("/diary hello", expect_error=True)
    assert listener.retries == [None]
    assert bima.notice
    assert "dispatch_failed" in bima.notice


def test_a_silent_app_times_out(clock: MovableClock) -> None:
    silent = Silence()
    with (
        Sandbox(clock, scopes=SCOPES, ack_seconds=0.2) as sandbox,
        LoopbackApp(silent) as app,
    ):
        sandbox.deliver_to(app.url)
        bima = sandbox.add_person("bima")
        bima.types("/diary hello", expect_error=True)
        silent.over.set()
        assert bima.notice
        assert "operation_timeout" in bima.notice


def test_waiting_for_an_event_has_an_end(sandbox: Sandbox, client: WebClient, bima: Person) -> None:
    silent = Silence()
    with LoopbackApp(silent) as app:
        sandbox.deliver_to(app.url)
        client.chat_postMessage(channel=bima.id, text="halo")
        assert not sandbox.idle()
        with pytest.raises(TimeoutError):
            sandbox.wait_idle(0.05)
        silent.over.set()
        sandbox.wait_idle()
    assert sandbox.idle()


def test_an_event_may_come_twice(sandbox: Sandbox, listener: Listener, bima: Person) -> None:
    sandbox.faults.add_delivery("duplicate", "message.im")
    bima.says("halo")
    bima.says("again")
    ids = [p["event_id"] for p in listener.payloads]
    assert len(ids) == 3
    assert ids[0] == ids[1] != ids[2]


def test_an_event_may_be_overtaken(sandbox: Sandbox, listener: Listener, bima: Person) -> None:
    sandbox.faults.add_delivery("hold_until_next")
    bima.says("first")
    assert sandbox.idle()
    bima.says("second")
    sandbox.wait_idle()
    assert [p["event"]["text"] for p in listener.payloads] == ["second", "first"]


def test_an_acknowledgement_may_be_lost(sandbox: Sandbox, listener: Listener, bima: Person) -> None:
    sandbox.faults.add_delivery("lose_answer")
    bima.says("halo")
    assert listener.retries == [None, "1"]
    assert listener.requests[1][0]["HTTP_X_SLACK_RETRY_REASON"] == "http_timeout"


def test_a_tampered_payload_can_be_sent(diary: Sandbox, bima: Person) -> None:
    bima.types("/diary buttons")
    payload = bima.payload_for_click("Keep")
    payload["actions"][0]["action_id"] = "unheard_of"
    assert diary.deliver(payload).status == 404
    bima.clicks("Keep")


def test_a_recorded_payload_can_be_sent_again(
    sandbox: Sandbox, listener: Listener, bima: Person
) -> None:
    bima.says("halo")
    sandbox.redeliver(sandbox.deliveries[0])
    first, second = listener.payloads
    assert first == second


def test_the_shapes_of_interactions(diary: Sandbox, bima: Person) -> None:
    bima.types("/diary buttons")
    on_message = bima.payload_for_click("Keep")
    assert on_message["container"]["type"] == "message"
    assert on_message["message"]["ts"] == on_message["container"]["message_ts"]
    assert on_message["actions"][0]["value"] == "keep"
    assert on_message["channel"]["name"] == "directmessage"

    bima.opens_home()
    on_home = bima.payload_for_click("Write", in_="home")
    assert on_home["container"] == {"type": "view", "view_id": on_home["view"]["id"]}
    assert "response_url" not in on_home

    bima.types("/diary new")
    bima.fills({"Title": "T", "Mood": "Good"})
    values = bima.payload_for_submit()["view"]["state"]["values"]
    assert values["title"]["title"] == {"type": "plain_text_input", "value": "T"}
    assert values["mood"]["mood"]["selected_option"]["value"] == "good"
    assert values["notes"]["notes"]["value"] is None


def test_an_ephemeral_message_is_not_in_the_payload(
    diary: Sandbox, client: WebClient, bima: Person
) -> None:
    room = client.conversations_open(users=bima.id)["channel"]["id"]
    client.chat_postEphemeral(
        channel=room,
        user=bima.id,
        text="psst",
        blocks=[{"type": "actions", "elements": [button("Keep")]}],
    )
    payload = bima.payload_for_click("Keep")
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    bima.clicks("Keep")
    bima.sees("Kept")
    bima.does_not_see("psst")


class Silence:
    """Answers only when it no longer matters."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        self.over.wait(5)
        start_response("200 OK", [("Content-Length", "0")])
        return []
