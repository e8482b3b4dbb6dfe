"""What stands between the network and Bolt: only sound requests that Slack signed get through.

Bolt parses a body before it verifies the signature, and writes the body into the log when the
signature is wrong; here nothing is parsed unverified and nothing of a request is ever logged. It
takes the place of Bolt's own check, which must be off (`request_verification_enabled=False`). A
plain WSGI middleware: no Bolt, no database, no words for people.

Slack's signature: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING

from bot import metrics
from bot.clock import Clock
from bot.slack.shapes import Malformed, Sound, check_shape, is_form

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 256 * 1024
"""Bytes. Far above anything Slack sends: its largest parts are views of 100 blocks."""

WINDOW = 300
"""Seconds a timestamp may lie off our clock, either way; the five minutes Slack recommends."""

SOUND = "bimbing.sound"
"""Where in the environ the application finds what kind of request it is (`Sound`)."""

_log = logging.getLogger(__name__)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class _Refused(Exception):
    """The request goes no further. `reason` is one of a few fixed words, never from the request."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """Wraps a WSGI application and passes on what has the right size, age, signature and shape.

    Answers 405, 408, 413, 401 or 400 itself otherwise.
    """

    def __init__(self, app: "WSGIApplication", signing_secret: str, clock: Clock) -> None:
        self._app = app
        self._secret = signing_secret.encode()
        self._clock = clock

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            body, environ[SOUND] = self._admit(environ)
        except _Refused as refused:
            metrics.REFUSED.labels(refused.reason).inc()
            _log.warning("refused a request status=%d reason=%s", refused.status, refused.reason)
            return _answer(refused.status, start_response)
        _present(environ, body)
        return self._app(environ, start_response)

    def _admit(self, environ: "WSGIEnvironment") -> tuple[bytes, Sound]:
        if environ.get("REQUEST_METHOD") != "POST":
            raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method")
        body = _read(environ)
        self._verify(environ, body)
        try:
            return body, check_shape(environ.get("CONTENT_TYPE", ""), body)
        except Malformed as malformed:
            raise _Refused(HTTPStatus.BAD_REQUEST, malformed.reason) from None

    def _verify(self, environ: "WSGIEnvironment", body: bytes) -> None:
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        if not _TIMESTAMP.fullmatch(timestamp):
            raise _Refused(HTTPStatus.UNAUTHORIZED, "timestamp")
        if abs(self._clock.now().timestamp() - int(timestamp)) > WINDOW:
            raise _Refused(HTTPStatus.UNAUTHORIZED, "age")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not _SIGNATURE.fullmatch(signature):
            raise _Refused(HTTPStatus.UNAUTHORIZED, "signature")
        if not hmac.compare_digest(signature, self._sign(timestamp, body)):
            raise _Refused(HTTPStatus.UNAUTHORIZED, "signature")

    def _sign(self, timestamp: str, body: bytes) -> str:
        basis = b"v0:%s:%s" % (timestamp.encode(), body)
        return f"v0={hmac.new(self._secret, basis, hashlib.sha256).hexdigest()}"


def _present(environ: "WSGIEnvironment", body: bytes) -> None:
    """Lay the request before the application again, without what Slack never sends."""
    for header in [name for name in environ if name.startswith("HTTP_X_SLACK_BOLT_")]:
        del environ[header]  # these steer Bolt from inside, and headers are not signed
    spelt = _spell_for_bolt(body) if is_form(environ["CONTENT_TYPE"]) else body
    environ["wsgi.input"] = BytesIO(spelt)
    environ["CONTENT_LENGTH"] = str(len(spelt))


def _spell_for_bolt(body: bytes) -> bytes:
    """Escape the word "payload" inside a form that has no such field; it means the same.

    Bolt takes any form in which the word occurs for an interaction and finds nothing in it, so
    whoever types it after a slash command would get no answer.
    """
    has_field = re.search(rb"(^|&)payload=", body)
    return body if has_field else body.replace(b"payload", b"%70ayload")


def _read(environ: "WSGIEnvironment") -> bytes:
    """The body, of which never more than the cap is held. Its stated length is not believed."""
    stated = environ.get("CONTENT_LENGTH") or ""
    if stated and not stated.isdecimal():
        raise _Refused(HTTPStatus.BAD_REQUEST, "length")
    if stated and int(stated) > MAX_BODY:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
    if not stated and not environ.get("wsgi.input_terminated"):
        return b""  # without an end in sight, reading on would wait for ever
    try:
        body = bytes(environ["wsgi.input"].read(int(stated) if stated else MAX_BODY + 1))
    except OSError:
        raise _Refused(HTTPStatus.REQUEST_TIMEOUT, "silence") from None
    if len(body) > MAX_BODY:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
    if stated and len(body) != int(stated):
        raise _Refused(HTTPStatus.BAD_REQUEST, "length")
    return body


def _answer(status: HTTPStatus, start_response: "StartResponse") -> Iterable[bytes]:
    text = status.phrase.encode()
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [text]
