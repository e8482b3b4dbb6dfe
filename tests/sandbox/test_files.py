"""The two-step upload, as the SDK performs it."""

import urllib.error
import urllib.request

import pytest
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from tests.sandbox.calls import code


def test_a_file_is_uploaded_and_shared(sandbox: Sandbox, client: WebClient, bima: Person) -> None:
    room = client.conversations_open(users=bima.id)["channel"]["id"]
    answer = client.files_upload_v2(
        channel=room, filename="mine.json", content="{}", title="My data", initial_comment="Here"
    )
    assert sandbox.uploaded(answer["files"][0]["id"]) == b"{}"
    (seen,) = bima.messages("app")
    assert seen.text == "Here\n(file: My data)"
    assert sandbox.journal[-1].kind == "file"


def test_a_file_that_never_came_cannot_be_shared(client: WebClient) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": ticket["file_id"]}]
    assert code(client, "files.completeUploadExternal", files=files) == "file_not_found"


def test_the_announced_length_counts(client: WebClient) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.txt", length=3)
    request = urllib.request.Request(ticket["upload_url"], data=b"four", method="POST")
    with pytest.raises(urllib.error.HTTPError, match="400") as refusal:
        urllib.request.urlopen(request)
    refusal.value.close()
    assert code(client, "files.getUploadURLExternal", filename="a", length=0) == (
        "invalid_arguments"
    )
