"""One workspace: its people, its conversations, the app's installation in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.sandbox.errors import SlackError
from bot.sandbox.state.conversations import Conversation, Kind, same_people
from bot.sandbox.state.people import User
from bot.sandbox.state.views import Screen, View


@dataclass
class Workspace:
    """State of one team. Ids are counted per team, so two teams hold equal ids."""

    team_id: str
    name: str
    domain: str
    bot_token: str
    bot: User
    bot_id: str
    users: dict[str, User] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    screens: dict[str, Screen] = field(default_factory=dict)
    revoked: str | None = None
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.users[self.bot.id] = self.bot

    def next_id(self, prefix: str) -> str:
        """U00000001, C00000001, …: readable, and the same in every run."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}{self._counts[prefix]:08d}"

    def user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def by_handle(self, handle: str) -> User | None:
        return next((u for u in self.users.values() if u.handle == handle.removeprefix("@")), None)

    def conversation(self, channel_id: str) -> Conversation:
        if channel_id not in self.conversations:
            raise SlackError("channel_not_found")
        return self.conversations[channel_id]

    def by_name(self, name: str) -> Conversation | None:
        wanted = name.removeprefix("#")
        rooms = (c for c in self.conversations.values() if c.kind in ("channel", "group"))
        return next((c for c in rooms if c.name == wanted), None)

    def add_conversation(self, kind: Kind, name: str, members: Iterable[str]) -> Conversation:
        made = Conversation(self.next_id("D" if kind == "im" else "C"), kind, name, list(members))
        self.conversations[made.id] = made
        return made

    def open_dm(self, user_id: str, other_id: str) -> Conversation:
        """The direct message of two people; made when there is none."""
        pair = [user_id, other_id]
        for found in self.conversations.values():
            if found.kind == "im" and same_people(found, pair):
                return found
        return self.add_conversation("im", "", pair)

    def app_dm(self, user_id: str) -> Conversation:
        """A person's direct message with the app."""
        return self.open_dm(self.bot.id, user_id)

    def open_group(self, users: Sequence[str]) -> Conversation:
        """The group DM of exactly these people, whatever their order; made when there is none."""
        for found in self.conversations.values():
            if found.kind == "mpim" and same_people(found, users):
                return found
        handles = sorted(self.users[u].handle for u in users)
        return self.add_conversation("mpim", f"mpdm-{'--'.join(handles)}-1", users)

    def screen(self, user_id: str) -> Screen:
        return self.screens.setdefault(user_id, Screen())

    def find_view(self, view_id: str | None, external_id: str | None) -> tuple[str, View] | None:
        """(user id, view) of an open modal or a Home view."""
        for user_id, screen in self.screens.items():
            shown = [*screen.modals, *([screen.home] if screen.home else [])]
            for view in shown:
                by_external = external_id and view.source.get("external_id") == external_id
                if view.id == view_id or by_external:
                    return user_id, view
        return None

    def channel_label(self, room: Conversation) -> str:
        """`channel_name` as Slack writes it in commands."""
        names = {"im": "directmessage", "group": "privategroup"}
        return names.get(room.kind, room.name)
