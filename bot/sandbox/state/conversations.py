"""Channels, direct messages and group direct messages, with the messages in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["channel", "group", "im", "mpim"]
Json = dict[str, Any]


@dataclass
class Message:
    """One message. `to` names the only viewer of an ephemeral one; history never holds those."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    bot_id: str | None = None
    app_id: str | None = None
    client_msg_id: str | None = None
    subtype: str | None = None
    files: list[Json] = field(default_factory=list)
    reactions: list[tuple[str, str]] = field(default_factory=list)
    broadcast: bool = False
    to: str | None = None

    @property
    def in_thread(self) -> bool:
        """Whether it is a reply (a thread's parent is not)."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def payload(self, team: str, *, metadata: Literal["none", "type", "all"] = "none") -> Json:
        """The message object of history, events and interactions."""
        found: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        found |= {"team": team} if self.subtype is None else {}
        optional = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "client_msg_id": self.client_msg_id,
            "thread_ts": self.thread_ts,
            "edited": self.edited,
            "blocks": self.blocks,
            "files": self.files,
        }
        found |= {key: value for key, value in optional.items() if value}
        if self.metadata is not None and metadata != "none":
            found["metadata"] = (
                self.metadata if metadata == "all" else {"event_type": self.metadata["event_type"]}
            )
        if self.reactions:
            found["reactions"] = self._reactions()
        return found

    def _reactions(self) -> list[Json]:
        names = dict.fromkeys(name for name, _ in self.reactions)
        by_name = {name: [u for n, u in self.reactions if n == name] for name in names}
        return [{"name": n, "users": users, "count": len(users)} for n, users in by_name.items()]


@dataclass
class Conversation:
    """A place to talk. `members` are user ids, in the order in which they came."""

    id: str
    kind: Kind
    name: str
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    last_post: float | None = None

    @property
    def is_private(self) -> bool:
        return self.kind != "channel"

    def history(self) -> list[Message]:
        """Oldest first, without replies (unless also sent to the channel)."""
        return [m for m in self.messages.values() if not m.in_thread or m.broadcast]

    def replies(self, ts: str) -> list[Message]:
        """A thread's replies, oldest first, without the parent."""
        return [m for m in self.messages.values() if m.in_thread and m.thread_ts == ts]

    def unread_by(self, user: str) -> list[Message]:
        seen = self.last_read.get(user, "")
        return [m for m in self.messages.values() if m.ts > seen and m.user != user]

    def mark_read(self, user: str) -> None:
        if self.messages:
            self.last_read[user] = max(self.messages)

    def other_than(self, user: str) -> str:
        """The partner in a direct message (oneself, when one writes to oneself)."""
        return next((m for m in self.members if m != user), user)


def same_people(conversation: Conversation, users: Iterable[str]) -> bool:
    return set(conversation.members) == set(users)
