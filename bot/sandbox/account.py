"""What people do with their account: entering channels, changing their profile, leaving."""

from typing import Any

from bot.sandbox.acting import Acting

Json = dict[str, Any]


class Account(Acting):
    """One person's membership of the workspace and its channels."""

    def joins(self, channel: str, *, expect_error: bool = False) -> None:
        """Enter a channel."""
        self._enter(channel, self.id, expect_error=expect_error)

    def invites_app(self, channel: str, *, expect_error: bool = False) -> None:
        """Bring the app into a channel the person is in."""
        assert self.id in self._room(channel).members, f"{self.handle} is not in {channel}"
        self._enter(channel, self.workspace.bot.id, inviter=self.id, expect_error=expect_error)

    def changes(self, *, expect_error: bool = False, **profile: Any) -> None:
        """Change one's account: tz, locale, display_name, real_name, deleted, is_admin, …"""
        mark = self.hub.mark()
        with self.world.lock:
            for name, value in profile.items():
                assert hasattr(self.user, name), f"an account has no {name}"
                setattr(self.user, name, value)
            self.user.updated = int(self.world.now().timestamp())
            self.world.emit(self.workspace, self._account_event("user_change"))
        self._await_events(mark, f"changes {sorted(profile)}", expect_error=expect_error)

    def arrives(self, *, expect_error: bool = False) -> None:
        """Tell the app, if it wants to know, that this person has joined the workspace."""
        mark = self.hub.mark()
        with self.world.lock:
            self.world.emit(self.workspace, self._account_event("team_join"))
        self._await_events(mark, "arrives", expect_error=expect_error)

    def _account_event(self, kind: str) -> Json:
        """An event that shows the account as `users.info` would."""
        shown = self.user.payload(
            self.world.now(),
            home_team=self.workspace.team_id,
            locale=True,
            email="users:read.email" in self.world.app.scopes,
        )
        return {"type": kind, "user": shown, "event_ts": self.world.ts()}

    def _enter(
        self, channel: str, who: str, *, inviter: str | None = None, expect_error: bool
    ) -> None:
        mark = self.hub.mark()
        with self.world.lock:
            self.hub.posting.enter(self.workspace, self._room(channel), who, inviter)
        self._await_events(mark, f"enters {channel}", expect_error=expect_error)
