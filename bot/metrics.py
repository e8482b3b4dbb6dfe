"""What a process counts about itself, for Prometheus.

Labels are names from the code or from short lists: never a person, a workspace, an id or a text.
Counting is cheap and in memory; what has to be read from the database is read at the scrape
(`bot.serving.scrape`). docs/operations.md explains every metric here.
"""

from collections.abc import Collection
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call] # a second series for each, of no use

REGISTRY: Final = CollectorRegistry()

OTHER: Final = "other"

_SOON: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5)  # Slack waits for 3
_LATE: Final = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 21600, 86400)
_WORK: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 2, 5, 15, 60)

DELIVERIES = Counter(
    "bimbing_deliveries", "Deliveries that entered a state, committed by this process.",
    ["kind", "state"], registry=REGISTRY,
)  # fmt: skip
LATENESS = Histogram(
    "bimbing_delivery_lateness_seconds", "From when a delivery was due until Slack had it.",
    buckets=_LATE, registry=REGISTRY,
)  # fmt: skip
RECONCILED = Counter(
    "bimbing_reconciliations", "Posts of unknown fate that were looked for, by what was found.",
    ["outcome"], registry=REGISTRY,
)  # fmt: skip
SLACK_ERRORS = Counter(
    "bimbing_slack_errors", "Calls to Slack without a usable answer.",
    ["method", "reason"], registry=REGISTRY,
)  # fmt: skip
SLACK_WAIT = Counter(
    "bimbing_slack_throttled_seconds", "Seconds Slack told us to wait, added up.",
    registry=REGISTRY,
)  # fmt: skip
ANSWERS = Histogram(
    "bimbing_ack_seconds", "From a sound request until its answer was ready.",
    ["kind", "outcome"], buckets=_SOON, registry=REGISTRY,
)  # fmt: skip
DUPLICATES = Counter(
    "bimbing_duplicates_dropped", "Requests that came again and changed nothing.",
    registry=REGISTRY,
)  # fmt: skip
REFUSED = Counter(
    "bimbing_requests_refused", "Requests that never reached the bot, by what was wrong.",
    ["reason"], registry=REGISTRY,
)  # fmt: skip
RECONNECTS = Counter(
    "bimbing_socket_reconnects", "Socket Mode connections that had to be made again.",
    registry=REGISTRY,
)  # fmt: skip
CONNECTIONS = Gauge(
    "bimbing_socket_connections", "Socket Mode connections that are up.",
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
JOBS = Histogram(
    "bimbing_job_seconds", "How long a round of a scheduled job took.",
    ["job", "outcome"], buckets=_WORK, registry=REGISTRY,
)  # fmt: skip
JOB_ENDED = Gauge(
    "bimbing_job_last_end_timestamp_seconds",
    "When a job last ended well; of several workers, the one that is furthest behind.",
    ["job"], registry=REGISTRY, multiprocess_mode="livemin",
)  # fmt: skip


def one_of(known: Collection[str], value: str) -> str:
    """`value` if it is `known`, else "other": so that nobody outside decides how many labels
    there are."""
    return value if value in known else OTHER
