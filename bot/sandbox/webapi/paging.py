"""Cursor pagination as Slack does it. docs.slack.dev/apis/web-api/pagination"""

import base64
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.sandbox.errors import SlackError
from bot.sandbox.webapi.table import Call

Item = TypeVar("Item")
PREFIX = "next:"


def page(call: Call, items: Sequence[Item], *, default: int = 100) -> tuple[list[Item], str]:
    """One page of `items` and the cursor of the next ("" at the end)."""
    limit = call.number("limit", default) or default
    if not 1 <= limit <= 1000:
        raise SlackError("invalid_limit")
    start = _position(call.text("cursor"))
    end = start + limit
    following = _cursor(end) if end < len(items) else ""
    return list(items[start:end]), following


def paged(key: str, items: list[Any], cursor: str) -> dict[str, Any]:
    return {key: items, "response_metadata": {"next_cursor": cursor}}


def _cursor(position: int) -> str:
    return base64.b64encode(f"{PREFIX}{position}".encode()).decode()


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except ValueError:
        raise SlackError("invalid_cursor") from None
    number = text.removeprefix(PREFIX)
    if not text.startswith(PREFIX) or not number.isdigit():
        raise SlackError("invalid_cursor")
    return int(number)
