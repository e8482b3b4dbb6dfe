"""The refusals of the simulated Slack, and the complaints of the people who use it."""

from typing import Any


class SlackError(Exception):
    """An `{"ok": false, "error": code}` answer, with what Slack adds to it.

    `retry_after` (seconds) makes it HTTP 429; all other refusals are HTTP 200, as Slack's are.
    """

    def __init__(self, code: str, *, retry_after: int | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.extra = extra

    @classmethod
    def because(cls, code: str, reasons: list[str]) -> "SlackError":
        """With the list of reasons Slack gives in `response_metadata.messages`."""
        messages = [f"[ERROR] {reason}" for reason in reasons]
        return cls(code, response_metadata={"messages": messages})

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.extra}


class AppFailed(AssertionError):
    """The app did not answer a person as it should have: no ack, an error, an unusable answer."""


class ClientRefused(AssertionError):
    """Slack's own client would not have let the person do this; the app never heard of it."""
