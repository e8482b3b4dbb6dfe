"""People of the simulated workspace, who type, click, fill in forms and look at their screen.

    bima.types("/mentor join")
    bima.submits({"Goal": "Speak up", "Days": ["Mon", "Tue"]})
    bima.sees("Welcome")

Each action waits for the app's acknowledgement and raises `AppFailed` when it does not come
(unless `expect_error=True`); what cannot be found on the screen is an `AssertionError` that
prints the screen.
"""

from collections.abc import Mapping
from typing import Any, Literal

from bot.sandbox.account import Account
from bot.sandbox.acting import Where
from bot.sandbox.delivery.payloads import escaped
from bot.sandbox.errors import AppFailed, ClientRefused, SlackError
from bot.sandbox.forms import complaints
from bot.sandbox.journal import Record
from bot.sandbox.rendering import Viewer, message_text
from bot.sandbox.sight import SeenMessage, SeenView
from bot.sandbox.state.conversations import Message

Json = dict[str, Any]


class Person(Account):
    """One person at their own Slack. Everything they see is in their language and zone."""

    def types(self, line: str, channel: str | None = None, *, expect_error: bool = False) -> None:
        """Send a slash command, from the DM with the app unless a channel is named."""
        self._be_present(at_home=True)
        name, _, text = line.partition(" ")
        with self.world.lock:
            known = self.world.app.commands
            if known is not None and name not in known:
                raise ClientRefused(f"{name} is not a command here; there are: {sorted(known)}")
            room = self._room(channel)
            if self.hub.should_escape:
                text = escaped(self.workspace, text, with_names=True)
            payload = self._payloads.command(self.user, room, name, text.strip())
        answer = self._ask("slash_commands", payload, line, expect_error=expect_error)
        if answer.ok and answer.body:
            self._take_reply(payload["response_url"], answer.body)
        self.hub.finish_action()

    def says(
        self,
        text: str,
        *,
        channel: str | None = None,
        thread: SeenMessage | str | None = None,
        expect_error: bool = False,
    ) -> SeenMessage:
        """Write a message: to the app, or in a channel, or as a reply in a thread."""
        self._be_present()
        mark = self.hub.mark()
        with self.world.lock:
            room, thread_ts = self._place_of(channel, thread)
            message = self._typed(room, text, thread_ts)
            self.hub.posting.post(self.workspace, room, message, None)
            if f"<@{self.workspace.bot.id}>" in message.text and room.kind != "im":
                mention = {"type": "app_mention", "user": self.id, "text": message.text}
                mention |= {"ts": message.ts, "event_ts": message.ts, "channel": room.id}
                self.world.emit(self.workspace, mention)
            seen = self._eyes.see(room, message)
        self._await_events(mark, f"says {text!r}", expect_error=expect_error)
        return seen

    def edits(self, message: SeenMessage, text: str, *, expect_error: bool = False) -> None:
        """Change one's own message."""
        mark = self.hub.mark()
        with self.world.lock:
            room, kept = self._own(message)
            shown = escaped(self.workspace, text, with_names=False)
            blocks = [self._rich_text(shown)]
            self.hub.posting.change(self.workspace, room, kept, shown, blocks, None)
        self._await_events(mark, f"edits to {text!r}", expect_error=expect_error)

    def deletes(self, message: SeenMessage, *, expect_error: bool = False) -> None:
        """Delete one's own message."""
        mark = self.hub.mark()
        with self.world.lock:
            room, kept = self._own(message)
            self.hub.posting.remove(self.workspace, room, kept, None)
        self._await_events(mark, "deletes a message", expect_error=expect_error)

    def reacts(self, message: SeenMessage, name: str, *, expect_error: bool = False) -> None:
        """Add an emoji, named without colons."""
        mark = self.hub.mark()
        with self.world.lock:
            kept = self.workspace.conversation(message.channel).messages[message.ts]
            kept.reactions.append((name, self.id))
            item = {"type": "message", "channel": message.channel, "ts": message.ts}
            event = {"type": "reaction_added", "user": self.id, "reaction": name, "item": item}
            event |= {"item_user": kept.user, "event_ts": self.world.ts()}
            self.world.emit(self.workspace, event)
        self._await_events(mark, f"reacts with {name}", expect_error=expect_error)

    def opens_home(
        self, *, tab: Literal["home", "messages"] = "home", expect_error: bool = False
    ) -> None:
        """Open the app, on its Home tab or its Messages tab."""
        self._be_present(at_home=True)
        mark = self.hub.mark()
        with self.world.lock:
            screen = self.workspace.screen(self.id)
            screen.home_is_in_front = tab == "home"
            room = self.workspace.app_dm(self.id)
            event: Json = {
                "type": "app_home_opened",
                "user": self.id,
                "channel": room.id,
                "tab": tab,
            }
            event |= {"event_ts": self.world.ts()}
            if tab == "home" and screen.home is not None:
                event["view"] = self._view_payload(screen.home)
            self.world.emit(self.workspace, event)
        self._await_events(mark, f"opens the {tab} tab", expect_error=expect_error)

    def clicks(
        self,
        label: str,
        *,
        in_: Where = None,
        beside: str | None = None,
        expect_error: bool = False,
    ) -> None:
        """Press the newest visible button with this label or action_id, confirming if asked to.

        An open modal comes first, then Home when it was opened last, then messages. `beside` are
        words of its block, or of the text above it, for lists with many equal buttons.
        """
        payload = self.payload_for_click(label, in_=in_, beside=beside)
        self._ask("interactive", payload, f"clicks {label!r}", expect_error=expect_error)
        self.hub.finish_action()

    def payload_for_click(
        self, label: str, *, in_: Where = None, beside: str | None = None
    ) -> Json:
        """What clicking would send; not sent. For tests that tamper with it."""
        self._be_present()
        with self.world.lock:
            surface, block, element = self._button(label, in_, beside)
            return self._payloads.block_actions(self.user, surface, block, element, {})

    def picks(
        self, label: str, choice: Any, *, in_: Where = None, expect_error: bool = False
    ) -> None:
        """Choose in (or type into) an element found by the words beside it, or its action_id.

        Elements that answer at once tell the app; inputs of a modal merely keep the choice.
        """
        payload = self.payload_for_pick(label, choice, in_=in_)
        if payload is not None:
            what = f"picks {choice!r} for {label!r}"
            self._ask("interactive", payload, what, expect_error=expect_error)
        self.hub.finish_action()

    def payload_for_pick(self, label: str, choice: Any, *, in_: Where = None) -> Json | None:
        """Choose without telling the app; returns what would tell it, None for a plain input."""
        self._be_present()
        with self.world.lock:
            surface, block, element = self._element(label, in_)
            value = self._choose(surface, block, element, choice)
            if block["type"] == "input" and not block.get("dispatch_action"):
                return None
            return self._payloads.block_actions(self.user, surface, block, element, value)

    def fills(self, values: Mapping[str, Any]) -> None:
        """Fill inputs of the open modal, by label (or block_id or action_id), and send nothing."""
        for label, given in values.items():
            self.payload_for_pick(label, given, in_="modal")

    def submits(
        self, values: Mapping[str, Any] | None = None, *, expect_error: bool = False
    ) -> None:
        """Fill the open modal and submit it; what isn't named keeps what it holds.

        Raises `ClientRefused` when the client would not send it, for example because a required
        input is empty; the complaints are then in `modal.errors`.
        """
        self.fills(values or {})
        with self.world.lock:
            view = self._top_view()
            assert view.source.get("submit"), f"this modal has no submit button\n{self.screen()}"
            view.errors = complaints(view)
        if view.errors:
            if not expect_error:
                raise ClientRefused(f"Slack would not send this\n{self.screen()}")
            return
        payload = self.payload_for_submit()
        answer = self._ask("interactive", payload, "submits the form", expect_error=expect_error)
        if answer.ok:
            with self.world.lock:
                self.hub.responses.submission(self.workspace, self.id, view, answer.body)
        self.hub.finish_action()

    def payload_for_submit(self) -> Json:
        """What submitting the open modal as it stands would send; not sent."""
        self._be_present()
        with self.world.lock:
            return self._payloads.submission(self.user, self._top_view())

    def closes(self, *, everything: bool = False, expect_error: bool = False) -> None:
        """Close the modal on top, or with its ✕ the whole stack."""
        with self.world.lock:
            top = self._top_view()
            stack = self.workspace.screen(self.id).modals
            cleared = everything or bool(top.source.get("clear_on_close"))
            gone = list(reversed(stack)) if cleared else [top]
            self.workspace.screen(self.id).modals = [v for v in stack if v not in gone]
            payloads = [
                self._payloads.closed(self.user, view, all_closed=cleared)
                for view in gone
                if view.source.get("notify_on_close")
            ]
        for payload in payloads:
            self._ask("interactive", payload, "closes the modal", expect_error=expect_error)
        self.hub.finish_action()

    def reads(self) -> None:
        """Look at everything: nothing is unread any more."""
        with self.world.lock:
            for room in self._eyes.rooms():
                room.mark_read(self.id)

    @property
    def unread(self) -> int:
        """How many messages came since the person last looked (or wrote) there."""
        with self.world.lock:
            return sum(len(room.unread_by(self.id)) for room in self._eyes.rooms())

    @property
    def modal(self) -> SeenView | None:
        """The modal on top, or None."""
        with self.world.lock:
            return self._eyes.modal()

    @property
    def home(self) -> SeenView | None:
        """The app's Home tab as last published, or None."""
        with self.world.lock:
            return self._eyes.home()

    def messages(self, with_: str | None = None) -> list[SeenMessage]:
        """Visible messages, oldest first: "app", "group" (all group DMs), "#channel", or all."""
        with self.world.lock:
            return self._eyes.messages(self._rooms_named(with_))

    def text_of(self, record: Record) -> str:
        """A journal record as this person reads it (or would, if they may)."""
        with self.world.lock:
            viewer = Viewer(self.workspace, self.user, self.world.now())
            return message_text(viewer, record.text, record.blocks)

    def sees(self, text: str) -> SeenMessage | SeenView:
        """Assert that the text is somewhere on the screen; returns the newest place.

        Line breaks and repeated spaces do not matter.
        """
        found = self._find(text)
        assert found is not None, f"{self.handle} does not see {text!r}\n{self.screen()}"
        return found

    def does_not_see(self, text: str) -> None:
        found = self._find(text)
        assert found is None, f"{self.handle} sees {text!r}:\n{found}"

    def _take_reply(self, response_url: str, body: Any) -> None:
        """Show what the app answered to a command in the answer itself."""
        reply = body if isinstance(body, dict) else {"text": str(body)}
        try:
            with self.world.lock:
                url = self.world.response_urls[response_url.rpartition("/")[2]]
                self.hub.responses.say(url, reply, self._origin(reply))
        except SlackError as refusal:
            raise AppFailed(f"Slack refused the answer: {refusal.answer()}") from None

    def _own(self, message: SeenMessage) -> tuple[Any, Message]:
        room = self.workspace.conversation(message.channel)
        kept = room.messages.get(message.ts)
        assert kept is not None, "the message is gone"
        assert kept.user == self.id, "people can change their own messages only"
        return room, kept
