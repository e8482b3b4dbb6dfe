"""A person types, clicks, fills in forms and looks; a real Bolt app answers over HTTP."""

import pytest
from slack_sdk import WebClient

from bot.sandbox import AppFailed, ClientRefused, Person, Sandbox, SeenMessage
from tests.sandbox.blocks import button, section

pytestmark = pytest.mark.usefixtures("diary")


def test_a_command_is_answered_in_private(bima: Person, sari: Person) -> None:
    bima.types("/diary hello & <you>")

    seen = bima.sees("You wrote: hello & <you>")
    assert seen.ephemeral  # type: ignore[union-attr]
    sari.does_not_see("You wrote")


def test_names_in_commands_reach_the_app_as_tokens(diary: Sandbox, bima: Person) -> None:
    diary.add_channel("general", [bima])
    diary.add_channel("secret", [bima], private=True)

    bima.types("/diary @sari #general #secret @nobody https://example.org/a")

    sent = diary.deliveries[-1].payload["text"]
    sari = diary.person("sari").id
    assert sent.startswith(f"<@{sari}|sari> <#C00000001|general> <#C00000002|> @nobody ")
    assert sent.endswith("<https://example.org/a>")


def test_an_unknown_command_never_reaches_the_app(diary: Sandbox, bima: Person) -> None:
    with pytest.raises(ClientRefused, match="/dairy is not a command"):
        bima.types("/dairy new")
    assert diary.deliveries == []


def test_a_form_is_filled_in_by_its_labels(bima: Person) -> None:
    bima.types("/diary new")
    assert bima.modal
    assert bima.modal.title == "New page"

    bima.submits({"Title": "Monday", "Mood": "Good"})

    assert bima.modal is None
    bima.sees("Saved Monday (good)")


def test_options_go_by_text_or_value_and_fields_by_id(bima: Person) -> None:
    bima.types("/diary new")
    bima.submits({"title": "Monday", "mood": "bad"})
    bima.sees("Saved Monday (bad)")


def test_an_empty_required_field_never_reaches_the_app(diary: Sandbox, bima: Person) -> None:
    bima.types("/diary new")
    before = len(diary.deliveries)

    with pytest.raises(ClientRefused, match="Title: Please complete this required field"):
        bima.submits({"Mood": "Good"})

    assert len(diary.deliveries) == before
    assert bima.modal
    assert list(bima.modal.errors) == ["Title"]
    assert bima.modal.values["Mood"] == "Good"


def test_an_unknown_label_or_option_prints_the_screen(bima: Person) -> None:
    bima.types("/diary new")
    with pytest.raises(AssertionError, match=r"(?s)named 'Tilte'.*New page"):
        bima.submits({"Tilte": "x"})
    with pytest.raises(AssertionError, match="no option 'Fine'; there are: 'Good', 'Bad'"):
        bima.submits({"Mood": "Fine"})


def test_errors_of_the_app_stand_under_their_fields(bima: Person) -> None:
    bima.types("/diary new")
    bima.submits({"Title": "bad", "Mood": "Good"})
    assert bima.modal
    assert bima.modal.errors == {"Title": "Choose another title"}

    bima.submits({"Title": "better"})  # the mood is kept
    bima.sees("Saved better (good)")


def test_a_pushed_view_lies_on_top_and_clear_closes_all(bima: Person) -> None:
    bima.types("/diary new")
    bima.submits({"Title": "more", "Mood": "Good"})
    assert bima.modal
    assert bima.modal.title == "Second"
    bima.submits({"Why": "because"})
    assert bima.modal is None


def test_closing_goes_back_one_view(bima: Person) -> None:
    bima.types("/diary new")
    bima.submits({"Title": "more", "Mood": "Good"})
    bima.closes()
    assert bima.modal
    assert bima.modal.title == "New page"
    assert bima.modal.values["Title"] == "more"
    bima.closes()
    assert bima.modal is None


def test_buttons_are_found_by_label(bima: Person, sari: Person) -> None:
    bima.types("/diary buttons")
    assert bima.messages("app")[-1].buttons == ("Keep", "Burn")
    bima.sees("Choose for @Bima Sakti")

    bima.clicks("Burn")
    bima.sees("Only you know it burnt")
    bima.clicks("Keep")
    bima.sees("Kept")
    bima.does_not_see("Choose")
    with pytest.raises(AssertionError, match=r"(?s)no button 'Keep'.*Kept"):
        bima.clicks("Keep")


def test_an_overflow_is_picked_from(bima: Person) -> None:
    bima.types("/diary buttons")
    bima.picks("more", "Share")
    assert bima.messages("app")[-1].text == "You took share"
    assert not bima.messages("app")[-1].ephemeral


def test_home_is_published_when_opened(bima: Person) -> None:
    assert bima.home is None
    bima.opens_home()
    assert bima.home
    assert bima.home.text == "Welcome @Bima Sakti"
    bima.clicks("Write", in_="home")
    assert bima.modal


def test_talking_to_the_app(diary: Sandbox, bima: Person) -> None:
    message = bima.says("halo <b> & @sari")
    assert message.text == "halo <b> & @Sari Dewi"
    bima.sees("Noted: halo <b> & @Sari Dewi")

    bima.says("again", thread=message)
    assert [reply.text for reply in bima.messages("app")[0].thread] == ["again", "Noted: again"]


def test_edits_and_deletions_are_told(diary: Sandbox, bima: Person) -> None:
    message = bima.says("first")
    bima.edits(message, "second")
    bima.does_not_see("edited away")
    assert bima.messages("app")[0].edited
    bima.deletes(message)
    diary.wait_idle()

    events = [d.payload["event"] for d in diary.deliveries]
    changes = [e for e in events if e.get("subtype") in ("message_changed", "message_deleted")]
    assert changes[0]["message"]["text"] == "second"
    assert changes[0]["previous_message"]["text"] == "first"
    assert changes[1]["deleted_ts"] == message.ts
    bima.does_not_see("second")


def test_nobody_edits_the_words_of_another(bima: Person) -> None:
    bima.says("halo")
    with pytest.raises(AssertionError, match="their own messages only"):
        bima.edits(bima.messages("app")[-1], "x")


def test_a_failing_app_is_named_with_the_screen(bima: Person) -> None:
    with pytest.raises(AppFailed, match=r"(?s)/diary fail: the app did not .*HTTP 500.*bima sees"):
        bima.types("/diary fail")
    bima.types("/diary fail", expect_error=True)
    assert bima.notice == "/diary fail failed with the error 'dispatch_failed'"


def test_what_is_missing_is_printed(bima: Person) -> None:
    bima.says("halo")
    with pytest.raises(AssertionError, match=r"(?s)does not see 'hullo'.*\[DM with Bimbing\]"):
        bima.sees("hullo")
    with pytest.raises(AssertionError, match="sees 'halo'"):
        bima.does_not_see("halo")


def test_hooks_run_after_each_action(diary: Sandbox, bima: Person) -> None:
    counted: list[int] = []
    diary.after_action.append(lambda: counted.append(1))
    bima.types("/diary new")
    bima.submits({"Title": "Monday", "Mood": "Good"})
    bima.opens_home()
    bima.says("halo")
    assert len(counted) == 4


@pytest.mark.parametrize(
    ("title", "reason"),
    [("broken", "no inputs of the view: no_such_block"), ("ill", r"invalid_arguments.*title")],
)
def test_answers_slack_could_not_use_are_failures(bima: Person, title: str, reason: str) -> None:
    bima.types("/diary new")
    with pytest.raises(AppFailed, match=reason):
        bima.submits({"Title": title, "Mood": "Good"})


def test_equal_buttons_are_told_apart_by_what_stands_beside(
    diary: Sandbox, client: WebClient, bima: Person
) -> None:
    lines = ["Apples", "Pears"]
    blocks = [section(f"*{line}*", button("Take", value=line)) for line in lines]
    rows = [section("Plums"), {"type": "actions", "elements": [button("Take", value="Plums")]}]
    client.chat_postMessage(channel=bima.id, text="Fruit", blocks=[*blocks, *rows])

    taken = [bima.payload_for_click("Take", beside=line) for line in ("Pears", "Plums")]
    assert [payload["actions"][0]["value"] for payload in taken] == ["Pears", "Plums"]
    with pytest.raises(AssertionError, match="no button 'Take' beside 'Figs'"):
        bima.clicks("Take", beside="Figs")


def test_the_deactivated_and_outsiders_cannot_use_the_app(diary: Sandbox, bima: Person) -> None:
    outsider = diary.add_person("eve", team_id="T00000009")
    with pytest.raises(ClientRefused, match="from outside"):
        outsider.types("/diary hello")
    bima.changes(deleted=True)
    with pytest.raises(ClientRefused, match="deactivated"):
        bima.says("hello")


def test_channels_are_for_their_members(diary: Sandbox, bima: Person, sari: Person) -> None:
    diary.add_channel("general", [sari])
    with pytest.raises(ClientRefused, match="bima is not in #general"):
        bima.says("hello", channel="general")
    bima.joins("general")
    bima.says("hello", channel="general")
    sari.sees("hello")


def test_messages_stay_unread_until_one_looks(
    diary: Sandbox, client: WebClient, bima: Person
) -> None:
    client.chat_postMessage(channel=bima.id, text="one")
    client.chat_postMessage(channel=bima.id, text="two")
    assert bima.unread == 2
    bima.reads()
    assert bima.unread == 0


def test_an_answer_may_replace_the_form(bima: Person) -> None:
    bima.types("/diary new")
    bima.submits({"Title": "next", "Mood": "Good"})
    assert bima.modal
    assert bima.modal.title == "Second"
    bima.closes()
    assert bima.modal is None  # it lay on nothing


def test_an_ill_formed_answer_to_a_command_is_a_failure(bima: Person) -> None:
    with pytest.raises(AppFailed, match=r"Slack refused the answer.*invalid_blocks"):
        bima.types("/diary ill")


def test_a_click_can_be_meant_for_one_message(
    diary: Sandbox, client: WebClient, bima: Person
) -> None:
    actions = {"type": "actions", "elements": [button("Keep")]}
    client.chat_postMessage(channel=bima.id, text="older", blocks=[section("older"), actions])
    older = bima.sees("older")
    assert isinstance(older, SeenMessage)
    client.chat_postMessage(
        channel=older.channel, text="newer", blocks=[actions], thread_ts=older.ts
    )

    newest = bima.payload_for_click("Keep")["container"]
    assert newest["thread_ts"] == older.ts
    assert bima.payload_for_click("Keep", in_=older)["container"]["message_ts"] == older.ts


def test_home_is_shown_to_the_app_when_it_is_opened_again(diary: Sandbox, bima: Person) -> None:
    bima.opens_home()
    bima.opens_home(tab="messages")
    bima.opens_home()
    events = [d.payload["event"] for d in diary.deliveries]
    opened = [(e["tab"], "view" in e) for e in events if e["type"] == "app_home_opened"]
    assert opened == [("home", False), ("messages", False), ("home", True)]


def test_outsiders_are_marked_in_events(diary: Sandbox) -> None:
    outsider = diary.add_person("eve", team_id="T00000009")
    outsider.says("halo")
    event = diary.deliveries[0].payload["event"]
    assert (event["user_team"], diary.deliveries[0].payload["team_id"]) == (
        "T00000009",
        diary.team.id,
    )
