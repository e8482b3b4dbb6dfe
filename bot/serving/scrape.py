"""`/metrics`: what the processes of this machine counted, and what the database says right now."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.core import Metric

    from bot.serving.runtime import Runtime

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client when it is imported


@contextmanager
def shared_by_workers() -> Iterator[None]:
    """Let processes forked inside the block count together: any of them tells about all.

    To be entered before anything imports prometheus_client.
    """
    assert "prometheus_client" not in sys.modules, "it has already decided to count alone"
    owner = os.getpid()
    os.environ[_DIRECTORY] = directory = tempfile.mkdtemp(prefix="bimbing-metrics-")
    try:
        yield
    finally:
        if os.getpid() == owner:  # a forked worker leaves the block, too
            del os.environ[_DIRECTORY]
            shutil.rmtree(directory, ignore_errors=True)


def forget(worker_pid: int) -> None:
    """A worker has ended: what it counted stays, what it was is gone."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker_pid)  # type: ignore[no-untyped-call]


def page(runtime: "Runtime") -> bytes:
    """The page as Prometheus reads it."""
    from prometheus_client import CollectorRegistry, generate_latest, multiprocess

    from bot.metrics import REGISTRY

    registry = CollectorRegistry()
    if _DIRECTORY in os.environ:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)  # it is a collector, too
    registry.register(_Now(runtime))
    return generate_latest(registry)


class _Now:
    """Gauges that are read when they are asked for."""

    def __init__(self, runtime: "Runtime") -> None:
        self._runtime = runtime

    def describe(self) -> Iterable["Metric"]:
        return ()

    def collect(self) -> Iterator["Metric"]:
        from prometheus_client.core import GaugeMetricFamily

        labels = self._runtime.build_info()
        build = GaugeMetricFamily(
            "bimbing_build_info", "Always 1; which version runs, on what.", labels=list(labels)
        )
        build.add_metric(list(labels.values()), 1)
        yield build
        backlog = self._runtime.backlog()
        yield GaugeMetricFamily(
            "bimbing_database_up", "Whether the database answered this scrape.",
            value=backlog is not None,
        )  # fmt: skip
        if backlog is None:
            return
        rows = GaugeMetricFamily(
            "bimbing_delivery_rows", "Deliveries in the database; counted up to 10,000.",
            labels=["state"],
        )  # fmt: skip
        for state, count in backlog.rows.items():
            rows.add_metric([state], count)
        yield rows
        yield GaugeMetricFamily(
            "bimbing_delivery_oldest_due_seconds",
            "How long the delivery that has waited longest is overdue; 0 if none is.",
            value=backlog.oldest_due_seconds,
        )
