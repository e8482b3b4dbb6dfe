"""What may be put into each kind of element, and what the client refuses."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.forms import complaints, value_for
from bot.sandbox.state.inputs import VALUE_KEYS, initial_state
from bot.sandbox.state.views import View
from tests.sandbox.blocks import modal, options, wrapped

Json = dict[str, Any]


def held(sandbox: Sandbox, element: Json, given: Any) -> Any:
    value = value_for(sandbox.team.workspace, element, given)
    return value[VALUE_KEYS[element["type"]][0]]


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("plain_text_input", "words", "words"),
        ("number_input", 7, "7"),
        ("datepicker", date(2026, 3, 2), "2026-03-02"),
        ("datepicker", "2026-03-02", "2026-03-02"),
        ("timepicker", time(9, 5), "09:05"),
        ("timepicker", "09:05", "09:05"),
        ("datetimepicker", datetime(2026, 3, 2, 9, tzinfo=UTC), 1772442000),
        ("users_select", "bima", "U00000001"),
        ("users_select", "U00000002", "U00000002"),
        ("multi_users_select", ["bima", "@sari"], ["U00000001", "U00000002"]),
        ("channels_select", "#general", "C00000001"),
        ("multi_conversations_select", "general", ["C00000001"]),
        ("multi_users_select", None, []),
        ("plain_text_input", None, None),
    ],
)
def test_values_take_slacks_form(sandbox: Sandbox, kind: str, given: Any, value: Any) -> None:
    sandbox.add_channel("general")
    assert held(sandbox, {"type": kind}, given) == value


def test_people_of_the_sandbox_can_be_chosen(sandbox: Sandbox) -> None:
    sari = sandbox.person("sari")
    assert held(sandbox, {"type": "users_select"}, sari) == sari.id
    assert held(sandbox, {"type": "multi_users_select"}, [sari]) == [sari.id]


def test_rich_text_is_written_as_a_block(sandbox: Sandbox) -> None:
    value = held(sandbox, {"type": "rich_text_input"}, "words")
    assert value["elements"][0]["elements"] == [{"type": "text", "text": "words"}]


def test_options_are_found_in_groups_too(sandbox: Sandbox) -> None:
    grouped = [{"label": {}, "options": options("One")}, {"label": {}, "options": options("Two")}]
    element = {"type": "static_select", "option_groups": grouped}
    assert held(sandbox, element, "Two")["value"] == "two"
    boxes = {"type": "checkboxes", "options": options("One", "Two")}
    assert [o["value"] for o in held(sandbox, boxes, ["One", "two"])] == ["one", "two"]


@pytest.mark.parametrize(
    ("kind", "given"),
    [("users_select", "nobody"), ("channels_select", "nowhere"), ("static_select", "Three")],
)
def test_what_is_not_there_cannot_be_chosen(sandbox: Sandbox, kind: str, given: str) -> None:
    with pytest.raises(AssertionError, match=given):
        held(sandbox, {"type": kind, "options": options("One")}, given)


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        ({"type": "plain_text_input"}, None, "required"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "At least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "At most 3"),
        ({"type": "plain_text_input"}, "x" * 3001, "At most 3000"),
        ({"type": "email_text_input"}, "not@mail", "Not an e-mail"),
        ({"type": "url_text_input"}, "example.org", "Not a web address"),
        ({"type": "number_input"}, "many", "Not a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Whole numbers"),
        ({"type": "number_input", "min_value": "1"}, "0", "At least 1"),
        ({"type": "number_input", "max_value": "9"}, "10", "At most 9"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["a", "b"], "at most 1"),
        ({"type": "multi_users_select"}, [], "required"),
        ({"type": "plain_text_input", "min_length": 3}, "abc", None),
        ({"type": "email_text_input"}, "a@example.org", None),
        ({"type": "url_text_input"}, "https://example.org", None),
        ({"type": "number_input", "is_decimal_allowed": True}, "-1.5", None),
    ],
)
def test_the_client_complains(element: Json, value: Any, complaint: str | None) -> None:
    view = _view(wrapped("Field", {"action_id": "a", **element}))
    view.state["field"]["a"][VALUE_KEYS[element["type"]][0]] = value
    said = complaints(view).get("field")
    assert said is None if complaint is None else complaint in str(said)


def test_an_optional_field_may_stay_empty() -> None:
    element = {"type": "plain_text_input", "action_id": "a", "min_length": 3}
    assert complaints(_view(wrapped("Field", element, optional=True))) == {}


def _view(block: Json) -> View:
    return View("V1", "modal", modal("M", block), "h", "V1", state=initial_state([block]))
