"""Calls as the real SDK makes them, against a Slack on loopback."""

import socket
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.message import Message
from bot.slack.answers import Identity, OpenView, Posted, Said
from bot.slack.errors import Ambiguous, Permanent, Retry, Revoked, SlackFault
from bot.slack.gateway import Gateway
from tests.slack.conftest import installed
from tests.slack.payloads import home, modal, section
from tests.slack.stub import Answer, Drop, Hang, Reply, StubSlack, refused

MESSAGE = Message("I am afraid of my manager", (section(),))
POSTED = Reply({"channel": "D1", "ts": "1800000000.000100"})
VIEW = Reply({"view": {"id": "V1", "hash": "156.Ab"}})
SINCE = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def post(gateway: Gateway) -> Posted:
    return gateway.post("w1", "D1", MESSAGE, key="delivery-1")


def failure_of(gateway: Gateway, stub: StubSlack, answer: Answer) -> SlackFault:
    stub.answers("chat.postMessage", answer)
    with pytest.raises(SlackFault) as raised:
        post(gateway)
    assert len(stub.arguments("chat.postMessage")) == 1
    return raised.value


def carrier(key: str, ts: str) -> dict[str, Any]:
    metadata = {"event_type": "bimbing_delivery", "event_payload": {"id": key}}
    return {"ts": ts, "text": "Words", "metadata": metadata}


# --- what is sent


def test_a_post_carries_its_key_and_unfurls_nothing(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("chat.postMessage", POSTED)
    assert post(gateway) == Posted("D1", "1800000000.000100")
    (sent,) = stub.arguments("chat.postMessage")
    assert sent["channel"] == "D1"
    assert sent["text"] == MESSAGE.text
    assert sent["blocks"] == [section()]
    assert sent["metadata"] == {
        "event_type": "bimbing_delivery",
        "event_payload": {"id": "delivery-1"},
    }
    assert sent["unfurl_links"] is False
    assert sent["unfurl_media"] is False
    assert "thread_ts" not in sent


def test_the_client_message_id_follows_the_key(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("chat.postMessage", POSTED, POSTED, POSTED)
    for key in ("one", "one", "two"):
        gateway.post("w1", "D1", MESSAGE, key=key)
    first, again, other = [sent["client_msg_id"] for sent in stub.arguments("chat.postMessage")]
    assert first == again != other


def test_each_workspace_is_called_with_its_own_token(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("chat.postMessage", POSTED, POSTED)
    gateway.post("w1", "D1", MESSAGE, key="a")
    gateway.post("w2", "D1", MESSAGE, key="b")
    assert [c.headers["Authorization"] for c in stub.calls] == ["Bearer xoxb-w1", "Bearer xoxb-w2"]


def test_a_reply_goes_to_its_thread(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("chat.postMessage", POSTED)
    gateway.post("w1", "D1", Message("Hi", thread_ts="1.2"), key="a")
    assert stub.arguments("chat.postMessage")[0]["thread_ts"] == "1.2"


def test_updates_and_ephemerals_name_what_they_are_about(gateway: Gateway, stub: StubSlack) -> None:
    gateway.update("w1", "D1", "1.2", MESSAGE)
    gateway.ephemeral("w1", "C1", "U1", MESSAGE)
    (update,), (ephemeral,) = stub.arguments("chat.update"), stub.arguments("chat.postEphemeral")
    assert (update["channel"], update["ts"], update["text"]) == ("D1", "1.2", MESSAGE.text)
    assert (ephemeral["channel"], ephemeral["user"]) == ("C1", "U1")


def test_views_are_opened_pushed_updated_and_published(gateway: Gateway, stub: StubSlack) -> None:
    for method in ("views.open", "views.push", "views.update"):
        stub.answers(method, VIEW)
    assert gateway.open_view("w1", "t1", modal()) == OpenView("V1", "156.Ab")
    assert gateway.push_view("w1", "t2", modal()) == OpenView("V1", "156.Ab")
    assert gateway.update_view("w1", "V1", modal(), hash="155.Aa") == OpenView("V1", "156.Ab")
    gateway.publish_home("w1", "U1", home())
    assert stub.arguments("views.open")[0]["trigger_id"] == "t1"
    assert stub.arguments("views.update")[0]["hash"] == "155.Aa"
    assert stub.arguments("views.publish")[0]["user_id"] == "U1"
    assert stub.arguments("views.publish")[0]["view"] == home()


def test_conversations_are_opened_by_the_people_in_them(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("conversations.open", *[Reply({"channel": {"id": i}}) for i in ("D1", "G1")])
    assert gateway.open_dm("w1", "U1") == "D1"
    assert gateway.open_group_dm("w1", ["U1", "U2"]) == "G1"
    assert [sent["users"] for sent in stub.arguments("conversations.open")] == ["U1", "U1,U2"]


def test_auth_test_tells_the_scopes_granted(gateway: Gateway, stub: StubSlack) -> None:
    identity = {"team_id": "T1", "user_id": "UB", "bot_id": "B1", "enterprise_id": None}
    stub.answers("auth.test", Reply(identity, headers={"X-OAuth-Scopes": "chat:write, commands"}))
    found = gateway.auth_test("w1")
    assert found == Identity("T1", None, "UB", "B1", frozenset({"chat:write", "commands"}))


def test_a_permalink_is_asked_for(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("chat.getPermalink", Reply({"permalink": "https://x.slack.com/archives/D1/p1"}))
    assert gateway.permalink("w1", "D1", "1.2") == "https://x.slack.com/archives/D1/p1"


def test_a_file_is_uploaded_and_shared(gateway: Gateway, stub: StubSlack) -> None:
    upload = {"upload_url": f"{stub.host}/upload", "file_id": "F1"}
    stub.answers("files.getUploadURLExternal", Reply(upload))
    stub.answers("files.completeUploadExternal", Reply({"files": [{"id": "F1"}]}))
    assert gateway.upload("w1", "D1", "session.ics", b"BEGIN:VCALENDAR", "Session") == "F1"
    assert stub.arguments("/upload") == [{"body": b"BEGIN:VCALENDAR"}]
    assert stub.arguments("files.completeUploadExternal")[0]["channel_id"] == "D1"


def test_an_upload_that_stops_half_way_has_shared_nothing(
    gateway: Gateway, stub: StubSlack
) -> None:
    upload = {"upload_url": f"{stub.host}/upload", "file_id": "F1"}
    stub.answers("files.getUploadURLExternal", Reply(upload))
    stub.answers("/upload", Reply("", status=500))
    with pytest.raises(Retry):
        gateway.upload("w1", "D1", "me.json", b"{}", "Export")
    assert stub.arguments("files.completeUploadExternal") == []


# --- failures


def test_a_dropped_answer_is_one_post_and_ambiguous(gateway: Gateway, stub: StubSlack) -> None:
    assert isinstance(failure_of(gateway, stub, Drop()), Ambiguous)


@pytest.mark.parametrize(
    ("header", "after"),
    [({"Retry-After": "17"}, 17.0), ({}, 30.0), ({"Retry-After": "soon"}, 30.0)],
)
def test_too_many_calls_may_be_made_again_later(
    gateway: Gateway, stub: StubSlack, header: dict[str, str], after: float
) -> None:
    limited = Reply({"ok": False, "error": "ratelimited"}, 429, header)
    failure = failure_of(gateway, stub, limited)
    assert isinstance(failure, Retry)
    assert failure.after == after


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (refused("channel_not_found"), Permanent, "channel_not_found"),
        (refused("is_archived"), Permanent, "is_archived"),
        (refused("user_disabled"), Permanent, "user_disabled"),
        (refused("msg_too_long"), Permanent, "msg_too_long"),
        (refused("not_in_channel"), Permanent, "not_in_channel"),
        (refused("cannot_dm_bot"), Permanent, "cannot_dm_bot"),
        (refused("missing_scope"), Permanent, "missing_scope"),
        (refused("an_error_of_tomorrow"), Permanent, "an_error_of_tomorrow"),
        (refused("invalid_auth"), Revoked, "invalid_auth"),
        (refused("token_revoked"), Revoked, "token_revoked"),
        (refused("token_expired"), Revoked, "token_expired"),
        (refused("fatal_error"), Ambiguous, "fatal_error"),
        (refused("internal_error", 500), Ambiguous, "internal_error"),
        (refused("service_unavailable", 503), Ambiguous, "service_unavailable"),
        (refused("request_timeout"), Ambiguous, "request_timeout"),
        (refused("channel_not_found", 502), Ambiguous, "channel_not_found"),
        (refused("ratelimited"), Retry, "ratelimited"),
        (refused("message_limit_exceeded"), Retry, "message_limit_exceeded"),
        (Reply("<html>bad gateway</html>", 502), Ambiguous, "http_502"),
        (Reply("<html>proxy says no</html>", 403), Ambiguous, "http_403"),
        (Reply("<html>sign in</html>"), Ambiguous, "bad_answer"),
        (Reply(""), Ambiguous, "bad_answer"),
        (Reply("[1]"), Ambiguous, "bad_answer"),
        (Reply("null"), Ambiguous, "bad_answer"),
        (Reply({}), Ambiguous, "bad_answer"),  # "ok", and neither channel nor ts
        (Reply({"channel": 7, "ts": None}), Ambiguous, "bad_answer"),
        (Drop(), Ambiguous, "no_answer"),
    ],
)
def test_each_way_of_failing_is_told_apart(
    gateway: Gateway, stub: StubSlack, answer: Answer, kind: type[SlackFault], reason: str
) -> None:
    failure = failure_of(gateway, stub, answer)
    assert type(failure) is kind
    assert (failure.method, failure.reason) == ("chat.postMessage", reason)


def test_no_answer_in_time_is_ambiguous(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("users.info", Hang())
    with pytest.raises(Ambiguous) as raised:
        gateway.user("w1", "U1")
    assert raised.value.reason == "timeout"
    assert len(stub.calls) == 1


def test_where_nobody_listens_nothing_has_happened() -> None:
    with socket.socket() as held:  # bound and not listening: refuses for as long as it is ours
        held.bind(("127.0.0.1", 0))
        gateway = Gateway(installed, f"http://127.0.0.1:{held.getsockname()[1]}/api/")
        with pytest.raises(Retry) as raised:
            post(gateway)
    assert raised.value.reason == "unreachable"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Reply({"team_id": "T1", "user_id": "UB"}), Permanent),  # the token works: it is theirs
        (refused("account_inactive"), Revoked),
        (refused("fatal_error"), Retry),
    ],
)
def test_an_inactive_account_is_theirs_or_the_bots(
    gateway: Gateway, stub: StubSlack, answer: Answer, kind: type[SlackFault]
) -> None:
    stub.answers("auth.test", answer)
    failure = failure_of(gateway, stub, refused("account_inactive"))
    assert type(failure) is kind
    assert (failure.method, failure.reason) == ("chat.postMessage", "account_inactive")


@pytest.mark.parametrize(
    "answer",
    [
        Drop(),
        refused("channel_not_found"),
        Reply(f"<p>{MESSAGE.text}</p>"),
        Reply({"ok": False, "error": MESSAGE.text}),
        Reply({"message": MESSAGE.text}),
    ],
)
def test_no_failure_repeats_a_text_or_the_token(
    gateway: Gateway, stub: StubSlack, answer: Answer
) -> None:
    failure = failure_of(gateway, stub, answer)
    told = "".join(traceback.format_exception(failure)) + repr(failure)
    assert "afraid" not in told
    assert "xoxb" not in told


def test_a_message_keeps_its_words_out_of_its_repr() -> None:
    assert repr(Message("secret", (section(),), "1.2")) == "Message(thread_ts='1.2')"


def test_an_installation_keeps_its_token_out_of_its_repr() -> None:
    assert repr(installed("w1")) == "Installation(team_id='T1')"


# --- reading back


def test_a_post_is_found_on_a_later_page(gateway: Gateway, stub: StubSlack) -> None:
    first = {"messages": [carrier("other", "3.0")], "response_metadata": {"next_cursor": "c2"}}
    last = {"messages": [{"ts": "2.0"}, carrier("delivery-1", "1.0")]}
    stub.answers("conversations.history", Reply(first), Reply(last))
    assert gateway.find_posted("w1", "D1", "delivery-1", SINCE) == "1.0"
    one, two = stub.arguments("conversations.history")
    assert one["oldest"] == two["oldest"] == "1799052900.000000"  # five minutes before
    assert one["include_all_metadata"] == "1"
    assert "cursor" not in one
    assert two["cursor"] == "c2"


def test_reading_stops_at_the_message(gateway: Gateway, stub: StubSlack) -> None:
    page = {"messages": [carrier("a", "3.0")], "response_metadata": {"next_cursor": "c2"}}
    stub.answers("conversations.history", Reply(page))
    assert gateway.find_posted("w1", "D1", "a", SINCE) == "3.0"
    assert len(stub.calls) == 1


@pytest.mark.parametrize(
    "message",
    [
        {"ts": "1.0", "text": "delivery-1"},
        {"ts": "1.0", "metadata": {"event_type": "bimbing_delivery"}},
        {"ts": "1.0", "metadata": None},
        {"ts": "1.0", "metadata": {"event_type": "x", "event_payload": {"id": "delivery-1"}}},
    ],
)
def test_a_message_without_the_key_is_not_it(
    gateway: Gateway, stub: StubSlack, message: dict[str, Any]
) -> None:
    end = {"messages": [message], "response_metadata": {"next_cursor": ""}}
    stub.answers("conversations.history", Reply(end))
    assert gateway.find_posted("w1", "D1", "delivery-1", SINCE) is None


def test_a_reply_is_looked_for_in_its_thread(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("conversations.replies", Reply({"messages": [carrier("a", "4.0")]}))
    assert gateway.find_posted("w1", "D1", "a", SINCE, thread_ts="1.0") == "4.0"
    assert stub.arguments("conversations.replies")[0]["ts"] == "1.0"


def test_a_history_without_end_is_not_taken_for_an_absence(
    gateway: Gateway, stub: StubSlack
) -> None:
    page = Reply({"messages": [], "response_metadata": {"next_cursor": "again"}})
    stub.answers("conversations.history", *[page] * 51)
    with pytest.raises(Ambiguous):
        gateway.find_posted("w1", "D1", "a", SINCE)


def test_an_unreadable_history_says_so(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("conversations.history", refused("missing_scope"))
    with pytest.raises(Permanent):
        gateway.find_posted("w1", "G1", "a", SINCE)


# --- answering at a response_url


def test_an_answer_goes_to_its_address(gateway: Gateway, stub: StubSlack) -> None:
    gateway.respond(f"{stub.host}/hook", MESSAGE, replace=True)
    (sent,) = stub.arguments("/hook")
    assert sent["text"] == MESSAGE.text
    assert sent["replace_original"] is True
    assert sent["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (Reply("used_url", 404), Permanent, "used_url"),
        (Reply("expired_url", 404), Permanent, "expired_url"),
        (Reply("<html>", 400), Permanent, "http_400"),
        (Reply("", 500), Ambiguous, "http_500"),
        (Reply("", 429, {"Retry-After": "3"}), Retry, "ratelimited"),
        (Drop(), Ambiguous, "no_answer"),
    ],
)
def test_an_address_that_refuses_says_why(
    gateway: Gateway, stub: StubSlack, answer: Answer, kind: type[SlackFault], reason: str
) -> None:
    stub.answers("/hook", answer)
    with pytest.raises(SlackFault) as raised:
        gateway.respond(f"{stub.host}/hook", MESSAGE)
    assert type(raised.value) is kind
    assert raised.value.reason == reason
    assert len(stub.calls) == 1


@pytest.mark.parametrize(
    "address",
    [
        lambda host: "https://example.org/hook",
        lambda host: "http://hooks.slack.com/actions/T1",
        lambda host: "https://hooks.slack.com.example.org/",
        lambda host: "https://hooks.slack.com@example.org/",
        lambda host: "https://hooks.slack.com:8443/",
        lambda host: "https://x@hooks.slack.com/",
        lambda host: host.replace("http://", "https://") + "/hook",
        lambda host: host.rpartition(":")[0] + ":1/hook",
        lambda host: "file:///etc/passwd",
        lambda host: "https://[broken",
        lambda host: "",
    ],
)
def test_a_foreign_address_is_never_written_to(
    gateway: Gateway, stub: StubSlack, address: Callable[[str], str]
) -> None:
    with pytest.raises(Permanent) as raised:
        gateway.respond(address(stub.host), MESSAGE)
    assert raised.value.reason == "foreign_host"


def test_a_gateway_to_slack_itself_takes_no_loopback_address() -> None:
    with pytest.raises(Permanent):
        Gateway(installed).respond("http://127.0.0.1:1/hook", MESSAGE)


# --- reading one message


def test_one_message_is_read_at_its_own_timestamp(gateway: Gateway, stub: StubSlack) -> None:
    found = {"ts": "1.2", "user": "U1", "text": "Words", "blocks": [section()]}
    stub.answers("conversations.history", Reply({"messages": [found]}))
    assert gateway.read_message("w1", "D1", "1.2") == Said("U1", "Words", (section(),))
    (sent,) = stub.arguments("conversations.history")
    assert (sent["oldest"], sent["latest"]) == ("1.2", "1.2")


def test_a_reply_is_read_in_its_thread(gateway: Gateway, stub: StubSlack) -> None:
    parent, reply = {"ts": "1.0", "text": "Parent"}, {"ts": "1.2", "user": "U1", "text": "Reply"}
    stub.answers("conversations.replies", Reply({"messages": [parent, reply]}))
    assert gateway.read_message("w1", "D1", "1.2", thread_ts="1.0") == Said("U1", "Reply")


def test_a_message_that_is_gone_is_none(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("conversations.replies", Reply({"messages": [{"ts": "1.0", "text": "Parent"}]}))
    assert gateway.read_message("w1", "D1", "1.2", thread_ts="1.0") is None
