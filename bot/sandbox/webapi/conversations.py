"""conversations.*: opening, listing and reading places to talk."""

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.state.conversations import Conversation, Message
from bot.sandbox.webapi.checks import reachable
from bot.sandbox.webapi.paging import page, paged
from bot.sandbox.webapi.table import BY_KIND, Call, method

Json = dict[str, Any]
OPEN_LIMIT = 8  # docs.slack.dev/reference/methods/conversations.open
TYPE_NAMES = {
    "public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim",
}  # fmt: skip


@method("conversations.open")
def open_conversation(call: Call) -> Json:
    if call.text("channel"):
        return _opened(call, call.room())
    users = list(dict.fromkeys(u.strip() for u in call.need("users").split(",")))
    if len(users) > OPEN_LIMIT:
        raise SlackError("too_many_users")
    call.require_scope("im:write" if len(users) == 1 else "mpim:write")
    for user_id in users:
        if reachable(call.workspace, user_id).deleted:
            raise SlackError("user_disabled")
    if len(users) == 1:
        return _opened(call, call.workspace.app_dm(users[0]))
    return _opened(call, call.workspace.open_group([*users, call.workspace.bot.id]))


@method("conversations.info")
def info(call: Call) -> Json:
    room = call.room()
    call.require_kind_scope("read", room)
    shown = describe(call, room)
    if call.flag("include_num_members"):
        shown["num_members"] = len(room.members)
    return {"channel": shown}


@method("conversations.list")
def list_conversations(call: Call) -> Json:
    names = (call.text("types") or "public_channel").split(",")
    kinds = [TYPE_NAMES[n] for n in names if n in TYPE_NAMES]
    if len(kinds) != len(names):
        raise SlackError("invalid_types")
    for kind in kinds:
        call.require_scope(BY_KIND["read"][kind])
    rooms = [c for c in call.workspace.conversations.values() if _listed(call, c, kinds)]
    found, cursor = page(call, rooms)
    return paged("channels", [describe(call, room) for room in found], cursor)


@method("conversations.members")
def members(call: Call) -> Json:
    room = call.room()
    call.require_kind_scope("read", room)
    found, cursor = page(call, room.members)
    return paged("members", found, cursor)


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    room = call.room()
    if room.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if room.is_archived:
        raise SlackError("is_archived")
    call.posting.enter(call.workspace, room, call.workspace.bot.id)
    return {"channel": describe(call, room)}


@method("conversations.history")
def history(call: Call) -> Json:
    room = _readable(call)
    newest_first = sorted(room.history(), key=lambda m: m.ts, reverse=True)
    found, cursor = page(call, [m for m in newest_first if _within(call, m)])
    shown = [_shown(call, room, m) for m in found]
    return {**paged("messages", shown, cursor), "has_more": bool(cursor), "pin_count": 0}


@method("conversations.replies")
def replies(call: Call) -> Json:
    room, ts = _readable(call), call.need("ts")
    parent = room.messages.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    thread = [parent, *(m for m in room.replies(ts) if _within(call, m))]
    found, cursor = page(call, thread)
    shown = [_shown(call, room, m) for m in found]
    return {**paged("messages", shown, cursor), "has_more": bool(cursor)}


def describe(call: Call, room: Conversation) -> Json:
    """The `channel` object."""
    shown: Json = {
        "id": room.id,
        "created": 0,
        "is_archived": room.is_archived,
        "is_channel": room.kind == "channel",
        "is_group": room.kind == "group",
        "is_im": room.kind == "im",
        "is_mpim": room.kind == "mpim",
        "is_private": room.is_private,
        "is_ext_shared": _is_shared(call, room),
        "context_team_id": call.workspace.team_id,
    }
    if room.kind == "im":
        return shown | {"user": room.other_than(call.workspace.bot.id)}
    return shown | {"name": room.name, "is_member": call.workspace.bot.id in room.members}


def _opened(call: Call, room: Conversation) -> Json:
    return {"channel": describe(call, room) if call.flag("return_im") else {"id": room.id}}


def _is_shared(call: Call, room: Conversation) -> bool:
    home = call.workspace.team_id
    return any(call.workspace.users[u].team_id != home for u in room.members)


def _listed(call: Call, room: Conversation, kinds: list[str]) -> bool:
    if room.is_archived and call.flag("exclude_archived"):
        return False
    known = not room.is_private or call.workspace.bot.id in room.members
    return room.kind in kinds and known


def _readable(call: Call) -> Conversation:
    room = call.room()
    call.require_kind_scope("history", room)
    if call.workspace.bot.id not in room.members:
        raise SlackError("not_in_channel")
    return room


def _within(call: Call, message: Message) -> bool:
    """Between `oldest` and `latest`, the ends themselves only if `inclusive`."""
    oldest, latest = _instant(call, "oldest"), _instant(call, "latest")
    ts = float(message.ts)
    if call.flag("inclusive"):
        return (oldest is None or ts >= oldest) and (latest is None or ts <= latest)
    return (oldest is None or ts > oldest) and (latest is None or ts < latest)


def _instant(call: Call, name: str) -> float | None:
    text = call.text(name)
    try:
        return None if text is None else float(text)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _shown(call: Call, room: Conversation, message: Message) -> Json:
    whole = call.flag("include_all_metadata")
    shown = message.payload(call.workspace.team_id, metadata="all" if whole else "type")
    if thread := room.replies(message.ts):
        shown |= {"reply_count": len(thread), "latest_reply": thread[-1].ts}
        shown["reply_users"] = list(dict.fromkeys(m.user for m in thread))
    return shown
