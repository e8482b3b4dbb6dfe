"""Publishing the App Homes that show something old to somebody who looks at them."""

import logging
from dataclasses import dataclass

from bot.i18n import reader
from bot.services import home, people
from bot.slack.gateway import Gateway, SlackFault
from bot.storage.unit_of_work import Database
from bot.views import home as view

log = logging.getLogger(__name__)

_AT_ONCE = 20  # views.publish takes 100 a minute (docs.slack.dev/apis/web-api/rate-limits, tier 4)


@dataclass(frozen=True)
class Homes:
    db: Database
    gateway: Gateway
    first_leads: tuple[str, ...]

    def tick(self) -> int:
        """How many were to be published. One that fails waits until it is opened again."""
        stale = self.db.run(home.take_stale, _AT_ONCE)
        for one in stale:
            try:
                self._publish(one)
            except SlackFault as fault:
                log.warning("home not published: %s", fault)
        return len(stale)

    def _publish(self, stale: home.StaleHome) -> None:
        wanted = people.FindActor(stale.team_id, stale.slack_user_id, self.first_leads, fresh=False)
        actor = self.db.read(people.find_actor, wanted).actor
        if actor is None:
            return
        drawn = view.render(reader(actor.locale, actor.tz), self.db.read(home.load, actor))
        self.gateway.publish_home(actor.workspace_id, actor.slack_user_id, drawn)
