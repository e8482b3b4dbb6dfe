"""The metronome: APScheduler in UTC with a memory store, and a handful of interval jobs.

`Beats` are the jobs themselves, so that tests and the practice workspace can strike them by hand,
in order, on a clock that stands still.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot import logs, metrics
from bot.clock import Clock, SystemClock
from bot.domain.ids import new_id
from bot.services import outbox, planning
from bot.slack.gateway import Gateway
from bot.storage.unit_of_work import Database
from scheduler.dispatch import Checkpoint, Dispatcher, no_checkpoint
from scheduler.homes import Homes
from scheduler.maintain import Maintainer
from scheduler.plan import Planner
from scheduler.profiles import Profiles
from scheduler.rescue import Rescuer

log = logging.getLogger(__name__)

PLAN_SECONDS, DISPATCH_SECONDS, RESCUE_SECONDS, BEAT_SECONDS, SWEEP_SECONDS = 60, 5, 15, 10, 60
# How long what was just stored waits for a dispatch: too short to notice, long enough for many
# requests to share one.
_SOON = timedelta(milliseconds=200)
# Health fails when the dispatcher has not ticked for this long.
OVERDUE = timedelta(seconds=3 * DISPATCH_SECONDS + 30)
READY_WITHIN = timedelta(seconds=60)


@dataclass
class Beats:
    """The jobs of one worker."""

    db: Database
    gateway: Gateway
    clock: Clock
    checkpoint: Checkpoint = no_checkpoint
    first_leads: tuple[str, ...] = ()
    worker: str = ""
    last_tick: datetime | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.worker = self.worker or new_id(self.clock.now())
        self._planner = Planner(self.db)
        self._dispatcher = Dispatcher(
            self.db, self.gateway, self.worker, self.checkpoint, self._stopping.is_set
        )
        self._rescuer = Rescuer(self.db, self.gateway, self.worker)
        self._maintainer = Maintainer(self.db, self.worker)
        self._profiles = Profiles(self.db, self.gateway)
        self._homes = Homes(self.db, self.gateway, self.first_leads)

    def plan(self) -> int:
        return self._planner.tick()

    def dispatch(self) -> int:
        """Messages first, then the Homes of those who look at them."""
        handled = self._dispatcher.tick()
        self.last_tick = self.clock.now()
        return handled + self._homes.tick()

    def rescue(self) -> int:
        return self._rescuer.tick()

    def maintain(self) -> int:
        return self._maintainer.tick() + self._profiles.tick()

    def beat(self) -> None:
        self._maintainer.beat()

    def all(self) -> int:
        """Every job once; how much there was to do."""
        return self.maintain() + self.plan() + self.rescue() + self.dispatch()

    def next_due(self) -> datetime | None:
        """The next instant at which there is something to plan, send or look for."""
        dues = (
            self.db.read(outbox.next_due, None),
            self.db.read(outbox.next_rescue, None),
            self.db.read(planning.next_plan, None),
        )
        return min((due for due in dues if due is not None), default=None)

    def stop(self) -> None:
        """Finish the message in hand, take no other, and give leases back."""
        self._stopping.set()
        self.db.run(outbox.give_back_all, self.worker)


class Metronome:
    """Strikes the beats at their intervals until it is stopped."""

    def __init__(self, beats: Beats) -> None:
        self._beats = beats
        self._woken = threading.Event()
        self._dispatching = threading.Lock()
        # UTC, since a scheduler's own zone would make its intervals jump at clock changes.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={
                # A late tick is still wanted (the default drops it after a second), and however
                # many were missed, one is enough.
                "misfire_grace_time": None,
                "coalesce": True,
                "max_instances": 1,
            },
        )

    def start(self) -> None:
        jobs: tuple[tuple[str, Callable[[], object], int], ...] = (
            ("plan", self._beats.plan, PLAN_SECONDS),
            ("dispatch", self._dispatch, DISPATCH_SECONDS),
            ("rescue", self._beats.rescue, RESCUE_SECONDS),
            ("beat", self._beats.beat, BEAT_SECONDS),
            ("maintain", self._beats.maintain, SWEEP_SECONDS),
        )
        for name, job, seconds in jobs:
            jitter = max(1, seconds // 10)
            self._scheduler.add_job(
                _survives(name, job, self._beats.worker),
                "interval",
                seconds=seconds,
                jitter=jitter,
                id=name,
            )
        self._scheduler.start()

    def wake(self) -> None:
        """Dispatch soon rather than at the next tick. However often it is called meanwhile, that
        is one tick: a dispatch for each request would cost more than the requests."""
        if not self._woken.is_set():
            self._woken.set()
            if not self._dispatching.locked():
                self._bring_forward()

    def _dispatch(self) -> None:
        with self._dispatching:
            self._woken.clear()
            self._beats.dispatch()
        if self._woken.is_set():
            self._bring_forward()

    def _bring_forward(self) -> None:
        if self._scheduler.running:
            # The metronome beats on the machine's clock, whatever clock the bot is given.
            self._scheduler.modify_job("dispatch", next_run_time=SystemClock().now() + _SOON)

    def stop(self) -> None:
        """Returns when the running jobs have ended."""
        self._beats.stop()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._beats.stop()  # leases taken while it was ending

    def healthy(self, now: datetime, within: timedelta = OVERDUE) -> bool:
        """Whether the dispatcher ticked lately; the scheduler's own `running` says nothing."""
        last = self._beats.last_tick
        return last is not None and now - last < within


def _survives(name: str, job: Callable[[], object], worker: str) -> Callable[[], None]:
    """A tick that fails is reported, and the next one comes all the same."""

    def tick() -> None:
        start, outcome = time.monotonic(), "failed"
        with logs.about(worker=worker):
            try:
                job()
                outcome = "ended"
                metrics.JOB_ENDED.labels(name).set_to_current_time()
            except Exception:
                log.exception("tick failed: %s", name)
        metrics.JOBS.labels(name, outcome).observe(time.monotonic() - start)

    return tick
