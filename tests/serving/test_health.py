"""What a process says of itself: alive, ready (or what is not), and what it counted."""

import json
import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

import pytest

from bot import metrics
from bot.domain.deliveries import KINDS
from bot.domain.lifecycle import DeliveryState
from bot.serving import health
from bot.serving.health import Health
from bot.slack.errors import KINDS as CODES
from tests.pages import ROOT
from tests.serving.small_bot import free_port
from tests.world import World

# What a label may say: words of ours, never of people.
ALLOWED = {
    "kind": {*KINDS, "command", "action", "view", "event", "other"},
    "state": set(DeliveryState) | {"due"},
    "outcome": {"found", "absent", "unreadable", "later", "answered", "failed", "ended"},
    "job": {"plan", "dispatch", "rescue", "beat", "maintain"},
    "reason": {*CODES, "other"},
}


class Patient:
    """A runtime in a given state of health."""

    bolt: Any = None

    def __init__(self, **checks: bool) -> None:
        self.alive = True
        self.hangs = threading.Event()
        self.hangs.set()
        self._checks = checks

    def start_scheduler(self) -> None: ...

    def stop(self) -> None: ...

    def healthy(self) -> bool:
        return self.alive

    def checks(self) -> Mapping[str, bool]:
        self.hangs.wait(10)
        return self._checks

    def backlog(self) -> None:
        return None

    def build_info(self) -> Mapping[str, str]:
        return {"version": "9.9"}


def _asked(health: Health, path: str) -> tuple[int, Any]:
    answer = health.answer(path)
    return answer.status.value, json.loads(answer.body)


def test_a_process_that_does_not_tick_is_not_alive() -> None:
    patient = Patient()
    patient.alive = False
    assert _asked(Health(patient, dict), "/healthz") == (503, {"ok": False})


@pytest.mark.parametrize("wrong", ["database", "schema", "scheduler", "slack", "running"])
def test_what_is_not_ready_is_named(wrong: str) -> None:
    ours = {name: name != wrong for name in ("database", "schema", "scheduler")}
    servers = {name: name != wrong for name in ("slack", "running")}
    status, said = _asked(Health(Patient(**ours), lambda: servers), "/readyz")
    assert (status, said["ready"]) == (503, False)
    assert [name for name, right in said["checks"].items() if not right] == [wrong]


def test_a_database_that_hangs_makes_the_answer_bad_and_not_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    patient = Patient(database=True)
    health_of = Health(patient, dict)
    health_of._checks._seconds = 0.05
    patient.hangs.clear()
    for _ in range(2):  # the second finds the first question still open
        assert _asked(health_of, "/readyz") == (
            503,
            {"ready": False, "checks": {"database": False}},
        )
    patient.hangs.set()


def test_only_health_is_told_where_slack_comes_in() -> None:
    assert frozenset({"/healthz", "/readyz"}) == health.PUBLIC


@contextmanager
def _served(patient: Patient) -> Iterator[HTTPConnection]:
    port = free_port()
    with health.served(health.listen(port), Health(patient, dict)):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        yield connection
        connection.close()


def test_it_is_served_over_http() -> None:
    with _served(Patient(database=True)) as connection:
        for path, status in (("/readyz", 200), ("/metrics", 200), ("/else", 404)):
            connection.request("GET", path)
            response = connection.getresponse()
            assert (response.status, response.version) == (status, 10)
            response.read()


def test_the_real_bot_is_ready_once_it_ticks(database_url: str) -> None:
    world = World(database_url)
    try:
        assert world.bot.checks() == {"database": True, "schema": True, "scheduler": False}
        world.settle()
        assert all(world.bot.checks().values())
        world.clock.advance(timedelta(seconds=61))
        assert world.bot.checks()["scheduler"] is False
    finally:
        world.close()


def _samples(page: str) -> dict[str, float]:
    lines = [line for line in page.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def _page(world: World) -> dict[str, float]:
    return _samples(Health(world.bot, dict).answer("/metrics").body.decode())


def test_a_life_is_counted_without_names(database_url: str) -> None:
    world = World(database_url)
    try:
        before = _page(world)
        bima = world.add_person("bima", "Bima Private")
        bima.types("/mentor help")
        bima.opens_home()
        event = world.sandbox.deliveries[-1]
        world.sandbox.redeliver(event)
        page = _page(world)
        counted = {name: page[name] - before.get(name, 0) for name in page}
        assert counted['bimbing_ack_seconds_count{kind="command",outcome="answered"}'] == 1
        assert counted['bimbing_ack_seconds_count{kind="event",outcome="answered"}'] == 2
        assert page["bimbing_database_up"] == 1
        assert page['bimbing_delivery_rows{state="due"}'] == 0
        for name, value in re.findall(
            r'(\w+)="([^"]*)"', "\n".join(n for n in counted if counted[n])
        ):
            assert value in ALLOWED.get(name, {value}), name
        text = "\n".join(page)
        for private in (bima.id, bima.workspace.team_id, "Private", "bima"):
            assert private not in text.replace("bimbing", "")
    finally:
        world.close()


# --- Labels and documents


def test_who_is_outside_cannot_make_labels() -> None:
    assert metrics.one_of(frozenset({"timeout"}), "U0123 said something") == "other"
    assert metrics.one_of(frozenset({"timeout"}), "timeout") == "timeout"


def _names() -> set[str]:
    """Every name there can be on the page."""
    page = Health(Patient(), dict).answer("/metrics").body.decode()
    told = set(re.findall(r"^# TYPE (\S+)", page, re.MULTILINE))
    assert all(name.startswith("bimbing_") for name in told)
    return told | {"bimbing_delivery_rows", "bimbing_delivery_oldest_due_seconds"}


def test_operations_explain_every_metric() -> None:
    operations = (ROOT / "docs/operations.md").read_text("utf-8")
    written = set(re.findall(r"^\| `(bimbing_\w+)", operations, re.MULTILINE))
    assert written == _names()


def test_the_dashboard_and_the_alerts_ask_for_metrics_that_exist() -> None:
    known = _names() | {
        f"{name}_{part}" for name in _names() for part in ("bucket", "sum", "count")
    }
    for file in ("docs/grafana/bimbing.json", "docs/grafana/alerts.yml"):
        text = (ROOT / file).read_text("utf-8")
        asked = set(re.findall(r"\bbimbing_\w+", text))
        assert asked
        assert asked <= known, file
    json.loads((ROOT / "docs/grafana/bimbing.json").read_text("utf-8"))


def test_a_probe_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with _served(Patient(database=True)) as connection:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    assert caplog.text == ""
