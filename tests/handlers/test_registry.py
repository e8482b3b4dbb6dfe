"""What the code listens to and calls is what the manifest asks for, and no more."""

import json
from pathlib import Path

import pytest

import bot.slack
from bot.cli import main
from bot.sandbox.webapi.table import METHODS
from bot.slack.scopes import EVENTS, REQUIRED, SCOPES
from handlers import commands, registry

# Slack subscribes by kind of conversation, and delivers "message" (docs.slack.dev, message.im).
_SUBSCRIPTION = {"message": "message.im"}
_GATEWAY = Path(bot.slack.__path__[0])


def _called() -> set[str]:
    """The Web API methods that the gateway calls, and those that its upload consists of."""
    source = "".join((_GATEWAY / name).read_text() for name in ("gateway.py", "history.py"))
    named = {name for name in METHODS if f'"{name}"' in source}
    if "files.completeUploadExternal" in named:
        named.add("files.getUploadURLExternal")
    return named


def test_every_event_that_is_heard_is_subscribed_and_no_more() -> None:
    heard = {*registry.events(), *registry.team_events()}
    assert {_SUBSCRIPTION.get(name, name) for name in heard} == {event.name for event in EVENTS}


def test_every_method_that_is_called_has_its_scopes() -> None:
    asked = {scope.name for scope in SCOPES}
    needed = {scope for name in _called() for scope in METHODS[name].scopes}
    assert needed <= asked


def test_every_required_scope_is_needed_by_something() -> None:
    by_method = {scope for name in _called() for scope in METHODS[name].scopes}
    by_event = {event.scope for event in EVENTS if event.scope}
    # Which kind of conversation is opened or read decides between im: and mpim:.
    by_conversation = {"im:write", "mpim:write", "im:history"}
    assert by_method | by_event | by_conversation | {"commands"} >= REQUIRED


def test_the_manifest_hints_at_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest"]) == 0
    command = json.loads(capsys.readouterr().out)["features"]["slash_commands"][0]
    for word in commands.words():
        assert word.leads_only or word.word in command["usage_hint"]


def test_no_two_words_share_a_spelling() -> None:
    spellings = [s for word in commands.words() for s in set(word.spellings) if s]
    assert len(spellings) == len(set(spellings))
