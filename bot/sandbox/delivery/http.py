"""Signed HTTP requests to the app's request URL.

docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import json
import urllib.parse
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.clock import Clock
from bot.sandbox.delivery.parcel import Answer, Retry, Road

Json = dict[str, Any]


def body_of(kind: Road, payload: Json) -> tuple[bytes, str]:
    """(body, content type) in which Slack sends a payload of this kind."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = {"payload": json.dumps(payload)} if kind == "interactive" else payload
    return urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"


def signed(secret: str, clock: Clock, body: bytes) -> dict[str, str]:
    """The two headers that prove a request comes from Slack."""
    stamp = str(int(clock.now().timestamp()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }


class HttpRoad:
    """Sends to one request URL. Lives on the server's loop; `timeout` is in real seconds."""

    def __init__(self, url: str, secret: str, clock: Clock, timeout: float) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def send(self, kind: Road, payload: Json, retry: Retry | None) -> Answer:
        body, content_type = body_of(kind, payload)
        headers = {"Content-Type": content_type, **signed(self._secret, self._clock, body)}
        if retry is not None:
            headers |= {"x-slack-retry-num": str(retry.number)}
            headers |= {"x-slack-retry-reason": retry.reason}
        return await self.send_bytes(body, headers)

    async def send_bytes(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send as it is. Never raises for what the app does."""
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=self._timeout, connector=aiohttp.TCPConnector(force_close=True)
                ) as session,
                session.post(self._url, data=body, headers=headers) as response,
            ):
                return await _read(response)
        except TimeoutError:
            return Answer(0, failure="http_timeout")
        except aiohttp.ClientError:
            return Answer(0, failure="connection_failed")


async def _read(response: aiohttp.ClientResponse) -> Answer:
    text = (await response.read()).decode("utf-8", "replace")
    body: Any = text or None
    if text and response.content_type == "application/json":
        try:
            body = json.loads(text)
        except ValueError:
            return Answer(response.status, text, failure="http_error")
    if 200 <= response.status < 300:
        return Answer(response.status, body)
    no_retry = response.headers.get("x-slack-no-retry") == "1"
    return Answer(response.status, body, failure="http_error", no_retry=no_retry)
