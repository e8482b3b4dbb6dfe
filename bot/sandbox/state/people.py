"""People and bots of a workspace, and how Slack describes them in `users.info`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


@dataclass
class User:
    """One account. `team_id` differs from the workspace's own for a person from outside."""

    id: str
    team_id: str
    handle: str
    real_name: str
    display_name: str = ""
    tz: str | None = "UTC"
    locale: str = "en-US"
    email: str | None = None
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    deleted: bool = False
    updated: int = 0

    @property
    def shown_name(self) -> str:
        """The name others see beside a message."""
        return self.display_name or self.real_name or self.handle

    def payload(
        self, now: datetime, *, home_team: str, locale: bool, email: bool
    ) -> dict[str, Any]:
        """The `user` object. Slack leaves most fields out for an account that was deactivated."""
        found: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": self._profile(email=email),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if self.team_id != home_team:
            found["is_stranger"] = self.is_stranger
        if self.deleted:
            return found
        found |= {"real_name": self.real_name, **self._zone(now), **self._roles()}
        if locale and self.team_id == home_team:  # Slack tells no locale of people from outside
            found["locale"] = self.locale
        return found

    def _profile(self, *, email: bool) -> dict[str, Any]:
        profile: dict[str, Any] = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "team": self.team_id,
        }
        if email and self.email is not None:
            profile["email"] = self.email
        return profile

    def _zone(self, now: datetime) -> dict[str, Any]:
        if self.tz is None:
            return {}
        local = now.astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        seconds = int(offset.total_seconds()) if offset is not None else 0
        return {"tz": self.tz, "tz_label": local.tzname() or self.tz, "tz_offset": seconds}

    def _roles(self) -> dict[str, bool]:
        return {
            "is_admin": self.is_admin or self.is_owner,
            "is_owner": self.is_owner,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted or self.is_ultra_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
        }
