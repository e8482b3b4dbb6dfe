"""How many prompts a person gets: the dates still free under the daily and the weekly cap.

Counts dates only. Which messages are prompts, and the lock that keeps two replicas from taking
one slot, belong to the caller.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

_WEEK = 7


def next_allowed_date(
    slots: Collection[date], today: date, per_day: int = 1, per_week: int = 3
) -> date:
    """The first date from `today` on that may take one more prompt.

    `slots` are the person's local dates that have one already (a date may come several times),
    past and planned. No run of seven days may then hold more than `per_week`. Raises ValueError
    for a cap below 1, which no date could meet.
    """
    if min(per_day, per_week) < 1:
        raise ValueError("caps start at 1; to send nothing, do not ask for a date")
    taken = Counter(slots)
    day = today
    while taken[day] >= per_day or _fullest_week(taken, day) >= per_week:
        day += timedelta(days=1)
    return day


def _fullest_week(taken: Counter[date], day: date) -> int:
    starts = (day - timedelta(days=back) for back in range(_WEEK))
    return max(sum(taken[start + timedelta(days=n)] for n in range(_WEEK)) for start in starts)
