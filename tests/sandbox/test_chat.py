"""chat.*: what Slack takes, what it refuses, and what people then see."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.blocks import button, section
from tests.sandbox.calls import code, refused
from tests.sandbox.conftest import SCOPES


def test_posting_to_a_person_opens_their_dm(client: WebClient, bima: Person, sari: Person) -> None:
    first = client.chat_postMessage(channel=bima.id, text="Halo")
    again = client.chat_postMessage(channel=first["channel"], text="Lagi")

    assert first["channel"] == again["channel"]
    assert [m.text for m in bima.messages("app")] == ["Halo", "Lagi"]
    assert sari.messages() == []


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C99", "channel_not_found"), ("U99", "channel_not_found"), ("", "invalid_arguments")],
)
def test_unknown_places_are_refused(client: WebClient, channel: str, error: str) -> None:
    assert code(client, "chat.postMessage", channel=channel, text="x") == error


def test_a_message_needs_words(client: WebClient, bima: Person) -> None:
    assert code(client, "chat.postMessage", channel=bima.id) == "no_text"
    assert code(client, "chat.postMessage", channel=bima.id, blocks="{") == "invalid_blocks_format"


def test_a_bot_cannot_write_to_bots_or_strangers(sandbox: Sandbox, client: WebClient) -> None:
    robot = sandbox.add_person("robot", is_bot=True)
    stranger = sandbox.add_person("eve", team_id="T2", is_stranger=True)
    assert code(client, "chat.postMessage", channel=robot.id, text="x") == "cannot_dm_bot"
    assert code(client, "chat.postMessage", channel=stranger.id, text="x") == "user_not_visible"


def test_illegal_blocks_are_refused_with_reasons(client: WebClient, bima: Person) -> None:
    blocks = [{**section("x" * 3001), "block_id": "a"}, {**section("y"), "block_id": "a"}]
    answer = refused(client, "chat.postMessage", channel=bima.id, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    reasons = "\n".join(answer["response_metadata"]["messages"])
    assert "3001" in reasons
    assert "blocks[1].block_id" in reasons


def test_two_elements_with_one_action_id_are_refused(client: WebClient, bima: Person) -> None:
    blocks = [{"type": "actions", "elements": [button("A"), button("B", action_id="a")]}]
    answer = code(client, "chat.postMessage", channel=bima.id, text="x", blocks=blocks)
    assert answer == "invalid_blocks"


def test_overlong_text_is_cut(client: WebClient, bima: Person) -> None:
    client.chat_postMessage(channel=bima.id, text="x" * 40_001)
    assert len(bima.messages("app")[0].text) == 40_000


def test_channels_need_membership(sandbox: Sandbox, client: WebClient, bima: Person) -> None:
    outside = sandbox.add_channel("outside", [bima])
    inside = sandbox.add_channel("inside", [bima], app=True)
    secret = sandbox.add_channel("secret", [bima], private=True)

    assert code(client, "chat.postMessage", channel=outside, text="x") == "not_in_channel"
    assert code(client, "chat.postMessage", channel=secret, text="x") == "channel_not_found"
    client.chat_postMessage(channel=inside, text="for all")
    assert bima.messages("#inside")[0].text == "for all"


def test_chat_write_public_opens_public_channels(clock: MovableClock) -> None:
    with Sandbox(clock, scopes={"chat:write", "chat:write.public"}) as sandbox:
        client = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
        channel = sandbox.add_channel("general", [sandbox.add_person("bima")])
        client.chat_postMessage(channel=channel, text="hello")
        assert sandbox.person("bima").messages("#general")[0].text == "hello"


def test_an_archived_channel_takes_nothing(sandbox: Sandbox, client: WebClient) -> None:
    channel = sandbox.add_channel("old", app=True)
    sandbox.team.workspace.conversation(channel).is_archived = True
    assert code(client, "chat.postMessage", channel=channel, text="x") == "is_archived"


def test_one_message_a_second_in_each_channel(clock: MovableClock) -> None:
    with Sandbox(clock, scopes=SCOPES) as sandbox:
        client = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
        bima, sari = sandbox.add_person("bima"), sandbox.add_person("sari")
        client.chat_postMessage(channel=bima.id, text="one")
        client.chat_postMessage(channel=sari.id, text="another channel")

        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=bima.id, text="two")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        assert caught.value.response["error"] == "ratelimited"

        clock.advance(timedelta(seconds=1))
        client.chat_postMessage(channel=bima.id, text="two")
        assert len(bima.messages("app")) == 2


def test_a_burst_is_spent_and_refilled(clock: MovableClock) -> None:
    with Sandbox(clock, scopes=SCOPES, burst=3) as sandbox:
        client = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
        bima = sandbox.add_person("bima")
        for _ in range(3):
            client.chat_postMessage(channel=bima.id, text="x")
        assert code(client, "chat.postMessage", channel=bima.id, text="x") == "ratelimited"
        clock.advance(timedelta(minutes=1))
        for _ in range(3):
            client.chat_postMessage(channel=bima.id, text="x")


def test_timestamps_are_sandbox_time_and_always_grow(
    client: WebClient, clock: MovableClock, bima: Person
) -> None:
    stamps = [client.chat_postMessage(channel=bima.id, text=str(n))["ts"] for n in range(3)]
    clock.advance(timedelta(hours=-1))
    stamps.append(client.chat_postMessage(channel=bima.id, text="back")["ts"])
    assert stamps == sorted(set(stamps))
    assert stamps[0].startswith("1772442000.")


def test_replies_form_a_thread(client: WebClient, bima: Person) -> None:
    parent = client.chat_postMessage(channel=bima.id, text="parent")
    room = parent["channel"]
    client.chat_postMessage(channel=room, text="reply", thread_ts=parent["ts"])

    (seen,) = bima.messages("app")
    assert [reply.text for reply in seen.thread] == ["reply"]
    assert code(client, "chat.postMessage", channel=room, text="x", thread_ts="1.000001") == (
        "thread_not_found"
    )


def test_an_update_shows_as_edited(client: WebClient, bima: Person) -> None:
    sent = client.chat_postMessage(
        channel=bima.id, text="old", blocks=[{"type": "actions", "elements": [button("Yes")]}]
    )
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="new")
    assert bima.messages("app")[0].buttons == ("Yes",)  # blocks stay unless they are replaced

    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="new", blocks=[])
    (seen,) = bima.messages("app")
    assert (seen.text, seen.buttons, seen.edited) == ("new", (), True)


def test_updates_are_for_own_and_present_messages(client: WebClient, bima: Person) -> None:
    theirs = bima.says("mine", expect_error=True)  # no app listens
    args = {"channel": theirs.channel, "text": "x"}
    assert code(client, "chat.update", **args, ts=theirs.ts) == "cant_update_message"
    assert code(client, "chat.update", **args, ts="1.000001") == "message_not_found"
    assert code(client, "chat.delete", channel=theirs.channel, ts=theirs.ts) == (
        "cant_delete_message"
    )


def test_an_update_takes_less_text(client: WebClient, bima: Person) -> None:
    sent = client.chat_postMessage(channel=bima.id, text="old")
    answer = code(client, "chat.update", channel=sent["channel"], ts=sent["ts"], text="x" * 4001)
    assert answer == "msg_too_long"


def test_a_deleted_message_is_gone(client: WebClient, bima: Person) -> None:
    sent = client.chat_postMessage(channel=bima.id, text="oops")
    client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    bima.does_not_see("oops")
    assert code(client, "chat.delete", channel=sent["channel"], ts=sent["ts"]) == (
        "message_not_found"
    )


def test_an_ephemeral_message_is_seen_by_one_and_kept_nowhere(
    sandbox: Sandbox, client: WebClient, bima: Person, sari: Person
) -> None:
    channel = sandbox.add_channel("general", [bima, sari], app=True)
    sent = client.chat_postEphemeral(channel=channel, user=bima.id, text="psst")

    assert bima.messages("#general")[0].ephemeral
    sari.does_not_see("psst")
    args = {"channel": channel, "ts": sent["message_ts"]}
    assert code(client, "chat.update", **args, text="x") == "message_not_found"
    outsider = sandbox.add_person("eka")
    assert code(client, "chat.postEphemeral", channel=channel, user=outsider.id, text="x") == (
        "user_not_in_channel"
    )


def test_bad_metadata_is_dropped_with_a_warning(client: WebClient, bima: Person) -> None:
    sent = client.chat_postMessage(
        channel=bima.id, text="x", metadata={"event_type": "has.dots", "event_payload": {}}
    )
    assert sent["warning"] == "invalid_metadata_schema"
    assert "metadata" not in bima.messages("app")[0].raw


def test_permalinks_lead_to_messages_that_exist(client: WebClient, bima: Person) -> None:
    sent = client.chat_postMessage(channel=bima.id, text="x")
    link = client.chat_getPermalink(channel=sent["channel"], message_ts=sent["ts"])
    assert link["permalink"].endswith(f"/{sent['channel']}/p{sent['ts'].replace('.', '')}")
    assert code(client, "chat.getPermalink", channel=sent["channel"], message_ts="1.0") == (
        "message_not_found"
    )
