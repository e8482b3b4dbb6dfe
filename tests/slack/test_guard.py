"""Only sound requests that Slack signed reach Bolt; of the others nothing is logged or kept."""

import hashlib
import hmac
import json
import logging
import random
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from bot.clock import MovableClock
from bot.slack.guard import MAX_BODY, WINDOW, Guard
from bot.slack.shapes import Malformed, Sound, check_envelope

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = int(T0.timestamp())
SECRET = "0123456789abcdef0123456789abcdef"
CANARY = "reflection-canary"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"

COMMAND: dict[str, str] = {
    "command": "/mentor", "text": f"goal {CANARY}", "user_id": "U1", "team_id": "T1",
    "trigger_id": "1.2", "channel_id": "D1", "response_url": "https://hooks.slack.com/commands/1",
}  # fmt: skip
EVENT: dict[str, Any] = {
    "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event_time": NOW,
    "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
    "event": {"type": "message", "channel": "D1", "channel_type": "im", "user": "U1",
              "text": CANARY, "ts": f"{NOW}.000100"},
}  # fmt: skip
CLICK: dict[str, Any] = {
    "type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "1.2",
    "container": {"type": "message"}, "actions": [{"action_id": "join", "type": "button"}],
}  # fmt: skip
SUBMISSION: dict[str, Any] = {
    "type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"},
    "view": {"id": "V1", "type": "modal", "callback_id": "goal", "state": {"values": {}},
             "private_metadata": CANARY},
}  # fmt: skip


def _sign(timestamp: str, body: bytes, secret: str = SECRET) -> str:
    basis = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), basis, hashlib.sha256).hexdigest()


def _request(
    body: bytes, content_type: str = JSON, *, at: int = NOW, **changes: str | None
) -> "WSGIEnvironment":
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/slack/events", "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": str(at),
        "HTTP_X_SLACK_SIGNATURE": _sign(str(at), body), "wsgi.input": BytesIO(body),
    }  # fmt: skip
    environ.update(changes)
    return {name: value for name, value in environ.items() if value is not None}


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _interaction(payload: object) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


class Service:
    """A real Bolt app behind the guard, noting what reaches its listeners."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        app = App(
            authorize=lambda: AuthorizeResult(
                enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token="xoxb-1"
            ),
            request_verification_enabled=False,
            process_before_response=True,
        )

        @app.command("/mentor")
        def command(ack: Callable[[], None], body: dict[str, Any]) -> None:
            self._note(ack, body)

        @app.event("message")
        def event(ack: Callable[[], None], body: dict[str, Any]) -> None:
            self._note(ack, body)

        @app.action("join")
        def action(ack: Callable[[], None], body: dict[str, Any]) -> None:
            self._note(ack, body)

        @app.view("goal")
        def view(ack: Callable[[], None], body: dict[str, Any]) -> None:
            self._note(ack, body)

        self.clock = MovableClock(T0)
        self._wsgi = Guard(SlackRequestHandler(app), SECRET, self.clock)

    def _note(self, ack: Callable[[], None], body: dict[str, Any]) -> None:
        self.heard.append(body)
        ack()

    def answer(self, environ: "WSGIEnvironment") -> tuple[int, bytes]:
        statuses: list[str] = []

        def start_response(status: str, headers: object, _error: object = None) -> Any:
            statuses.append(status)

        said: Iterable[bytes] = self._wsgi(environ, start_response)
        return int(statuses[0].split()[0]), b"".join(said)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (urlencode(COMMAND).encode(), FORM),
        (_json(EVENT), JSON),
        (_json(EVENT), "application/json; charset=utf-8"),
        (_interaction(CLICK), FORM),
        (_interaction(SUBMISSION), FORM),
    ],
)
def test_what_slack_sends_reaches_the_listener(
    service: Service, body: bytes, content_type: str
) -> None:
    status, _ = service.answer(_request(body, content_type))
    assert status == 200
    assert len(service.heard) == 1


def test_the_address_is_verified_when_slack_asks(service: Service) -> None:
    body = _json({"type": "url_verification", "challenge": "c-123"})
    status, said = service.answer(_request(body))
    assert status == 200
    assert b"c-123" in said


def test_the_word_payload_in_a_command_does_not_confuse_bolt(service: Service) -> None:
    command = COMMAND | {"text": "goal learn what a payload= is"}
    status, _ = service.answer(_request(urlencode(command).encode(), FORM))
    assert status == 200
    assert service.heard[0]["text"] == "goal learn what a payload= is"


def test_a_body_that_comes_in_chunks_is_read_to_its_end(service: Service) -> None:
    request = _request(_json(EVENT), CONTENT_LENGTH=None)
    request["wsgi.input_terminated"] = True
    assert service.answer(request)[0] == 200


def test_headers_cannot_steer_bolt(service: Service) -> None:
    request = _request(_json(EVENT), HTTP_X_SLACK_BOLT_LAZY_ONLY="1",
                       HTTP_X_SLACK_BOLT_LAZY_FUNCTION_NAME="event")  # fmt: skip
    assert service.answer(request)[0] == 200
    assert len(service.heard) == 1


@pytest.mark.parametrize(
    ("off", "status"), [(WINDOW, 200), (-WINDOW, 200), (WINDOW + 1, 401), (-WINDOW - 1, 401)]
)
def test_a_request_is_good_for_five_minutes(service: Service, off: int, status: int) -> None:
    assert service.answer(_request(_json(EVENT), at=NOW + off))[0] == status


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD"])
def test_only_post_is_answered(service: Service, method: str) -> None:
    assert service.answer(_request(_json(EVENT), REQUEST_METHOD=method))[0] == 405


class Endless:
    """A body that goes on for `size` bytes and is never in memory as a whole."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        size = self._left if size < 0 else min(size, self._left)
        self._left -= size
        return b"x" * size


@pytest.mark.parametrize("stated", [str(64 * 2**20), None, "1000"])
def test_64_mib_cost_less_than_5_mb(service: Service, stated: str | None) -> None:
    request = _request(b"", CONTENT_LENGTH=stated)
    request["wsgi.input"] = Endless(64 * 2**20)
    request["wsgi.input_terminated"] = True
    tracemalloc.start()
    status, _ = service.answer(request)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert status in {413, 401}
    assert peak < 5_000_000


def test_the_cap_is_exact(service: Service) -> None:
    event = EVENT | {"padding": "x" * (MAX_BODY - len(_json(EVENT | {"padding": ""})))}
    assert service.answer(_request(_json(event)))[0] == 200
    assert service.answer(_request(_json(event) + b" "))[0] == 413


# Fifteen classes of what may come in instead. Each makes one request from a seeded generator.
Draw = random.Random
Malformation = Callable[[Draw], "WSGIEnvironment"]


def _noise(draw: Draw, size: int = 60) -> bytes:
    return draw.randbytes(draw.randrange(1, size)) + CANARY.encode()


def _unsigned(body: bytes, content_type: str = JSON) -> "WSGIEnvironment":
    return _request(body, content_type, HTTP_X_SLACK_SIGNATURE=None)


def _damaged(draw: Draw) -> bytes:
    """A sound event with a piece cut out or bytes changed."""
    body = bytearray(_json(EVENT))
    at = draw.randrange(len(body))
    body[at : at + draw.randrange(1, 20)] = draw.randbytes(draw.randrange(3))
    return bytes(body)


def _without(draw: Draw, payload: dict[str, Any], needed: list[str]) -> dict[str, Any]:
    """The payload with one of its needed parts gone or of another type."""
    wrong = draw.choice([None, 7, "", [], {}, [None], {"id": None}, True])
    return payload | {draw.choice(needed): wrong}


def _nested(draw: Draw) -> bytes:
    depth = draw.choice([50, 1_000, 100_000])
    return _json(EVENT)[:-1] + b', "x": ' + b"[" * depth + b"]" * depth + b"}"


UNSIGNED: dict[str, Malformation] = {
    "no signature": lambda draw: _unsigned(_json(EVENT)),
    "noise": lambda draw: _unsigned(_noise(draw), draw.choice([JSON, FORM, "", "text/plain"])),
    "broken JSON": lambda draw: _unsigned(_damaged(draw)),
    "signed by another secret": lambda draw: _request(
        _json(EVENT), HTTP_X_SLACK_SIGNATURE=_sign(str(NOW), _json(EVENT), draw.randbytes(9).hex())
    ),
    "signature of another shape": lambda draw: _request(
        _json(EVENT), HTTP_X_SLACK_SIGNATURE=_noise(draw).decode("latin-1")
    ),
    "timestamp not a number": lambda draw: _request(
        _json(EVENT),
        HTTP_X_SLACK_REQUEST_TIMESTAMP=draw.choice(
            ["", "-1", "1e9", "٣٤", "1 2", "9" * 400, "NaN"]
        ),
    ),
    "replayed later": lambda draw: _request(_json(EVENT), at=NOW - draw.randrange(301, 9**9)),
    "body changed after signing": lambda draw: _request(
        body := _damaged(draw), HTTP_X_SLACK_SIGNATURE=_sign(str(NOW), body + b" ")
    ),
}
SIGNED: dict[str, Malformation] = {
    "length that lies": lambda draw: _request(
        _json(EVENT), CONTENT_LENGTH=draw.choice(["-5", "x", "1.5", "99999", "9" * 30])
    ),
    "not JSON": lambda draw: _request(_noise(draw)),
    "JSON but no object": lambda draw: _request(
        _json(draw.choice([None, 1, "x", [], [EVENT], True, 1e308])), draw.choice([JSON, FORM])
    ),
    "too deep": lambda draw: _request(_nested(draw)),
    "unknown or missing type": lambda draw: _request(
        _json(EVENT | {"type": draw.choice([None, "", "x", 5, ["event_callback"], {}])})
    ),
    "half surrogates and NUL": lambda draw: _request(
        _json(EVENT | {"event": {"type": "message", "text": draw.choice(["\ud800", "a\0b"])}})
    ),
    "parts missing or of another type": lambda draw: draw.choice(
        [
            _request(_json(_without(draw, EVENT, ["event_id", "team_id", "event"]))),
            _request(_interaction(_without(draw, CLICK, ["user", "actions", "container"])), FORM),
            _request(_interaction(_without(draw, SUBMISSION, ["user", "view"])), FORM),
            _request(
                urlencode(COMMAND | {draw.choice(["command", "user_id", "team_id"]): ""}).encode(),
                FORM,
            ),
        ]
    ),
}


@pytest.mark.parametrize("kind", [*UNSIGNED, *SIGNED])
def test_malformed_requests_are_refused_and_leave_no_trace(
    kind: str, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    draw = Draw(f"guard {kind}")
    make, expected = (UNSIGNED[kind], 401) if kind in UNSIGNED else (SIGNED[kind], 400)
    statuses = {service.answer(make(draw))[0] for _ in range(60)}
    assert statuses - {413} == {expected}
    assert service.heard == []
    assert CANARY not in caplog.text
    assert len(caplog.text) < 60 * 200


def test_an_envelope_is_looked_at_like_a_body() -> None:
    assert check_envelope("events_api", EVENT) == Sound("event", "T1")
    assert check_envelope("slash_commands", COMMAND) == Sound("command", "T1")
    assert check_envelope("interactive", CLICK) == Sound("action", "T1")
    assert check_envelope("interactive", SUBMISSION) == Sound("view", "T1")
    for road, payload in (("events_api", CLICK), ("else", EVENT), ("interactive", []), ("", None)):
        with pytest.raises(Malformed):
            check_envelope(road, payload)
