"""A thing on its way to the app, and what came back."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

Json = dict[str, Any]
Road = Literal["events_api", "interactive", "slash_commands"]
# waits before the second and third retry; the first comes at once (docs.slack.dev/apis/events-api)
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True)
class Answer:
    """What the app said. `failure` is Slack's retry reason, None when the app acknowledged.

    `body` is parsed JSON, text, or None when empty.
    """

    status: int
    body: Any = None
    failure: str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.failure is None


@dataclass(frozen=True)
class Retry:
    """Which repetition this is, and why there had to be one."""

    number: int
    reason: str


@dataclass
class Delivery:
    """One payload with the attempts made so far.

    `settled` is set when it was acknowledged, or when the attempts that come at once have failed;
    `due` (sandbox time) then says when the next one follows.
    """

    kind: Road
    team: str
    payload: Json
    attempts: list[Answer] = field(default_factory=list)
    due: datetime | None = None
    lose_answers: int = 0
    settled: threading.Event = field(default_factory=threading.Event)

    @property
    def acked(self) -> bool:
        return bool(self.attempts) and self.attempts[-1].ok

    @property
    def given_up(self) -> bool:
        """Slack will not try again."""
        return self.settled.is_set() and not self.acked and self.due is None

    def as_slack_sees(self, answer: Answer) -> Answer:
        """The answer, or a time-out when a fault loses it on its way back."""
        if self.lose_answers == 0:
            return answer
        self.lose_answers -= 1
        return Answer(0, failure="http_timeout")

    def retry(self) -> Retry | None:
        """How the next attempt is labelled."""
        if not self.attempts:
            return None
        return Retry(len(self.attempts), self.attempts[-1].failure or "")

    def next_wait(self) -> timedelta | None:
        """How long until the next attempt after a failed one; None when there is none left."""
        made = len(self.attempts)
        if self.attempts[-1].no_retry or made > len(RETRY_AFTER):
            return None
        return RETRY_AFTER[made - 1]
