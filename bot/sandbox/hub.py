"""The parts of a sandbox that people act through, tied together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.parcel import Answer, Delivery, Road
from bot.sandbox.posting import Posting
from bot.sandbox.responses import Responses
from bot.sandbox.server import Server
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import World

Json = dict[str, Any]
SLACK = 5.0  # real seconds on top of the app's time to answer, for the sandbox itself


@dataclass
class Hub:
    """Passed to every person. `ack_seconds` (real) is how long the app may take to answer."""

    world: World
    courier: Courier
    server: Server
    posting: Posting
    responses: Responses
    ack_seconds: float
    should_escape: bool
    after_action: list[Callable[[], None]] = field(default_factory=list)

    def ask(self, kind: Road, workspace: Workspace, payload: Json) -> Answer:
        """Send what a person waits for, and wait for the app's answer."""
        delivery = Delivery(kind, workspace.team_id, payload)
        self.courier.deliveries.append(delivery)
        answer = self.server.run(self.courier.send(kind, payload), self.ack_seconds + SLACK)
        delivery.attempts.append(answer)
        delivery.settled.set()
        return answer

    def mark(self) -> int:
        """Where the list of deliveries ends now; see `since`."""
        return len(self.courier.deliveries)

    def since(self, mark: int) -> list[Delivery]:
        return self.courier.deliveries[mark:]

    def finish_action(self) -> None:
        for hook in self.after_action:
            hook()
