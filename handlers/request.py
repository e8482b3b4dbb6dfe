"""One request from Slack, as the feature modules see it.

A feature's listener takes a `Request`, turns it into a command, runs it, and answers. How an
answer reaches the person (ack, message update, modal) depends on where they pressed; that is
settled here, once. Slack's payload is read through `handlers.parsing` only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from bot.clock import Clock
from bot.config import Settings
from bot.domain.actor import Actor
from bot.domain.message import Block, Message, View
from bot.i18n import Reader
from bot.services import home
from bot.services.actors import Actors
from bot.slack.gateway import Gateway
from bot.storage.unit_of_work import Database, Tx
from bot.views import blocks, notices
from bot.views import home as home_view
from handlers import parsing

C = TypeVar("C")
E = TypeVar("E")


@dataclass(frozen=True)
class Bot:
    """What listeners work with; built once in `bot.app`."""

    db: Database
    gateway: Gateway
    clock: Clock
    settings: Settings
    actors: Actors


class Ack(Protocol):
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...


@dataclass
class Request:
    bot: Bot
    actor: Actor
    t: Reader
    body: Mapping[str, Any]
    ack: Ack
    word: str = ""  # the word of the command, when it came by one
    text: str = ""  # what followed the word
    keep: bool = False  # the pressed message stays as it is; the answer goes beside it
    acked: bool = False
    runs: int = field(default=0, repr=False)

    # What was sent

    @property
    def value(self) -> str:
        return parsing.value(self.body)

    @property
    def form(self) -> parsing.Form:
        return parsing.form(self.body)

    @property
    def meta(self) -> dict[str, str]:
        return parsing.meta(self.body)

    # Doing

    def run(self, use_case: Callable[[Tx, C], E], command: C) -> E:
        """Run one use case in its transaction; a repeat of this request raises `AlreadyDone`."""
        once = parsing.once(self.body)
        if once is not None:
            self.runs += 1
            once = f"{once}:{self.runs}" if self.runs > 1 else once
        return self.bot.db.run(self._and_touch_home(use_case), command, once=once)

    def read(self, query: Callable[[Tx, C], E], command: C) -> E:
        return self.bot.db.read(query, command)

    @property
    def is_submission(self) -> bool:
        return self.body.get("type") == "view_submission"

    # Answering

    def done(self) -> None:
        """Acknowledge; a submitted form closes."""
        if not self.acked:
            self.acked = True
            self.ack()

    def close_all(self) -> None:
        """Close the submitted form and every one below it."""
        self._ack(response_action="clear")

    def invalid(self, errors: Mapping[str, str]) -> None:
        """Keep the form open and say what is to be mended, under each input (block id)."""
        self._ack(response_action="errors", errors=dict(errors))

    def show(self, view: View) -> None:
        """Put `view` in place of the submitted form, or open it where there is none."""
        if self.is_submission:
            self._ack(response_action="update", view=view)
        else:
            self.open(view)

    def open(self, view: View) -> None:
        """Open a modal; on top of the one in which the button was, if it was in one. Words typed
        in the DM come without the trigger that a modal needs, so there it is one press away."""
        trigger = parsing.trigger_id(self.body)
        if not trigger:
            self.answer(notices.press_to_open(self.t, self.word, self.text))
            return
        if parsing.container(self.body) == "modal":
            self.bot.gateway.push_view(self.actor.workspace_id, trigger, view)
        else:
            self.bot.gateway.open_view(self.actor.workspace_id, trigger, view)
        self.done()

    def show_in_place(self, view: View) -> None:
        """Put `view` in place of the modal in which a button was, so that none is left behind that
        shows an old state; elsewhere as `show`."""
        if parsing.container(self.body) == "modal" and not self.is_submission:
            self.update_modal(view)
        else:
            self.show(view)

    def update_modal(self, view: View) -> None:
        """Change the modal in which a button was pressed; typed input with equal ids stays."""
        view_id = parsing.view_id(self.body)
        if view_id:
            self.bot.gateway.update_view(self.actor.workspace_id, view_id, view)
        self.done()

    def answer(self, message: Message) -> None:
        """Say it where the person is: in place of the pressed message, next to a command, or in a
        modal when they pressed in App Home or submitted a form."""
        where = parsing.container(self.body)
        if where == "message" and not self.keep and self._replace(message):
            return
        if where == "ephemeral":
            self._respond(message, replace=True)
        elif where == "modal" and parsing.action_id(self.body):
            self.update_modal(notices.as_modal(self.t, message))
        elif where in {"home", "modal"}:
            self.show(notices.as_modal(self.t, message))
        elif "command" in self.body:
            self._ack(response_type="ephemeral", text=message.text, blocks=list(message.blocks))
        else:
            self.whisper(message)

    def answer_part(self, part: str, message: Message) -> None:
        """Put `message` in place of one part (see `blocks.part`) of the pressed message, such as
        one of several prompts; the other parts stay. Elsewhere it is an answer like any other."""
        place = parsing.message_place(self.body)
        text, shown = parsing.message_content(self.body)
        if parsing.container(self.body) != "message" or place is None or not shown:
            self.answer(message)
            return
        self._update_part(place, text, shown, part, message)
        self.done()

    def settle_part(self, place: tuple[str, str], part: str, message: Message) -> None:
        """The same for a message that was not pressed, read back from the bot's DM with the
        person: `place` is its channel and timestamp."""
        found = self.bot.gateway.read_message(self.actor.workspace_id, *place)
        if found is not None:
            self._update_part(place, found.text, found.blocks, part, message)

    def whisper(self, message: Message) -> None:
        """Say it to this person alone, and leave the pressed message as it is."""
        if parsing.container(self.body) in {"home", "modal"}:
            self.open(notices.as_modal(self.t, message))
        elif "event" in self.body:
            self._say(message)
        else:
            self._respond(message, replace=False)

    def refuse(self, message: Message) -> None:
        """Say why not. A submitted form stays below the answer, with all that was typed."""
        if self.is_submission:
            self._ack(response_action="push", view=notices.as_modal(self.t, message))
        elif "command" in self.body:
            self.answer(message)
        else:
            self.whisper(message)

    def refresh_home(self) -> None:
        """Publish the person's own App Home now, while they wait for it."""
        summary = self.read(home.load, self.actor)
        self.bot.gateway.publish_home(
            self.actor.workspace_id, self.actor.slack_user_id, home_view.render(self.t, summary)
        )

    def _and_touch_home(self, use_case: Callable[[Tx, C], E]) -> Callable[[Tx, C], E]:
        """In the same transaction: if this person looks at their Home, it is published again."""

        def run(tx: Tx, command: C) -> E:
            event = use_case(tx, command)
            home.touch(tx, self.actor)
            return event

        return run

    def _replace(self, message: Message) -> bool:
        place = parsing.message_place(self.body)
        if place is None:
            return False
        self.bot.gateway.update(self.actor.workspace_id, place[0], place[1], message)
        self.done()
        return True

    def _update_part(
        self,
        place: tuple[str, str],
        text: str,
        shown: Sequence[Block],
        part: str,
        message: Message,
    ) -> None:
        changed = blocks.replaced(shown, part, message.blocks)
        self.bot.gateway.update(self.actor.workspace_id, *place, Message(text, changed))

    def _say(self, message: Message) -> None:
        """Answer something typed in the DM, there. Sent after the commit and at most once."""
        channel = parsing.event_channel(self.body)
        if channel:
            key = parsing.once(self.body) or ""
            self.bot.gateway.post(self.actor.workspace_id, channel, message, key=key)
        self.done()

    def _respond(self, message: Message, *, replace: bool) -> None:
        url = parsing.response_url(self.body)
        if url:
            self.bot.gateway.respond(url, message, replace=replace)
        self.done()

    def _ack(self, **answer: Any) -> None:
        self.acked = True
        self.ack(**answer)
