"""Reading back what the bot posted, page by page. Only a DM with the bot can be read.

Page: docs.slack.dev/reference/methods/conversations.history and .../conversations.replies.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack.answers import Said, objects_in, said
from bot.slack.errors import Ambiguous

METADATA_EVENT: Final = "bimbing_delivery"
_PAGE: Final = 100
_PAGES: Final = 50

Page = Callable[[str | None], tuple[list[Mapping[str, Any]], str | None]]
"""Takes a cursor; gives the messages of that page and the next cursor."""


def metadata(key: str) -> dict[str, Any]:
    """What a message carries so that it can be found again. The whole workspace may read it."""
    return {"event_type": METADATA_EVENT, "event_payload": {"id": key}}


def carrying(key: str, messages: Iterator[Mapping[str, Any]]) -> str | None:
    """The timestamp of the message that carries the key."""
    for message in messages:
        found = message.get("metadata") or {}
        if found.get("event_type") == METADATA_EVENT and found.get("event_payload") == {"id": key}:
            return str(message["ts"])
    return None


def page_of(
    client: WebClient, channel: str, thread_ts: str | None, oldest: str, cursor: str | None
) -> tuple[list[Mapping[str, Any]], str | None]:
    """One page of the conversation, or of the thread, since `oldest`; and the next cursor."""
    answer = _ask(client, channel, thread_ts, oldest, cursor)
    following = (answer.get("response_metadata") or {}).get("next_cursor")
    return objects_in(answer, "messages"), following or None


def all_messages(page: Page) -> Iterator[Mapping[str, Any]]:
    """Every message of every page. Ambiguous when there is no end to them."""
    cursor: str | None = None
    for _ in range(_PAGES):
        messages, cursor = page(cursor)
        yield from messages
        if cursor is None:
            return
    raise Ambiguous("conversations.history", "too_many_pages")


def message_at(client: WebClient, channel: str, ts: str, thread_ts: str | None) -> Said | None:
    """The message with this very timestamp, in the conversation or in the thread named."""
    if thread_ts is None:
        answer = client.conversations_history(
            channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1
        )
    else:
        answer = client.conversations_replies(
            channel=channel, ts=thread_ts, oldest=ts, latest=ts, inclusive=True, limit=2
        )  # two, since the first message of a thread is always among them
    found = (said(one) for one in objects_in(answer, "messages") if one.get("ts") == ts)
    return next(found, None)


def _ask(
    client: WebClient, channel: str, thread_ts: str | None, oldest: str, cursor: str | None
) -> SlackResponse:
    if thread_ts is None:
        return client.conversations_history(
            channel=channel,
            oldest=oldest,
            cursor=cursor,
            limit=_PAGE,
            include_all_metadata=True,
        )
    return client.conversations_replies(
        channel=channel,
        ts=thread_ts,
        oldest=oldest,
        cursor=cursor,
        limit=_PAGE,
        include_all_metadata=True,
    )
