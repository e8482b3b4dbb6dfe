"""files.*: the two-step upload (get a url, send bytes there, share).

docs.slack.dev/messaging/working-with-files
"""

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.webapi.table import Call, method

Json = dict[str, Any]


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    size = call.number("length", 0)
    if size < 1:
        raise SlackError.because("invalid_arguments", ["length: must be more than 0"])
    file_id = call.workspace.next_id("F")
    key = f"{call.workspace.team_id}.{file_id}"
    call.world.files[key] = {
        "id": file_id,
        "name": call.need("filename"),
        "size": size,
        "user": call.workspace.bot.id,
        "content": None,
    }
    return {"upload_url": f"{call.world.base}/upload/{key}", "file_id": file_id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    files = [_uploaded(call, asked) for asked in call.structure("files") or []]
    if not files:
        raise SlackError.because("invalid_arguments", ["files: must not be empty"])
    if call.text("channel_id"):
        _share(call, files)
    return {"files": [_described(file) for file in files]}


def _uploaded(call: Call, asked: Json) -> Json:
    stored = call.world.files.get(f"{call.workspace.team_id}.{asked.get('id')}")
    if stored is None or stored["content"] is None:
        raise SlackError("file_not_found")
    stored["title"] = asked.get("title") or stored["name"]
    return stored


def _share(call: Call, files: list[Json]) -> None:
    room = call.room("channel_id")
    if call.workspace.bot.id not in room.members:
        raise SlackError("not_in_channel")
    message = call.posting.app_message(
        call.workspace,
        call.text("initial_comment") or "",
        [],
        subtype="file_share",
        files=[_described(file) for file in files],
        thread_ts=call.text("thread_ts"),
    )
    call.posting.post(call.workspace, room, message, call.origin)


def _described(file: Json) -> Json:
    return {key: value for key, value in file.items() if key != "content"}
