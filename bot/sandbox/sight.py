"""What one person can see right now: messages, the open modal, Home; and how to print it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.rendering import Viewer, message_text, object_text, surface_text, value_text
from bot.sandbox.state.conversations import Conversation, Message
from bot.sandbox.state.inputs import VALUE_KEYS, elements
from bot.sandbox.state.views import View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import APP_ID

Json = dict[str, Any]


@dataclass(frozen=True)
class SeenMessage:
    """A message as its viewer reads it. `raw` is Slack's message object, metadata included."""

    ts: str
    channel: str
    place: str
    author: str
    text: str
    buttons: tuple[str, ...]
    thread: tuple["SeenMessage", ...]
    ephemeral: bool
    edited: bool
    raw: Json

    @property
    def shown(self) -> str:
        """Text and buttons."""
        return "\n".join([self.text, *_as_buttons(self.buttons)])

    def __str__(self) -> str:
        notes = " (only you)" if self.ephemeral else " (edited)" if self.edited else ""
        body = self.shown.replace("\n", "\n    ")
        replies = "".join(f"\n  ↳ {reply}" for reply in self.thread)
        return f"[{self.place}] {self.author}{notes}: {body}{replies}"


@dataclass(frozen=True)
class SeenView:
    """A modal or Home as its viewer reads it.

    `values` are the inputs by label, as text; `errors` the complaints under them, by label.
    """

    kind: Literal["modal", "home"]
    title: str
    text: str
    buttons: tuple[str, ...]
    values: dict[str, str]
    errors: dict[str, str]
    raw: Json

    @property
    def shown(self) -> str:
        complaints = [f"! {label}: {text}" for label, text in self.errors.items()]
        parts = [self.title, self.text, *_as_buttons(self.buttons), *complaints]
        return "\n".join(part for part in parts if part)

    def __str__(self) -> str:
        body = self.shown.replace("\n", "\n    ")
        return f"[{self.kind}] {body}"


@dataclass(frozen=True)
class Surface:
    """Something with elements on it that a person can reach."""

    kind: Literal["message", "modal", "home"]
    blocks: list[Json]
    state: dict[str, dict[str, Json]]
    room: Conversation | None = None
    message: Message | None = None
    view: View | None = None


class Eyes:
    """Looks at a workspace as one person. The caller holds the world's lock."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._workspace: Workspace = viewer.workspace
        self._user = viewer.user.id

    def rooms(self) -> list[Conversation]:
        """Conversations the person is in."""
        return [c for c in self._workspace.conversations.values() if self._user in c.members]

    def visible(self, room: Conversation) -> list[Message]:
        """What the person sees in one place, replies included, oldest first."""
        private = [m for m in room.ephemerals if m.to == self._user]
        return sorted([*room.messages.values(), *private], key=lambda m: m.ts)

    def messages(self, rooms: list[Conversation]) -> list[SeenMessage]:
        """Top-level messages of several places, oldest first, each with its thread."""
        found = [
            self.see(room, message)
            for room in rooms
            for message in self.visible(room)
            if not message.in_thread or message.broadcast or self._is_lone(room, message)
        ]
        return sorted(found, key=lambda seen: seen.ts)

    def see(self, room: Conversation, message: Message) -> SeenMessage:
        thread = [m for m in self.visible(room) if m.in_thread and m.thread_ts == message.ts]
        files = "".join(f"\n(file: {file['title']})" for file in message.files)
        return SeenMessage(
            ts=message.ts,
            channel=room.id,
            place=self.place(room),
            author=self._viewer.name_of(message.user),
            text=message_text(self._viewer, message.text, message.blocks) + files,
            buttons=self._buttons(message.blocks),
            thread=tuple(self.see(room, reply) for reply in thread),
            ephemeral=message.to is not None,
            edited=message.edited is not None,
            raw=message.payload(self._workspace.team_id, metadata="all"),
        )

    def modal(self) -> SeenView | None:
        top = self._workspace.screen(self._user).top
        return self._view("modal", top) if top else None

    def home(self) -> SeenView | None:
        home = self._workspace.screen(self._user).home
        return self._view("home", home) if home else None

    def place(self, room: Conversation) -> str:
        """How the person would name a place."""
        if room.kind == "im":
            return f"DM with {self._viewer.name_of(room.other_than(self._user))}"
        if room.kind == "mpim":
            others = [self._viewer.name_of(u) for u in room.members if u != self._user]
            return f"group DM with {', '.join(others)}"
        return f"#{room.name}"

    def surfaces(self) -> Iterator[Surface]:
        """Everything with elements: the modal, then Home if in front, then the newest first."""
        screen = self._workspace.screen(self._user)
        if screen.top is not None:
            yield Surface("modal", screen.top.blocks, screen.top.state, view=screen.top)
        home = screen.home
        shown_home = home and Surface("home", home.blocks, home.state, view=home)
        if shown_home and screen.home_is_in_front:
            yield shown_home
        everything = [(m, room) for room in self.rooms() for m in self.visible(room)]
        for message, room in sorted(everything, key=lambda pair: pair[0].ts, reverse=True):
            state = screen.touched(message.ts, message.blocks)
            yield Surface("message", message.blocks, state, room=room, message=message)
        if shown_home and not screen.home_is_in_front:
            yield shown_home

    def label_of(self, block: Json) -> str:
        """The words that stand beside an element."""
        return object_text(self._viewer, block.get("label") or block.get("text"))

    def words_at(self, surface: Surface, block: Json) -> str:
        """The words of a block, or for one without any, of the nearest above it that has some."""
        index = next(i for i, b in enumerate(surface.blocks) if b is block)
        texts = (surface_text(self._viewer, [b], surface.state) for b in surface.blocks[index::-1])
        return next((text for text in texts if text), "")

    def _is_lone(self, room: Conversation, message: Message) -> bool:
        """A reply to something this person cannot see."""
        return message.thread_ts not in room.messages

    def _view(self, kind: Literal["modal", "home"], view: View) -> SeenView:
        workspace = self._workspace
        labels = {b["block_id"]: self.label_of(b) for b in view.blocks}
        return SeenView(
            kind=kind,
            title=object_text(self._viewer, view.source.get("title")),
            text=surface_text(self._viewer, view.blocks, view.state),
            buttons=self._buttons(view.blocks),
            values=self._values(view),
            errors={labels.get(block, block): text for block, text in view.errors.items()},
            raw=view.payload(workspace.team_id, APP_ID, workspace.bot_id),
        )

    def _values(self, view: View) -> dict[str, str]:
        return {
            self.label_of(block): value_text(
                self._viewer, element, view.state[block["block_id"]][element["action_id"]]
            )
            for block, element in elements(view.blocks)
            if element["type"] in VALUE_KEYS
        }

    def _buttons(self, blocks: list[Json]) -> tuple[str, ...]:
        return tuple(
            element["text"]["text"]
            for _, element in elements(blocks)
            if element["type"] in ("button", "workflow_button")
        )


def _as_buttons(labels: tuple[str, ...]) -> list[str]:
    return [" ".join(f"[{label}]" for label in labels)] if labels else []
