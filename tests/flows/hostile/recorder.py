"""Remembers, of every button and form that anybody was shown, what pressing it sends."""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.delivery.parcel import Answer
from bot.sandbox.delivery.payloads import Payloads
from bot.sandbox.journal import Record
from bot.sandbox.people import Person
from bot.sandbox.rendering import Viewer
from bot.sandbox.sight import Eyes, Surface
from bot.sandbox.state.inputs import STATELESS, VALUE_KEYS, elements
from bot.sandbox.state.views import View
from tests.world import World

Json = dict[str, Any]
OURS = ("value", "selected_option", "selected_options", "state", "private_metadata")
ID = re.compile(r"\b[0-9a-f]{32}\b")


@dataclass(frozen=True)
class Reply:
    """What came of a press: Slack's answer, and all that was shown to anybody meanwhile."""

    answer: Answer
    shown: list[Record]

    @property
    def texts(self) -> list[str]:
        """Everything that can be read in it."""
        shown = [[record.text, *record.blocks] for record in self.shown]
        return [*_texts(self.answer.body), *_texts(shown)]

    @property
    def kept_open(self) -> bool:
        """Whether the submitted form is still there, with what was typed."""
        body = self.answer.body
        return isinstance(body, dict) and body.get("response_action") in {"push", "errors"}

    def pinged(self, but: Person) -> list[str]:
        """The messages that others got."""
        return [
            record.text
            for record in self.shown
            if record.kind == "post" and set(record.seen_by) - {but.id}
        ]


@dataclass(frozen=True)
class Press:
    """A press of a button (or a choice, or a submitted form) as Slack sends it."""

    name: str  # action_id without its suffix, or callback_id
    person: Person
    payload: Json

    @property
    def is_form(self) -> bool:
        return bool(self.payload["type"] == "view_submission")

    @property
    def has_ids(self) -> bool:
        return self.changed(lambda text: ID.sub("", text)).payload != self.payload

    def changed(self, change: Callable[[str], str]) -> "Press":
        """The same with `change` done to all that is ours in it: values, metadata, choices."""
        payload = copy.deepcopy(self.payload)
        for action in payload.get("actions", ()):
            action.update(mapped({k: action[k] for k in OURS if k in action}, change))
        for holder in (payload, payload.get("view") or {}):
            holder.update(mapped({k: holder[k] for k in OURS if k in holder}, change))
        return Press(self.name, self.person, payload)

    def fresh(self) -> "Press":
        """Pressed once more: Slack gives leave to answer anew."""
        payload, person = copy.deepcopy(self.payload), self.person
        in_modal = (payload.get("view") or {}).get("type") == "modal"
        world, workspace = person.world, person.workspace
        payload["trigger_id"] = world.issue_trigger(workspace, person.id, from_modal=in_modal)
        where = payload.get("container") or {}
        if "response_url" in payload:
            payload["response_url"] = world.issue_response_url(
                workspace,
                person.id,
                where["channel_id"],
                where["message_ts"],
                ephemeral=where["is_ephemeral"],
            )
        return Press(self.name, person, payload)

    def send(self, world: World) -> Reply:
        """From a screen on which it stands, and with the bot's work done afterwards."""
        form = self._put_back()
        mark = len(world.sandbox.journal)
        answer = world.sandbox.deliver(self.payload)
        person = self.person
        if form is not None and self.is_form and answer.ok:
            person.hub.responses.submission(person.workspace, person.id, form, answer.body)
        world.settle()
        return Reply(answer, world.sandbox.journal[mark:])

    def send_aside(self, world: World) -> Reply:
        """The same, and the person's screen is afterwards as it was."""
        screens = self.person.workspace.screens
        kept = copy.deepcopy(screens[self.person.id])
        reply = self.send(world)
        screens[self.person.id] = kept
        return reply

    def _put_back(self) -> View | None:
        """The modal it is in, as it was."""
        shown, screen = self.payload.get("view") or {}, self.person.workspace.screen(self.person.id)
        screen.modals = []
        if shown.get("type") != "modal":
            return None
        source, state = copy.deepcopy(shown), copy.deepcopy(shown["state"]["values"])
        form = View(shown["id"], "modal", source, shown["hash"], shown["root_view_id"], state=state)
        screen.modals = [form]
        return form


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for key in value for text in _texts(value[key])]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return []


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A structure with each text in it changed."""
    if isinstance(value, dict):
        return {key: mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [mapped(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value


class Recorder:
    """The newest press of each name, by where it was shown and whether it names anything."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: set[tuple[str, ...]] = set()
        self._sent = 0
        self._presses: dict[tuple[str, str, bool], Press] = {}
        world.sandbox.after_action.append(self.look)

    def presses(self) -> list[Press]:
        return list(self._presses.values())

    def names(self) -> set[str]:
        return {press.name for press in self.presses()}

    def look(self) -> None:
        """At everybody's screen, and at the forms sent since the last look."""
        for person in self._world.sandbox.team.people:
            for press in self._visible(person):
                self._keep(press)
        sent = self._world.sandbox.deliveries
        for delivery in sent[self._sent :]:
            if delivery.kind == "interactive":
                self._keep(pressed(self._world, delivery.payload))
        self._sent = len(sent)

    def _visible(self, person: Person) -> Iterator[Press]:
        workspace, world = person.workspace, person.world
        with world.lock:
            eyes = Eyes(Viewer(workspace, person.user, world.now()))
            for surface in eyes.surfaces():
                for block, element in elements(surface.blocks):
                    if _tells(block, element) and self._is_new(person, surface, element):
                        value = _choice(element)
                        payload = Payloads(world, workspace).block_actions(
                            person.user, surface, block, element, value
                        )
                        name = element["action_id"].partition("#")[0]
                        yield Press(name, person, payload)

    def _is_new(self, person: Person, surface: Surface, element: Json) -> bool:
        view = surface.view
        metadata = view.source.get("private_metadata", "") if view else ""
        key = (person.id, surface.kind, element["action_id"], element.get("value", ""), metadata)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _keep(self, press: Press) -> None:
        where = press.payload.get("container", {}).get("type", "form")
        self._presses[press.name, where, press.has_ids] = press


def _tells(block: Json, element: Json) -> bool:
    """Whether using it tells the app at once."""
    return block["type"] != "input" or bool(block.get("dispatch_action"))


def _choice(element: Json) -> Json:
    """The last thing one can choose in it."""
    if element["type"] in STATELESS and "options" not in element:
        return {}
    options = element.get("options") or element["option_groups"][-1]["options"]
    key = VALUE_KEYS.get(element["type"], ("selected_option", ""))[0]
    return {key: options[-1]}


def pressed(world: World, payload: Json) -> Press:
    """What somebody sent."""
    person = next(p for p in world.sandbox.team.people if p.id == payload["user"]["id"])
    if payload.get("actions"):
        name = str(payload["actions"][0]["action_id"]).partition("#")[0]
    else:
        name = str(payload["view"]["callback_id"])
    return Press(name, person, copy.deepcopy(payload))
