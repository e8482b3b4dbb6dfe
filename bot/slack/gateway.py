"""Every call to Slack's Web API that the bot makes. Nothing else calls Slack.

One method is one request: no retry handler is installed, since the SDK's default one sends a
message again when the connection drops after Slack has taken it. Failures are those of
`bot.slack.errors`. Nothing is drawn or decided here.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.domain.message import Message, View
from bot.slack import history
from bot.slack.answers import (
    Identity,
    OpenView,
    Posted,
    Said,
    identity,
    object_in,
    opened,
    string_in,
)
from bot.slack.errors import (
    Ambiguous,
    Permanent,
    Retry,
    Revoked,
    SlackFault,
    refusal_of_hook,
    told_apart,
)

__all__ = [
    "Ambiguous",
    "Gateway",
    "Identity",
    "Installation",
    "OpenView",
    "Permanent",
    "Posted",
    "Retry",
    "Revoked",
    "Said",
    "SlackFault",
]

SLACK_API: Final = "https://slack.com/api/"

POST_SECONDS: Final = 10
CALL_SECONDS: Final = 5
VIEW_SECONDS: Final = 3  # a trigger lives no longer
# Shown before the ack, which Slack awaits for 3 s: what is stored must not look like a failure.
SCREEN_SECONDS: Final = 2
PROFILE_SECONDS: Final = 1  # somebody waits for the answer to a click

_LOOK_BACK: Final = timedelta(seconds=300)  # our clock and Slack's may differ
_OURS: Final = uuid.uuid5(uuid.NAMESPACE_OID, "bimbing_delivery")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Installation:
    """The bot in one Slack team, and the token it speaks with there."""

    team_id: str
    token: str = field(repr=False)


class Gateway:
    """Slack, for any of our workspaces: `installed` gives the installation by a workspace's id."""

    def __init__(self, installed: Callable[[str], Installation], base_url: str = SLACK_API) -> None:
        self._installed = installed
        self._base_url = base_url

    def team_of(self, workspace_id: str) -> str:
        """The Slack team the workspace is."""
        return self._installed(workspace_id).team_id

    # --- messages

    def post(self, workspace_id: str, channel: str, message: Message, *, key: str) -> Posted:
        """Post once. `key` (opaque, readable by the whole workspace) finds the message again.

        `channel` may be a user's id: Slack opens the DM and answers with its conversation id.
        client_msg_id is a second belt; that Slack drops a repeat by it is documented nowhere.
        """
        with self._call(workspace_id, "chat.postMessage", POST_SECONDS) as client:
            answer = client.chat_postMessage(
                channel=channel,
                thread_ts=message.thread_ts,
                metadata=history.metadata(key),
                client_msg_id=str(uuid.uuid5(_OURS, key)),
                unfurl_links=False,
                unfurl_media=False,
                **_content(message),
            )
            return Posted(string_in(answer, "channel"), string_in(answer, "ts"))

    def update(self, workspace_id: str, channel: str, ts: str, message: Message) -> None:
        """Replace the content of a message of ours."""
        with self._call(workspace_id, "chat.update", SCREEN_SECONDS) as client:
            client.chat_update(channel=channel, ts=ts, **_content(message))

    def ephemeral(self, workspace_id: str, channel: str, user: str, message: Message) -> None:
        """Show a message to one person in a channel; it may get lost, so nothing rests on it."""
        with self._call(workspace_id, "chat.postEphemeral", SCREEN_SECONDS) as client:
            client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=message.thread_ts, **_content(message)
            )

    def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answer an interaction at its own address, to the one person; 5 times in 30 minutes.

        Permanent when the address is not Slack's: it came in a payload.
        """
        if not self._may_answer_at(response_url):
            raise Permanent("response_url", "foreign_host")
        hook = WebhookClient(response_url, timeout=SCREEN_SECONDS, retry_handlers=[])
        with told_apart("response_url"):
            answer = hook.send(
                response_type="ephemeral", replace_original=replace, **_content(message)
            )
        if answer.status_code != 200:
            raise refusal_of_hook("response_url", answer.status_code, answer.body, answer.headers)

    def find_posted(
        self,
        workspace_id: str,
        channel: str,
        key: str,
        since: datetime,
        *,
        thread_ts: str | None = None,
    ) -> str | None:
        """The timestamp of the message posted with `key`, or None when it isn't there.

        Looks through everything from five minutes before `since` (aware), in the conversation or
        in the thread named. Only a DM with the bot can be read: anything else is Permanent.
        """
        oldest = f"{(since - _LOOK_BACK).timestamp():.6f}"
        method = "conversations.replies" if thread_ts else "conversations.history"

        def page(cursor: str | None) -> tuple[list[Mapping[str, Any]], str | None]:
            with self._call(workspace_id, method) as client:
                return history.page_of(client, channel, thread_ts, oldest, cursor)

        return history.carrying(key, history.all_messages(page))

    def read_message(
        self, workspace_id: str, channel: str, ts: str, *, thread_ts: str | None = None
    ) -> Said | None:
        """One message of a DM with the bot as it stands now, or None when it isn't there."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        with self._call(workspace_id, method) as client:
            return history.message_at(client, channel, ts, thread_ts)

    def permalink(self, workspace_id: str, channel: str, ts: str) -> str:
        """The address of a message, for people who may see it."""
        with self._call(workspace_id, "chat.getPermalink") as client:
            answer = client.chat_getPermalink(channel=channel, message_ts=ts)
            return string_in(answer, "permalink")

    def upload(
        self, workspace_id: str, channel: str, filename: str, content: bytes, title: str
    ) -> str:
        """Share a file in a conversation (its id, not a user's); gives the file's id."""
        with self._call(workspace_id, "files.completeUploadExternal", POST_SECONDS) as client:
            answer = client.files_upload_v2(
                channel=channel, filename=filename, content=content, title=title
            )
            return string_in(object_in(answer, "file"), "id")

    # --- conversations and people

    def open_dm(self, workspace_id: str, user: str) -> str:
        """The conversation id of the bot's DM with the person; the same every time."""
        return self._open(workspace_id, [user])

    def open_group_dm(self, workspace_id: str, users: Sequence[str]) -> str:
        """The group DM of the bot and two to eight people; one set of people has one."""
        return self._open(workspace_id, users)

    def user(self, workspace_id: str, slack_user_id: str) -> Mapping[str, Any]:
        """Slack's description of a person, as it comes."""
        with self._call(workspace_id, "users.info", PROFILE_SECONDS) as client:
            answer = client.users_info(user=slack_user_id, include_locale=True)
            return object_in(answer, "user")

    def auth_test(self, workspace_id: str) -> Identity:
        """Whose token this is, and the scopes it was granted."""
        with self._call(workspace_id, "auth.test") as client:
            answer = client.auth_test()
            return identity(answer)

    # --- views

    def publish_home(self, workspace_id: str, user: str, view: View) -> None:
        """Replace the person's Home tab."""
        with self._call(workspace_id, "views.publish", SCREEN_SECONDS) as client:
            client.views_publish(user_id=user, view=dict(view))

    def open_view(self, workspace_id: str, trigger_id: str, view: View) -> OpenView:
        """Open a modal; the trigger serves once, within three seconds."""
        with self._call(workspace_id, "views.open", VIEW_SECONDS) as client:
            return opened(client.views_open(trigger_id=trigger_id, view=dict(view)))

    def push_view(self, workspace_id: str, trigger_id: str, view: View) -> OpenView:
        """Put a modal on top of the open one; three at most."""
        with self._call(workspace_id, "views.push", VIEW_SECONDS) as client:
            return opened(client.views_push(trigger_id=trigger_id, view=dict(view)))

    def update_view(
        self, workspace_id: str, view_id: str, view: View, *, hash: str | None = None
    ) -> OpenView:
        """Replace a modal; with `hash`, only if it still is in that state (hash_conflict)."""
        with self._call(workspace_id, "views.update", VIEW_SECONDS) as client:
            return opened(client.views_update(view_id=view_id, hash=hash, view=dict(view)))

    # --- inside

    @contextmanager
    def _call(
        self, workspace_id: str, method: str, seconds: int = CALL_SECONDS
    ) -> Iterator[WebClient]:
        client = WebClient(
            token=self._installed(workspace_id).token,
            base_url=self._base_url,
            timeout=seconds,
            retry_handlers=[],
        )
        try:
            with told_apart(method):
                yield client
        except Revoked as refused:
            if refused.reason != "account_inactive" or method == "auth.test":
                raise
            raise self._whose_account(workspace_id, method) from None

    def _whose_account(self, workspace_id: str, method: str) -> SlackFault:
        """The bot's account may be gone, or the one of the person written to: ask."""
        try:
            self.auth_test(workspace_id)
        except Revoked:
            return Revoked(method, "account_inactive")
        except SlackFault:
            return Retry(method, "account_inactive")
        return Permanent(method, "account_inactive")

    def _open(self, workspace_id: str, users: Sequence[str]) -> str:
        with self._call(workspace_id, "conversations.open") as client:
            answer = client.conversations_open(users=list(users))
            return string_in(object_in(answer, "channel"), "id")

    def _may_answer_at(self, url: str) -> bool:
        try:
            parts, base = urlsplit(url), urlsplit(self._base_url)
        except ValueError:
            return False
        if base.hostname in _LOOPBACK and (parts.scheme, parts.netloc) == (
            base.scheme,
            base.netloc,
        ):
            return True
        return (parts.scheme, parts.netloc) == ("https", "hooks.slack.com")


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}
