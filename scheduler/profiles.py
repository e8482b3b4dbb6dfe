"""People who take part and were not looked at for a day: their zone or their account may have
changed without an event. A few at each beat; the whole workspace is never listed."""

import logging
from dataclasses import dataclass

from bot.services import profiles
from bot.slack import directory
from bot.slack.errors import SlackFault
from bot.slack.gateway import Gateway
from bot.storage.unit_of_work import Database

log = logging.getLogger(__name__)

AT_ONCE = 10


@dataclass(frozen=True)
class Profiles:
    db: Database
    gateway: Gateway

    def tick(self) -> int:
        """Ask Slack about some of those who are due; how many."""
        due = self.db.run(profiles.to_refresh, AT_ONCE)
        for one in due:
            self._refresh(one)
        return len(due)

    def _refresh(self, one: profiles.Refreshing) -> None:
        try:
            profile = directory.fetch(self.gateway, one.workspace_id, one.slack_user_id)
        except SlackFault as fault:
            log.warning("profile not read: %s", fault)
            return
        self.db.run(profiles.changed, profiles.Changed(one.team_id, profile))
