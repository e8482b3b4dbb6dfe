"""Primary keys made by the application: UUIDv7 as 32 hex digits.

Kept as text, so that an id somebody made up in a button value simply finds nothing on either
database instead of raising an error from the driver. Sorted by time, so indexes stay compact.
"""

import secrets
from datetime import datetime


def new_id(now: datetime) -> str:
    """A fresh UUIDv7 (RFC 9562, section 5.7) for the instant `now` (aware)."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    random = secrets.randbits(74)
    value = (
        milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (2**62 - 1)
    )
    return f"{value:032x}"
