"""views.*: triggers, the stack of three, hashes, Home, and what updating keeps."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.blocks import button, field, modal, section
from tests.sandbox.calls import code, refused
from tests.sandbox.diary_app import form

Json = dict[str, Any]


@pytest.fixture
def trigger(diary: Sandbox, bima: Person) -> str:
    """A fresh trigger from a command."""
    bima.types("/diary hello")
    return str(diary.deliveries[-1].payload["trigger_id"])


def modal_trigger(person: Person) -> str:
    """A trigger from inside the open modal."""
    return str(person.payload_for_submit()["trigger_id"])


def test_a_trigger_works_once(client: WebClient, trigger: str, bima: Person) -> None:
    opened = client.views_open(trigger_id=trigger, view=form())["view"]
    assert opened["root_view_id"] == opened["id"]
    assert bima.modal
    assert code(client, "views.open", trigger_id=trigger, view=form()) == "exchanged_trigger_id"


def test_a_trigger_lives_three_seconds(
    client: WebClient, clock: MovableClock, trigger: str
) -> None:
    clock.advance(timedelta(seconds=3, milliseconds=1))
    assert code(client, "views.open", trigger_id=trigger, view=form()) == "expired_trigger_id"
    assert code(client, "views.open", trigger_id="made.up", view=form()) == "invalid_trigger_id"


def test_an_illegal_view_is_refused_before_the_trigger_is_spent(
    client: WebClient, trigger: str
) -> None:
    answer = refused(client, "views.open", trigger_id=trigger, view=modal("x" * 25, section("y")))
    assert answer["error"] == "invalid_arguments"
    assert any("title" in line for line in answer["response_metadata"]["messages"])
    client.views_open(trigger_id=trigger, view=form())


@pytest.mark.parametrize(
    "view",
    [
        modal("No submit", field("Title"), submit=None),
        modal("Twice", field("Title"), field("Title")),
        {"type": "home", "blocks": [section("x")]},
        {"type": "modal"},
        "not json",
    ],
)
def test_views_slack_would_not_show(client: WebClient, trigger: str, view: Any) -> None:
    assert code(client, "views.open", trigger_id=trigger, view=view) == "invalid_arguments"


def test_three_views_fit_on_the_stack(client: WebClient, trigger: str, bima: Person) -> None:
    client.views_open(trigger_id=trigger, view=form())
    for title in ("Second", "Third"):
        client.views_push(trigger_id=modal_trigger(bima), view=modal(title, section("x")))
    assert bima.modal
    assert bima.modal.title == "Third"
    view = modal("Fourth", section("x"))
    assert code(client, "views.push", trigger_id=modal_trigger(bima), view=view) == (
        "push_limit_reached"
    )


def test_pushing_needs_a_trigger_of_a_modal(client: WebClient, trigger: str) -> None:
    view = modal("Second", section("x"))
    assert code(client, "views.push", trigger_id=trigger, view=view) == "invalid_trigger_id"


def test_updating_keeps_what_was_typed_under_the_same_ids(
    client: WebClient, trigger: str, bima: Person
) -> None:
    view = client.views_open(trigger_id=trigger, view=form())["view"]
    bima.fills({"Title": "Monday", "Mood": "Good"})
    changed = modal("Changed", field("Title"), field("Other"), callback_id="new_page")

    client.views_update(view_id=view["id"], view=changed)
    assert bima.modal
    assert bima.modal.values == {"Title": "Monday", "Other": ""}


def test_a_stale_hash_is_refused(client: WebClient, trigger: str) -> None:
    view = client.views_open(trigger_id=trigger, view=form())["view"]
    client.views_update(view_id=view["id"], view=form(), hash=view["hash"])
    args: Json = {"view_id": view["id"], "view": form()}
    assert code(client, "views.update", **args, hash=view["hash"]) == "hash_conflict"
    assert code(client, "views.update", view_id="V9", view=form()) == "not_found"


def test_external_ids_are_unique(client: WebClient, trigger: str, bima: Person) -> None:
    view = form() | {"external_id": "page-1"}
    client.views_open(trigger_id=trigger, view=view)
    assert code(client, "views.push", trigger_id=modal_trigger(bima), view=view) == (
        "duplicate_external_id"
    )
    client.views_update(external_id="page-1", view=modal("By name", section("x")))
    assert bima.modal
    assert bima.modal.title == "By name"


def test_home_keeps_its_id_and_checks_its_hash(client: WebClient, bima: Person) -> None:
    home: Json = {"type": "home", "blocks": [section("One")]}
    first = client.views_publish(user_id=bima.id, view=home)["view"]
    second = client.views_publish(user_id=bima.id, view=home, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    assert code(client, "views.publish", user_id=bima.id, view=home, hash=first["hash"]) == (
        "hash_conflict"
    )
    assert code(client, "views.publish", user_id="U9", view=home) == "user_not_found"


def test_missing_ids_are_made_up(client: WebClient, bima: Person) -> None:
    block = {"type": "actions", "elements": [button("Go") | {"action_id": "go"}]}
    home: Json = {"type": "home", "blocks": [section("One"), block]}
    shown = client.views_publish(user_id=bima.id, view=home)["view"]["blocks"]
    assert shown[0]["block_id"] != shown[1]["block_id"]


def test_closing_is_told_only_on_request(
    diary: Sandbox, client: WebClient, trigger: str, bima: Person
) -> None:
    client.views_open(trigger_id=trigger, view=form())
    bima.closes()
    assert diary.deliveries[-1].payload.get("type") != "view_closed"

    bima.types("/diary hello")
    fresh = diary.deliveries[-1].payload["trigger_id"]
    client.views_open(trigger_id=fresh, view=form() | {"notify_on_close": True})
    client.views_push(trigger_id=modal_trigger(bima), view=modal("Second", section("x")))
    bima.closes(everything=True)
    told = diary.deliveries[-1].payload
    assert (told["type"], told["is_cleared"]) == ("view_closed", True)
    assert "trigger_id" not in told
    assert bima.modal is None
