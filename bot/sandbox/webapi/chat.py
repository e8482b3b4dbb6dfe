"""chat.*: writing, changing and removing messages."""

import math
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.state.conversations import Conversation, Message
from bot.sandbox.webapi.checks import check_message, check_metadata, reachable
from bot.sandbox.webapi.table import Call, method

Json = dict[str, Any]
UPDATE_LIMIT = 4_000  # docs.slack.dev/reference/methods/chat.update
SPACING = 1.0  # seconds between messages in one channel, once the burst is spent


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    room = _target(call)
    text, blocks = _content(call)
    metadata, warning = check_metadata(call.structure("metadata"))
    thread_ts = _thread(call, room)
    _keep_pace(call, room)
    message = call.posting.app_message(
        call.workspace, text, blocks, metadata=metadata, thread_ts=thread_ts,
        broadcast=call.flag("reply_broadcast"), client_msg_id=call.text("client_msg_id"),
    )  # fmt: skip
    call.posting.post(call.workspace, room, message, call.origin)
    answer: Json = {"channel": room.id, "ts": message.ts, "message": _shown(call, message)}
    if warning:
        answer |= {"warning": warning, "response_metadata": {"warnings": [warning]}}
    return answer


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    room = call.room()
    message = _own_message(call, room, "cant_update_message")
    text, blocks = _content(call)
    if "blocks" not in call.args:  # then Slack keeps those the message had
        blocks = message.blocks
    if len(text) > UPDATE_LIMIT:
        raise SlackError("msg_too_long")
    if "metadata" in call.args:
        message.metadata = check_metadata(call.structure("metadata"))[0]
    call.posting.change(call.workspace, room, message, text, blocks, call.origin)
    return {"channel": room.id, "ts": message.ts, "text": text, "message": _shown(call, message)}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    room = call.room()
    message = _own_message(call, room, "cant_delete_message")
    call.posting.remove(call.workspace, room, message, call.origin)
    return {"channel": room.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    room, viewer = call.room(), call.need("user")
    _require_membership(call, room)
    if viewer not in room.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _content(call)
    message = call.posting.app_message(
        call.workspace, text, blocks, to=viewer, thread_ts=call.text("thread_ts")
    )
    call.posting.whisper(call.workspace, room, message, call.origin)
    return {"message_ts": message.ts}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    room, ts = call.room(), call.need("message_ts")
    if ts not in room.messages:
        raise SlackError("message_not_found")
    digits = ts.replace(".", "")
    link = f"https://{call.workspace.domain}.slack.com/archives/{room.id}/p{digits}"
    return {"channel": room.id, "permalink": link}


def _content(call: Call) -> tuple[str, list[Json]]:
    text = call.text("text")
    blocks = check_message(text, call.structure("blocks", "invalid_blocks_format"))
    return text or "", blocks


def _target(call: Call) -> Conversation:
    """Where to post: a conversation, or a person's id, which opens their DM."""
    target = call.need("channel")
    if target in call.workspace.users:
        return call.workspace.app_dm(reachable(call.workspace, target).id)
    room = call.room()
    if room.is_archived:
        raise SlackError("is_archived")
    _require_membership(call, room)
    return room


def _require_membership(call: Call, room: Conversation) -> None:
    inside = call.workspace.bot.id in room.members
    open_to_all = room.kind == "channel" and "chat:write.public" in call.world.app.scopes
    if not inside and not (open_to_all and call.method == "chat.postMessage"):
        raise SlackError("not_in_channel")


def _thread(call: Call, room: Conversation) -> str | None:
    ts = call.text("thread_ts")
    if ts is None:
        return None
    parent = room.messages.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    room.messages[root].thread_ts = root
    return root


def _keep_pace(call: Call, room: Conversation) -> None:
    """A bucket of `burst` messages that refills by one each second of sandbox time."""
    now = call.world.now().timestamp()
    burst = call.world.app.burst
    earliest = now - (burst - 1) * SPACING
    last = room.last_post
    if last is None or last > now:  # never, or the clock was put back since
        due = earliest
    else:
        due = max(last + SPACING, earliest)
    if due > now:
        raise SlackError("ratelimited", retry_after=max(1, math.ceil(due - now)))
    room.last_post = due


def _own_message(call: Call, room: Conversation, otherwise: str) -> Message:
    message = room.messages.get(call.need("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.bot_id != call.workspace.bot_id:
        raise SlackError(otherwise)
    return message


def _shown(call: Call, message: Message) -> Json:
    return message.payload(call.workspace.team_id, metadata="all")
