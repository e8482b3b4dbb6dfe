"""Payloads that no client of Slack would send, to everything that listens."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.storage.models import FailedRequest
from handlers import registry
from tests.cast import Cast

Json = dict[str, Any]
DEEP = "[" * 3000
WRONG: tuple[Any, ...] = (None, 7, True, [], ["x"], {}, {"value": 3}, "")
VALUES: tuple[Any, ...] = (*WRONG, "|", ":", "||:", "9" * 4400, "²", "x" * 3000, "1|yes", "\x7f")
METADATA: tuple[Any, ...] = (*WRONG, "{", "[]", "null", "7", DEEP, '{"match": 1}', "x" * 4000)


@pytest.fixture(autouse=True)
def calm(cast: Cast, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing failed meanwhile, and nothing was written down as a failure."""
    yield
    failed = cast.world.bot.db.read(lambda tx, _: tx.session.query(FailedRequest).all(), None)
    assert [(row.kind, row.error) for row in failed] == []
    assert [
        r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR or r.exc_info
    ] == []


def interaction(cast: Cast, kind: str, **parts: Any) -> Json:
    who = {"id": cast.bima.id, "team_id": cast.bima.workspace.team_id}
    team = {"id": cast.bima.workspace.team_id}
    world, workspace = cast.bima.world, cast.bima.workspace
    trigger = world.issue_trigger(workspace, cast.bima.id, from_modal=True)
    return {"type": kind, "user": who, "team": team, "trigger_id": trigger, **parts}


def view(kind: str, callback_id: str, metadata: Any, values: Any) -> Json:
    shown = {"id": "V0", "type": kind, "callback_id": callback_id, "hash": "1.x"}
    return shown | {"private_metadata": metadata, "state": {"values": values}}


def send(cast: Cast, payload: Json) -> Any:
    answer = cast.world.sandbox.deliver(payload)
    assert answer.status == 200, (payload, answer)
    return answer.body


@pytest.mark.long
def test_buttons_with_odd_values(cast: Cast) -> None:
    containers = ({"type": "message"}, {"type": "view", "view_id": "V0"}, {"type": "x"})
    for name in registry.actions():
        for n, value in enumerate(VALUES):
            action = {"action_id": name, "value": value, "selected_option": value, "block_id": 7}
            where = {"container": containers[n % 3], "actions": [action], "message": value}
            if n % 3 == 1:
                where["view"] = view("modal" if n % 2 else "home", "x", METADATA[n], value)
            send(cast, interaction(cast, "block_actions", **where))


@pytest.mark.long
def test_forms_with_odd_fields(cast: Cast) -> None:
    for name in registry.views():
        for n, metadata in enumerate(METADATA):
            value = VALUES[n]
            values: tuple[Any, ...]
            values = ({}, value, {"body": value}, {b: {"a": value} for b in BLOCKS}, filled(value))
            for state in values:
                send(
                    cast,
                    interaction(cast, "view_submission", view=view("modal", name, metadata, state)),
                )


BLOCKS: tuple[str, ...] = (
    "body",
    "what",
    "by_when",
    "date",
    "time",
    "place",
    "first",
    "last",
    "topics",
    "consent",
)
BLOCKS += ("seats", "contact", "lead", "mentor")


def filled(value: Any) -> Json:
    """Every field holds `value`, whatever kind of field it is."""
    keys = ("value", "selected_option", "selected_options", "selected_user", "selected_date")
    state = dict.fromkeys((*keys, "selected_time", "selected_channel"), value)
    blocks = BLOCKS if len(str(value)) < 100 else ("length", "body")
    return {key: {"a": state} for key in blocks}


def test_what_nobody_listens_to_any_more(cast: Cast) -> None:
    body = send(cast, interaction(cast, "view_submission", view=view("modal", "long.gone", "", {})))
    assert body["response_action"] == "push"  # the form stays open
    button = {"action_id": "long.gone", "block_id": "b", "value": "x"}
    where = {"type": "view", "view_id": "V0"}
    send(
        cast,
        interaction(
            cast, "block_actions", container=where, actions=[button], view=view("home", "", "", {})
        ),
    )
    cast.bima.sees("I can't find that any more")


def test_kinds_of_interaction_we_have_none_of(cast: Cast) -> None:
    parts = {"callback_id": "x", "action_id": "x", "value": "x", "view": view("modal", "x", "", {})}
    for kind in ("shortcut", "message_action", "block_suggestion", "view_closed"):
        send(cast, interaction(cast, kind, **parts))


MESSAGE: Json = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U00000003"}
EVENTS: tuple[Json, ...] = (
    {"type": "never_heard_of"},
    {"type": "app_home_opened"},
    {"type": "app_home_opened", "user": "U00000003", "tab": 7},
    {"type": "app_home_opened", "user": {"id": 7}, "tab": "home"},
    {"type": "user_change"},
    {"type": "user_change", "user": "U00000003"},
    {"type": "user_change", "user": {"id": 7, "profile": []}},
    {"type": "user_change", "user": {"id": "U00000003", "profile": 3, "tz": 5, "deleted": "no"}},
    {"type": "user_change", "user": {"id": "U00000003", "tz": "Mars/Olympus", "name": "x" * 9000}},
    {"type": "tokens_revoked", "tokens": "bot"},
    {"type": "tokens_revoked", "tokens": {"bot": 0}},
    {**MESSAGE, "text": None, "ts": 5},
    {**MESSAGE, "text": "hi", "ts": "never"},
    {**MESSAGE, "text": "hi", "ts": "1e400"},
    {**MESSAGE, "text": ["hi"], "ts": "1794562300.000100", "thread_ts": {}},
    {**MESSAGE, "text": "x" * 50_000, "ts": "1794562300.000200", "thread_ts": "nan"},
    {**MESSAGE, "subtype": {"a": 1}, "text": "hi", "ts": "1.0"},
    {**MESSAGE, "subtype": "message_changed", "message": "hi", "event_ts": 1},
    {**MESSAGE, "subtype": "message_changed", "message": {"user": "U00000003", "ts": "inf"}},
    {**MESSAGE, "subtype": "message_deleted", "previous_message": {"user": 3, "ts": "1.0"}},
    {**MESSAGE, "subtype": "message_replied"},
)


TIMES: tuple[Any, ...] = (None, "x", -1, 10**30, True)
COMMANDS = (
    "\u202e",
    "@" * 3000,
    "<@U>",
    "<@U1|",
    "away 99/99/9999 - 0/0",
    "session <@UNOBODY1>",
    "pair <@U1> <@U1>",
    "away " + "9" * 3000,
    "help " + "x" * 3000,
    "join |",
    "away 31 Feb",
)


def test_odd_events_and_commands(cast: Cast) -> None:
    team_id = cast.bima.workspace.team_id
    for n, event in enumerate(EVENTS):
        for m, event_time in enumerate(TIMES):
            body: Json = {"type": "event_callback", "team_id": team_id, "event": event}
            send(cast, body | {"event_id": f"Ev{n}{m}", "event_time": event_time})
    for who in (cast.bima, cast.dewi):
        for text in COMMANDS:
            body = {"command": "/mentor", "user_id": who.id, "team_id": team_id}
            trigger = who.world.issue_trigger(who.workspace, who.id)
            send(cast, body | {"text": text, "trigger_id": trigger})
