"""How messages leave: claim under a lease, check again, mark as posting, settle, reconcile.

    pending -> leased -> posting -> sent        or skipped, cancelled, unknown, dead

Between `prepare` and `settle_*` lies the call to Slack, outside any transaction. A row that stays
in `posting` after a crash is found by `stuck` and reconciled. Every change checks that the row is
still in the state, and under the lease, it was claimed in: whoever lost it changes nothing.
"""

from bot.services.outbox.claiming import claim, expire_leases, give_back, give_back_all, next_due
from bot.services.outbox.preparing import opened, prepare
from bot.services.outbox.reconciling import next_rescue, settle_absent, settle_unsure, stuck
from bot.services.outbox.settling import (
    settle_posted,
    settle_refused,
    settle_revoked,
    settle_throttled,
    settle_unopened,
    wait,
)
from bot.services.outbox.values import (
    LEASE,
    MAX_ATTEMPTS,
    SETTLE,
    SPACING,
    Claim,
    Claimed,
    Conversing,
    Opened,
    Posted,
    Ready,
    Refused,
    Stuck,
    Throttled,
)

__all__ = [
    "LEASE",
    "MAX_ATTEMPTS",
    "SETTLE",
    "SPACING",
    "Claim",
    "Claimed",
    "Conversing",
    "Opened",
    "Posted",
    "Ready",
    "Refused",
    "Stuck",
    "Throttled",
    "claim",
    "expire_leases",
    "give_back",
    "give_back_all",
    "next_due",
    "next_rescue",
    "opened",
    "prepare",
    "settle_absent",
    "settle_posted",
    "settle_refused",
    "settle_revoked",
    "settle_throttled",
    "settle_unopened",
    "settle_unsure",
    "stuck",
    "wait",
]
