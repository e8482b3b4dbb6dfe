"""The record of all that people were shown, from which losses and doubles are counted."""

from slack_sdk import WebClient

from bot.sandbox import Person, Record, Sandbox
from tests.sandbox.blocks import section


def test_each_message_is_recorded_as_it_was(
    sandbox: Sandbox, client: WebClient, bima: Person, sari: Person
) -> None:
    group = client.conversations_open(users=[bima.id, sari.id])["channel"]["id"]
    metadata = {"event_type": "delivery", "event_payload": {"id": "k1"}}
    sent = client.chat_postMessage(
        channel=group, text="one", blocks=[section("*one*")], metadata=metadata
    )
    client.chat_update(channel=group, ts=sent["ts"], text="two", blocks=[])
    client.chat_delete(channel=group, ts=sent["ts"])

    post, update, delete = sandbox.journal
    assert [r.kind for r in (post, update, delete)] == ["post", "update", "delete"]
    assert (post.text, post.metadata, post.method) == ("one", metadata, "chat.postMessage")
    assert post.blocks[0]["text"]["text"] == "*one*"
    assert post.seen_by == (bima.id, sari.id)
    assert post.ts == update.ts == delete.ts
    assert post.at == sandbox.now()
    assert bima.text_of(post) == "one"


def test_views_and_private_messages_name_their_one_viewer(
    diary: Sandbox, client: WebClient, bima: Person
) -> None:
    bima.types("/diary new")
    bima.opens_home()
    bima.types("/diary hello")
    seen = [(record.kind, record.seen_by) for record in diary.journal]
    assert seen == [("view", (bima.id,)), ("home", (bima.id,)), ("ephemeral", (bima.id,))]


def test_what_people_write_is_not_the_apps(diary: Sandbox, bima: Person) -> None:
    bima.says("halo")
    assert [record.text for record in diary.journal] == ["Noted: halo"]


def test_listeners_hear_of_each_record(sandbox: Sandbox, client: WebClient, bima: Person) -> None:
    heard: list[Record] = []
    sandbox.on_message(heard.append)
    client.chat_postMessage(channel=bima.id, text="halo")
    assert heard == sandbox.journal


def test_calls_are_logged_with_their_answers(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    client.chat_postMessage(channel=bima.id, text="halo")
    call = sandbox.calls[-1]
    assert (call.method, call.team, call.status) == ("chat.postMessage", sandbox.team.id, 200)
    assert call.payload["text"] == "halo"
    assert call.answer
    assert call.answer["ok"]
    assert "token" not in call.payload
