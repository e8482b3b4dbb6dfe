"""How a person's actions are carried out: finding things on the screen, asking the app, waiting.

`people.py` is what tests read; this is what makes it work.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from bot.sandbox.delivery.parcel import Answer, Delivery, Road
from bot.sandbox.delivery.payloads import Payloads, escaped
from bot.sandbox.errors import AppFailed, ClientRefused
from bot.sandbox.forms import option_of, value_for
from bot.sandbox.hub import Hub
from bot.sandbox.posting import Origin
from bot.sandbox.rendering import Viewer, unescape
from bot.sandbox.sight import Eyes, SeenMessage, SeenView, Surface
from bot.sandbox.state.conversations import Conversation, Message
from bot.sandbox.state.inputs import STATELESS, elements
from bot.sandbox.state.people import User
from bot.sandbox.state.views import View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import APP_ID, World

Json = dict[str, Any]
Where = SeenMessage | Literal["home", "modal", "message"] | None
Found = tuple[Surface, Json, Json]
TOKEN = re.compile(r"<@(\w+)>")
BUTTONS = ("button", "workflow_button")


class Acting:
    """A person's hands and eyes."""

    def __init__(self, hub: Hub, workspace: Workspace, user: User) -> None:
        self.hub = hub
        self.workspace = workspace
        self.user = user
        self.notice: str | None = None  # the last error Slack itself showed

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.handle} of {self.workspace.team_id}>"

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def handle(self) -> str:
        return self.user.handle

    @property
    def name(self) -> str:
        """The name others see."""
        return self.user.shown_name

    @property
    def tz(self) -> str:
        """The person's IANA zone."""
        return self.user.tz or "UTC"

    @property
    def world(self) -> World:
        return self.hub.world

    @property
    def _payloads(self) -> Payloads:
        return Payloads(self.world, self.workspace)

    @property
    def _eyes(self) -> Eyes:
        return Eyes(Viewer(self.workspace, self.user, self.world.now()))

    def _be_present(self, *, at_home: bool = False) -> None:
        """Refuse what the account cannot do: nothing once deactivated; `at_home` things outside."""
        if self.user.deleted:
            raise ClientRefused(f"{self.handle} is deactivated and cannot sign in")
        if at_home and self.user.team_id != self.workspace.team_id:
            raise ClientRefused(f"{self.handle} is from outside; the app is not installed there")

    def screen(self) -> str:
        """Everything the person sees, for failures that want to be understood."""
        with self.world.lock:
            seen: list[Any] = list(self._eyes.messages(self._eyes.rooms()))
            seen += [view for view in (self._eyes.home(), self._eyes.modal()) if view]
        notice = [f"[Slack] {self.notice}"] if self.notice else []
        lines = [str(part) for part in seen] + notice
        return "\n".join([f"--- {self.handle} sees ---", *(lines or ["nothing"]), "---"])

    def _find(self, text: str) -> SeenMessage | SeenView | None:
        """The newest thing on the screen that shows the text."""
        wanted = _spaces(text)
        with self.world.lock:
            eyes = self._eyes
            views = [view for view in (eyes.modal(), eyes.home()) if view]
            messages = [
                eyes.see(room, message) for room in eyes.rooms() for message in eyes.visible(room)
            ]
        newest_first = sorted(messages, key=lambda m: m.ts, reverse=True)
        everything: list[SeenMessage | SeenView] = [*views, *newest_first]
        return next((seen for seen in everything if wanted in _spaces(seen.shown)), None)

    def _ask(self, kind: Road, payload: Json, what: str, *, expect_error: bool) -> Answer:
        answer = self.hub.ask(kind, self.workspace, payload)
        if not answer.ok:
            timed_out = answer.failure in ("timeout", "http_timeout")
            code = "operation_timeout" if timed_out else "dispatch_failed"
            self.notice = f"{what} failed with the error {code!r}"
            if not expect_error:
                raise AppFailed(f"{self.handle} {what}: {_why(answer)}\n{self.screen()}")
        return answer

    def _await_events(self, mark: int, what: str, *, expect_error: bool) -> None:
        """Wait until the events of an action were acknowledged, or failed twice."""
        limit = 2 * self.hub.ack_seconds + 5
        for delivery in self.hub.since(mark):
            assert delivery.settled.wait(limit), f"{what}: an event never came to an end"
            if delivery.attempts and not delivery.acked and not expect_error:
                raise AppFailed(f"{self.handle} {what}: {_event(delivery)}: {_why_not(delivery)}")
        self.hub.finish_action()

    def _room(self, channel: str | None) -> Conversation:
        if channel is None:
            return self.workspace.app_dm(self.id)
        room = self.workspace.by_name(channel) or self.workspace.conversations.get(channel)
        assert room is not None, f"there is no channel {channel!r}"
        return room

    def _rooms_named(self, with_: str | None) -> list[Conversation]:
        if with_ == "group":
            return [room for room in self._eyes.rooms() if room.kind == "mpim"]
        if with_ == "app":
            return [self.workspace.app_dm(self.id)]
        return self._eyes.rooms() if with_ is None else [self._room(with_)]

    def _place_of(
        self, channel: str | None, thread: SeenMessage | str | None
    ) -> tuple[Conversation, str | None]:
        """Where a message goes and which thread it belongs to."""
        if isinstance(thread, SeenMessage) and channel is None:
            room = self.workspace.conversation(thread.channel)
        else:
            room = self._room(channel)
        if self.id not in room.members:
            raise ClientRefused(f"{self.handle} is not in {self._eyes.place(room)}")
        if thread is None:
            return room, None
        ts = thread if isinstance(thread, str) else thread.ts
        parent = room.messages[ts]
        root = room.messages[parent.thread_ts or parent.ts]
        root.thread_ts = root.ts
        return room, root.ts

    def _typed(self, room: Conversation, text: str, thread_ts: str | None) -> Message:
        shown = escaped(self.workspace, text, with_names=False)
        return Message(
            ts=self.world.ts(),
            user=self.id,
            text=shown,
            blocks=[self._rich_text(shown)],
            thread_ts=thread_ts,
            client_msg_id=self.world.serial("client-"),
        )

    def _rich_text(self, text: str) -> Json:
        """The rich text block Slack makes of what people write."""
        parts: list[Json] = []
        for index, piece in enumerate(TOKEN.split(text)):
            if index % 2:
                parts.append({"type": "user", "user_id": piece})
            elif piece:
                parts.append({"type": "text", "text": unescape(piece)})
        section = {"type": "rich_text_section", "elements": parts}
        block_id = next(self.world.minted_ids())
        return {"type": "rich_text", "block_id": block_id, "elements": [section]}

    def _button(self, label: str, in_: Where, beside: str | None) -> Found:
        eyes = self._eyes

        def fits(surface: Surface, block: Json, element: Json) -> bool:
            if element["type"] not in BUTTONS:
                return False
            if label not in (element["text"]["text"], element["action_id"]):
                return False
            return beside is None or beside in eyes.words_at(surface, block)

        where = f" beside {beside!r}" if beside else ""
        return self._search(fits, f"no button {label!r}{where}", in_)

    def _element(self, label: str, in_: Where) -> Found:
        """An element by the words beside it, else by words they contain."""
        eyes = self._eyes

        def names(block: Json, element: Json) -> tuple[str, ...]:
            placeholder = (element.get("placeholder") or {}).get("text", "")
            ids = (block["block_id"], element["action_id"])
            return (eyes.label_of(block), placeholder, *ids)

        def exact(_: Surface, block: Json, element: Json) -> bool:
            return element["type"] not in BUTTONS and label in names(block, element)

        def part(_: Surface, block: Json, element: Json) -> bool:
            shown = eyes.label_of(block).casefold()
            return element["type"] not in BUTTONS and label.casefold() in shown

        found = next(self._matching(exact, in_), None) or next(self._matching(part, in_), None)
        return found or self._nothing(f"nothing to fill in or choose named {label!r}")

    def _search(
        self, fits: Callable[[Surface, Json, Json], bool], missing: str, in_: Where
    ) -> Found:
        return next(self._matching(fits, in_), None) or self._nothing(missing)

    def _nothing(self, missing: str) -> Found:
        raise AssertionError(f"{self.handle} finds {missing}\n{self.screen()}")

    def _matching(self, fits: Callable[[Surface, Json, Json], bool], in_: Where) -> Iterator[Found]:
        for surface in self._eyes.surfaces():
            if _is_in(surface, in_):
                for block, element in elements(surface.blocks):
                    if fits(surface, block, element):
                        yield surface, block, element

    def _choose(self, surface: Surface, block: Json, element: Json, choice: Any) -> Json:
        """Put a choice into an element; returns the keys an action carries for it."""
        if element["type"] in STATELESS:
            return {"selected_option": option_of(element, choice)}
        value = value_for(self.workspace, element, choice)
        surface.state[block["block_id"]][element["action_id"]] = value
        return value

    def _top_view(self) -> View:
        top = self.workspace.screen(self.id).top
        assert top is not None, f"{self.handle} has no modal open\n{self.screen()}"
        return top

    def _view_payload(self, view: View) -> Json:
        return view.payload(self.workspace.team_id, APP_ID, self.workspace.bot_id)

    def _origin(self, payload: Json) -> Origin:
        return Origin("command answer", payload)


def _is_in(surface: Surface, in_: Where) -> bool:
    if in_ is None:
        return True
    if isinstance(in_, str):
        return surface.kind == in_
    return surface.message is not None and surface.message.ts == in_.ts


def _spaces(text: str) -> str:
    return " ".join(text.split())


def _why(answer: Answer) -> str:
    status = f" (HTTP {answer.status})" if answer.status else ""
    body = f": {str(answer.body)[:300]}" if answer.body else ""
    return f"the app did not acknowledge: {answer.failure}{status}{body}"


def _why_not(delivery: Delivery) -> str:
    return "; then ".join(_why(answer) for answer in delivery.attempts)


def _event(delivery: Delivery) -> str:
    return str(delivery.payload["event"]["type"])
