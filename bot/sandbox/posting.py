"""Messages coming, changing and going: state, journal and events kept in step.

Every way to write a message (methods, response urls, files, people) goes through here.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.journal import Record, RecordKind, frozen
from bot.sandbox.state.conversations import Conversation, Message
from bot.sandbox.state.inputs import with_ids
from bot.sandbox.state.views import View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import APP_ID, World

Json = dict[str, Any]
TEXT_LIMIT = 40_000  # longer text is cut: docs.slack.dev/reference/methods/chat.postmessage


@dataclass(frozen=True)
class Origin:
    """What the app sent and by which method; for the journal."""

    method: str
    payload: Json = field(default_factory=dict)


class Posting:
    """Writes messages. The caller holds the world's lock."""

    def __init__(self, world: World) -> None:
        self._world = world

    def app_message(
        self, workspace: Workspace, text: str, blocks: list[Json], **more: Any
    ) -> Message:
        """A message written by the app, not yet anywhere."""
        return Message(
            ts=self._world.ts(),
            user=workspace.bot.id,
            text=text[:TEXT_LIMIT],
            blocks=with_ids(blocks, self._world.minted_ids()),
            bot_id=workspace.bot_id,
            app_id=APP_ID,
            **more,
        )

    def post(
        self, workspace: Workspace, room: Conversation, message: Message, origin: Origin | None
    ) -> None:
        """Put a message into a conversation. `origin` is None for what a person wrote."""
        room.messages[message.ts] = message
        if origin is None:
            room.mark_read(message.user)
        else:
            kind: RecordKind = "file" if message.files else "post"
            self._record(workspace, kind, room, message, origin)
        self._world.emit(workspace, self._event(workspace, room, message))

    def whisper(
        self, workspace: Workspace, room: Conversation, message: Message, origin: Origin
    ) -> None:
        """Show a message to one person only; it never enters history."""
        room.ephemerals.append(message)
        self._record(workspace, "ephemeral", room, message, origin)

    def change(
        self,
        workspace: Workspace,
        room: Conversation,
        message: Message,
        text: str,
        blocks: list[Json],
        origin: Origin | None,
    ) -> None:
        """Edit in place."""
        before = self._payload(workspace, message)
        message.text = text[:TEXT_LIMIT]
        message.blocks = with_ids(blocks, self._world.minted_ids())
        if message.to is None:
            message.edited = {"user": message.user, "ts": self._world.ts()}
        if origin is not None:
            self._record(workspace, "update", room, message, origin)
        if message.to is None:
            self._hidden(
                workspace,
                room,
                "message_changed",
                message=self._payload(workspace, message),
                previous_message=before,
            )

    def remove(
        self, workspace: Workspace, room: Conversation, message: Message, origin: Origin | None
    ) -> None:
        """Delete a message; an ephemeral one just disappears."""
        if origin is not None:
            self._record(workspace, "delete", room, message, origin)
        if message.to is not None:
            room.ephemerals.remove(message)
            return
        del room.messages[message.ts]
        before = self._payload(workspace, message)
        self._hidden(
            workspace, room, "message_deleted", deleted_ts=message.ts, previous_message=before
        )

    def enter(
        self, workspace: Workspace, room: Conversation, user: str, inviter: str | None = None
    ) -> None:
        """Let someone into a channel; nothing happens when they are in it."""
        if user in room.members:
            return
        room.members.append(user)
        event = {"type": "member_joined_channel", "user": user, "channel": room.id}
        event |= {"channel_type": "G" if room.kind == "group" else "C"}
        event |= {"team": workspace.team_id, "event_ts": self._world.ts()}
        self._world.emit(workspace, event | ({"inviter": inviter} if inviter else {}))

    def showed_view(self, workspace: Workspace, user: str, view: View, origin: Origin) -> None:
        """Note that a modal or Home view reached a person."""
        kind: RecordKind = "home" if view.kind == "home" else "view"
        title = (view.source.get("title") or {}).get("text", "")
        self._world.journal.write(
            Record(
                self._world.now(), kind, workspace.team_id, "", (user,), view.id, title,
                frozen(view.blocks), None, origin.method, origin.payload,
            )
        )  # fmt: skip

    def _event(self, workspace: Workspace, room: Conversation, message: Message) -> Json:
        event = self._payload(workspace, message)
        event |= {"channel": room.id, "event_ts": message.ts, "channel_type": room.kind}
        home = workspace.users[message.user].team_id
        if home != workspace.team_id:  # someone from outside, by Slack Connect
            event |= {"user_team": home, "source_team": home}
        return event

    def _hidden(self, workspace: Workspace, room: Conversation, subtype: str, **parts: Any) -> None:
        ts = self._world.ts()
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": room.id}
        event |= {"ts": ts, "event_ts": ts, "channel_type": room.kind, **parts}
        self._world.emit(workspace, event)

    def _payload(self, workspace: Workspace, message: Message) -> Json:
        found = message.payload(workspace.team_id, metadata="type")
        if message.bot_id:
            found["bot_profile"] = {"id": message.bot_id, "app_id": APP_ID, "deleted": False}
            found["bot_profile"] |= {"name": self._world.app.name, "team_id": workspace.team_id}
        return found

    def _record(
        self,
        workspace: Workspace,
        kind: RecordKind,
        room: Conversation,
        message: Message,
        origin: Origin,
    ) -> None:
        readers = [message.to] if message.to else room.members
        seen_by = tuple(u for u in readers if not workspace.users[u].is_bot)
        self._world.journal.write(
            Record(
                self._world.now(), kind, workspace.team_id, room.id, seen_by, message.ts,
                message.text, frozen(message.blocks), message.metadata, origin.method,
                origin.payload,
            )
        )  # fmt: skip
