"""What went wrong with a call to Slack, told apart by what the caller should do next.

Failures carry the method and Slack's error code or our own, never a text: Slack's answer and the
arguments stay behind, which is why they are raised `from None`. Nothing is retried here.
"""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EHOSTUNREACH, ENETDOWN, ENETUNREACH
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot import metrics

WAIT_SECONDS: Final = 30.0  # before asking again, when Slack names no time


class SlackFault(Exception):
    """A call that brought no answer we can use."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(f"{method}: {reason}")
        self.method = method
        self.reason = reason


class Retry(SlackFault):
    """Nothing has happened; the same call may succeed after `after` seconds."""

    def __init__(self, method: str, reason: str, after: float = WAIT_SECONDS) -> None:
        super().__init__(method, reason)
        self.after = after


class Permanent(SlackFault):
    """Slack refuses this very call and always will: the channel is archived, the view stale…"""


class Revoked(SlackFault):
    """The token is no longer good: every call for this workspace will fail."""


class Ambiguous(SlackFault):
    """No usable answer. A write may have happened or not; a read has simply told nothing."""


KINDS: Final[dict[str, type[SlackFault]]] = {
    # docs.slack.dev/reference/methods/chat.postmessage: for these two "some aspect of the
    # operation" may have succeeded; the others end the same way, without a verdict
    "fatal_error": Ambiguous,
    "internal_error": Ambiguous,
    "service_unavailable": Ambiguous,
    "request_timeout": Ambiguous,
    # the token or the installation
    "invalid_auth": Revoked,
    "not_authed": Revoked,
    "token_revoked": Revoked,
    "token_expired": Revoked,
    "account_inactive": Revoked,  # or the person's account: the gateway asks which
    "team_access_not_granted": Revoked,
    "two_factor_setup_required": Revoked,
    # refused for now
    "ratelimited": Retry,
    "rate_limited": Retry,
    "message_limit_exceeded": Retry,
    "external_channel_migrating": Retry,
    "team_added_to_org": Retry,
    "org_login_required": Retry,
    "ekm_access_denied": Retry,
}
"""Slack's error code → what it means for the caller. Any other code is Permanent."""

# Labels of a metric: the codes above, our own reasons, and what Slack says most when it refuses.
_COUNTED: Final = frozenset(KINDS) | {
    "timeout", "no_answer", "bad_answer", "unreachable", "upload_refused",
    "http_500", "http_502", "http_503", "http_504",
    "channel_not_found", "not_in_channel", "is_archived", "restricted_action", "cannot_dm_bot",
    "user_not_found", "users_not_found", "user_disabled", "missing_scope", "invalid_blocks",
    "msg_too_long", "message_not_found", "expired_trigger_id", "trigger_exchanged", "not_found",
    "hash_conflict", "used_url", "expired_url",
}  # fmt: skip

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,63}")
_UNREACHABLE: Final = (ENETDOWN, ENETUNREACH, EHOSTUNREACH)


@contextmanager
def told_apart(method: str) -> Iterator[None]:
    """Turn whatever the SDK raises inside into one of the four failures, and count it."""
    try:
        with _told_apart(method):
            yield
    except SlackFault as fault:
        reason = metrics.one_of(_COUNTED, fault.reason)
        metrics.SLACK_ERRORS.labels(fault.method, reason).inc()
        if isinstance(fault, Retry) and reason == "ratelimited":
            metrics.SLACK_WAIT.inc(fault.after)
        raise


@contextmanager
def _told_apart(method: str) -> Iterator[None]:
    try:
        yield
    except SlackApiError as failure:
        raise refusal(method, failure.response) from None
    except HTTPError as failure:  # only the upload's middle step lets it through
        failure.close()
        raise Retry(method, "upload_refused") from None  # the file is shared by the last step
    except (OSError, HTTPException) as failure:
        raise silence(method, failure) from None
    except (SlackClientError, ValueError, AttributeError):  # not JSON, or not an object
        raise Ambiguous(method, "bad_answer") from None


def refusal(method: str, response: Any) -> SlackFault:
    """The failure an answer of Slack's describes, by HTTP status first and then by code."""
    status, code = response.status_code, _code(response.data)
    if status == 429:
        return Retry(method, "ratelimited", seconds_to_wait(response.headers))
    if status >= 500 or code is None:
        return Ambiguous(method, code or (f"http_{status}" if status != 200 else "bad_answer"))
    return KINDS.get(code, Permanent)(method, code)


def refusal_of_hook(method: str, status: int, body: str, headers: Any) -> SlackFault:
    """The failure a response_url's answer describes: its body is a bare code, like used_url."""
    if status == 429:
        return Retry(method, "ratelimited", seconds_to_wait(headers))
    code = body.strip() if _CODE.fullmatch(body.strip()) else f"http_{status}"
    return (Ambiguous if status >= 500 else Permanent)(method, code)


def silence(method: str, failure: BaseException) -> SlackFault:
    """The failure behind a broken connection: safe to repeat only if nothing was ever sent."""
    cause = failure.reason if isinstance(failure, URLError) else failure
    if _never_connected(cause):
        return Retry(method, "unreachable")
    return Ambiguous(method, "timeout" if isinstance(cause, TimeoutError) else "no_answer")


def seconds_to_wait(headers: Any) -> float:
    """Seconds from a Retry-After header (docs.slack.dev/apis/web-api/rate-limits)."""
    named = {str(key).lower(): str(value) for key, value in dict(headers).items()}
    value = named.get("retry-after", "")
    return max(1.0, float(value)) if value.isascii() and value.isdigit() else WAIT_SECONDS


def _code(data: Any) -> str | None:
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else None


def _never_connected(cause: Any) -> bool:
    if isinstance(cause, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return True
    return isinstance(cause, OSError) and cause.errno in _UNREACHABLE
