"""Logs hold ids and places; no tokens, no passwords, and nothing that people wrote."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from slack_bolt.middleware import RequestVerification
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse

from bot import logs

TOKEN = "xoxb-123-456-secretpart"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield io.StringIO()
    logging.captureWarnings(False)
    root.handlers[:], root.level = before


def _fail(text: str) -> None:
    try:
        try:
            raise KeyError(text)
        except KeyError as cause:
            raise ValueError(f"bad: {text}") from cause
    except ValueError:
        logging.getLogger("bot.test").exception("failed delivery=%s", "d-1")


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_traceback_tells_places_and_kinds_but_no_words(style: str, out: io.StringIO) -> None:
    logs.configure("INFO", style, out)  # type: ignore[arg-type]
    _fail(f"my private reflection {TOKEN}")
    said = out.getvalue()
    assert "failed delivery=d-1" in said
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "test_logs.py" in said
    assert "private reflection" not in said
    assert "secretpart" not in said


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("xoxb-123-456-secretpart", "xoxb-…"),
        ("\nxapp-1-A2-secretpart", "xapp-…"),
        ("xoxe.xoxp-1-secretpart", "xoxe.xoxp-…"),
        ("postgresql://bimbing:secretpart@db/x", "postgresql://bimbing:…@db/x"),
    ],
)
def test_secrets_are_blotted_out(style: str, secret: str, shown: str, out: io.StringIO) -> None:
    logs.configure("INFO", style, out)  # type: ignore[arg-type]
    logging.getLogger("bot.test").info("connecting with %s", secret)
    assert "secretpart" not in out.getvalue()
    assert shown in out.getvalue()


def test_a_line_break_in_a_value_makes_no_second_record(out: io.StringIO) -> None:
    logs.configure("INFO", "text", out)
    logging.getLogger("bot.test").info("user=%s", "U1\n2026-01-01 INFO forged")
    assert len(out.getvalue().splitlines()) == 1


def test_json_records_are_whole_objects(out: io.StringIO) -> None:
    logs.configure("INFO", "json", out)
    logging.getLogger("bot.test").info("settled delivery=%s", "d-2")
    record = json.loads(out.getvalue())
    assert record["message"] == "settled delivery=d-2"
    assert record["level"] == "INFO"
    assert record["logger"] == "bot.test"
    assert record["time"].endswith("Z")


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_libraries_log_no_bodies_at_any_level(level: str, out: io.StringIO) -> None:
    logs.configure(level, "text", out)
    body = '{"type": "event_callback", "event": {"text": "my private reflection"}}'
    request = BoltRequest(body=body, headers={"x-slack-signature": ["v0=wrong"]})
    middleware = RequestVerification("secret")  # logs the body at INFO, on a logger of Bolt's
    middleware.process(
        req=request, resp=BoltResponse(status=200), next=lambda: BoltResponse(status=200)
    )
    logging.getLogger("slack_sdk.web.base_client").info("Sending a request (body: my private)")
    assert out.getvalue() == ""


def test_a_library_that_quotes_an_error_is_cut_short(out: io.StringIO) -> None:
    logs.configure("INFO", "text", out)
    words = "my private reflection"
    try:
        raise ValueError(words)
    except ValueError as error:
        logging.getLogger("slack_bolt.App").exception("Failed to run listener (error: %s)", error)
    assert "Failed to run listener (error: …)" in out.getvalue()
    assert "private" not in out.getvalue()


def test_the_system_names_its_errors(out: io.StringIO) -> None:
    logs.configure("INFO", "text", out)
    try:
        raise ConnectionRefusedError(111, "refused")
    except OSError:
        logging.getLogger("bot.test").exception("no database")
    assert "ConnectionRefusedError code=111" in out.getvalue()


@pytest.mark.parametrize("style", ["text", "json"])
def test_what_a_request_causes_carries_its_ids(style: str, out: io.StringIO) -> None:
    logs.configure("INFO", style, out)  # type: ignore[arg-type]
    with logs.about(request="ab12"), logs.about(team="cd34"):
        logging.getLogger("bot.test").info("inside")
    logging.getLogger("bot.test").info("outside")
    inside, outside = out.getvalue().splitlines()
    if style == "json":
        assert json.loads(inside)["request"] == "ab12"
    else:
        assert inside.endswith("inside request=ab12 team=cd34")
    assert "ab12" not in outside


def test_a_storm_is_cut_short_and_counted() -> None:
    now = [0.0]
    storms, log = logs.Storms(lambda: now[0]), logging.getLogger("bot.test")

    def passes(line: int) -> logging.LogRecord | None:
        record = log.makeRecord("bot.test", logging.WARNING, "a.py", line, "refused", (), None)
        return record if storms.filter(record) else None

    assert sum(passes(1) is not None for _ in range(10_000)) == logs.STORM
    assert passes(2), "another place has a measure of its own"
    now[0] = 60.0
    record = passes(1)
    assert record is not None
    assert logs._fields(record)["repeated"] == str(10_000 - logs.STORM)
    assert passes(1)
