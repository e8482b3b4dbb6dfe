"""A workspace as tests and demos set it up: people, channels, and the end of the installation."""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.hub import Hub
from bot.sandbox.people import Person
from bot.sandbox.state.conversations import Kind
from bot.sandbox.state.people import User
from bot.sandbox.state.workspace import Workspace


class Team:
    """One workspace in which the app is installed."""

    def __init__(self, hub: Hub, workspace: Workspace) -> None:
        self._hub = hub
        self.workspace = workspace
        self._people: dict[str, Person] = {}

    @property
    def id(self) -> str:
        return self.workspace.team_id

    @property
    def bot_token(self) -> str:
        return self.workspace.bot_token

    @property
    def bot_user_id(self) -> str:
        return self.workspace.bot.id

    def person(self, handle: str) -> Person:
        known = ", ".join(self._people)
        assert handle in self._people, f"nobody here is called {handle!r}; there are: {known}"
        return self._people[handle]

    @property
    def people(self) -> list[Person]:
        """Everyone, in the order in which they were added."""
        return list(self._people.values())

    def add_person(
        self, handle: str, name: str | None = None, *, team_id: str | None = None, **account: Any
    ) -> Person:
        """A new account. `account`: tz, locale, display_name, email, is_admin, is_owner,
        is_restricted, is_ultra_restricted, is_bot, deleted, is_stranger. `team_id` of another
        team makes it a person from outside (Slack Connect).
        """
        with self._hub.world.lock:
            workspace = self.workspace
            assert workspace.by_handle(handle) is None, f"there is a {handle!r} already"
            real_name = name or handle.capitalize()
            user = User(
                workspace.next_id("U"), team_id or workspace.team_id, handle, real_name, **account
            )
            workspace.users[user.id] = user
            made = self._people[handle] = Person(self._hub, workspace, user)
        return made

    def add_channel(
        self, name: str, members: Iterable[Person] = (), *, private: bool = False, app: bool = False
    ) -> str:
        """A new channel; returns its id. `app`: the app is in it, too."""
        with self._hub.world.lock:
            ids = [person.id for person in members]
            if app:
                ids.append(self.workspace.bot.id)
            kind: Kind = "group" if private else "channel"
            return self.workspace.add_conversation(kind, name.removeprefix("#"), ids).id

    def uninstall(self) -> None:
        """Remove the app: its token ends, and it is told so (in Slack's uncertain order)."""
        with self._hub.world.lock:
            self.workspace.revoked = "account_inactive"
            tokens = {"oauth": [], "bot": [self.workspace.bot.id]}
            self._hub.world.emit(self.workspace, {"type": "tokens_revoked", "tokens": tokens})
            self._hub.world.emit(self.workspace, {"type": "app_uninstalled"})

    def revoke_token(self, code: str = "token_revoked") -> None:
        """Let every further call fail with this code, without telling the app."""
        with self._hub.world.lock:
            self.workspace.revoked = code
