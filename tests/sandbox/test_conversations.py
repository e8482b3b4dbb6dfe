"""conversations.*: opening, listing, reading in pages."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.calls import code


def test_the_same_people_share_one_group_dm(
    sandbox: Sandbox, client: WebClient, bima: Person, sari: Person
) -> None:
    first = client.conversations_open(users=[bima.id, sari.id])["channel"]["id"]
    second = client.conversations_open(users=[sari.id, bima.id])["channel"]["id"]
    third = client.conversations_open(users=[bima.id, sandbox.add_person("eka").id])
    assert first == second != third["channel"]["id"]

    client.chat_postMessage(channel=first, text="Meet")
    assert [m.text for m in sari.messages("group")] == ["Meet"]
    assert "Bima Sakti" in sari.messages("group")[0].place


@pytest.mark.parametrize(
    ("account", "error"),
    [
        ({"deleted": True}, "user_disabled"),
        ({"is_bot": True}, "cannot_dm_bot"),
        ({"team_id": "T2", "is_stranger": True}, "user_not_visible"),
    ],
)
def test_some_people_cannot_be_opened(
    sandbox: Sandbox, client: WebClient, account: dict[str, Any], error: str
) -> None:
    who = sandbox.add_person("eka", **account)
    assert code(client, "conversations.open", users=who.id) == error


def test_opening_has_limits(client: WebClient) -> None:
    assert code(client, "conversations.open", users="U99999999") == "user_not_found"
    nine = ",".join(f"U{n}" for n in range(9))
    assert code(client, "conversations.open", users=nine) == "too_many_users"


def test_the_full_object_comes_on_request(client: WebClient, bima: Person) -> None:
    brief = client.conversations_open(users=bima.id)["channel"]
    whole = client.conversations_open(users=bima.id, return_im=True)["channel"]
    assert brief == {"id": whole["id"]}
    assert whole["is_im"]
    assert whole["user"] == bima.id


def test_history_comes_in_pages_newest_first(client: WebClient, bima: Person) -> None:
    for number in range(5):
        room = client.chat_postMessage(channel=bima.id, text=str(number))["channel"]

    texts, cursor = [], None
    while cursor != "":
        page = client.conversations_history(channel=room, limit=2, cursor=cursor)
        texts.append([m["text"] for m in page["messages"]])
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] == bool(cursor)
    assert texts == [["4", "3"], ["2", "1"], ["0"]]


def test_a_made_up_cursor_or_limit_is_refused(client: WebClient, bima: Person) -> None:
    room = client.chat_postMessage(channel=bima.id, text="x")["channel"]
    assert code(client, "conversations.history", channel=room, cursor="Zm9v") == "invalid_cursor"
    assert code(client, "conversations.history", channel=room, cursor="%%") == "invalid_cursor"
    assert code(client, "conversations.history", channel=room, limit=2000) == "invalid_limit"


def test_history_between_two_instants(client: WebClient, clock: MovableClock, bima: Person) -> None:
    stamps = []
    for number in range(4):
        sent = client.chat_postMessage(channel=bima.id, text=str(number))
        stamps.append(sent["ts"])
        clock.advance(timedelta(minutes=1))
    room = sent["channel"]

    def between(**args: Any) -> list[str]:
        found = client.conversations_history(channel=room, **args)["messages"]
        return [m["text"] for m in found]

    assert between(oldest=stamps[0], latest=stamps[2]) == ["1"]
    assert between(oldest=stamps[0], latest=stamps[2], inclusive=True) == ["2", "1", "0"]
    assert code(client, "conversations.history", channel=room, oldest="soon") == "invalid_ts_oldest"


def test_metadata_is_whole_only_on_request(client: WebClient, bima: Person) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "k1"}}
    room = client.chat_postMessage(channel=bima.id, text="x", metadata=metadata)["channel"]

    brief = client.conversations_history(channel=room)["messages"][0]
    whole = client.conversations_history(channel=room, include_all_metadata=True)["messages"][0]
    assert brief["metadata"] == {"event_type": "delivery"}
    assert whole["metadata"] == metadata


def test_replies_are_read_from_the_thread(client: WebClient, bima: Person) -> None:
    parent = client.chat_postMessage(channel=bima.id, text="parent")
    room, ts = parent["channel"], parent["ts"]
    client.chat_postMessage(channel=room, text="reply", thread_ts=ts)

    history = client.conversations_history(channel=room)["messages"]
    assert [(m["text"], m["reply_count"]) for m in history] == [("parent", 1)]
    thread = client.conversations_replies(channel=room, ts=ts)["messages"]
    assert [m["text"] for m in thread] == ["parent", "reply"]
    assert code(client, "conversations.replies", channel=room, ts="1.0") == "thread_not_found"


def test_members_come_in_pages(sandbox: Sandbox, client: WebClient) -> None:
    people = [sandbox.add_person(f"p{n}") for n in range(5)]
    channel = sandbox.add_channel("general", people)
    first = client.conversations_members(channel=channel, limit=3)
    rest = client.conversations_members(
        channel=channel, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert first["members"] + rest["members"] == [p.id for p in people]


def test_lists_show_what_the_app_may_know(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.add_channel("open", app=False)
    sandbox.add_channel("hidden", private=True)
    assert [c["name"] for c in client.conversations_list()["channels"]] == ["open"]
    assert code(client, "conversations.list", types="all") == "invalid_types"


def test_info_counts_members_and_marks_shared_channels(sandbox: Sandbox, client: WebClient) -> None:
    guest = sandbox.add_person("eve", team_id="T2")
    channel = sandbox.add_channel("shared", [guest])
    found = client.conversations_info(channel=channel, include_num_members=True)["channel"]
    assert found["num_members"] == 1
    assert found["is_ext_shared"]
    assert not found["is_member"]


def test_joining_needs_a_scope_and_a_public_channel(clock: MovableClock) -> None:
    with Sandbox(clock, scopes={"channels:join", "chat:write"}) as sandbox:
        client = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
        channel = sandbox.add_channel("general")
        assert client.conversations_join(channel=channel)["channel"]["is_member"]
        client.chat_postMessage(channel=channel, text="here")
        secret = sandbox.add_channel("secret", private=True, app=True)
        assert code(client, "conversations.join", channel=secret) == (
            "method_not_supported_for_channel_type"
        )
