"""Which language somebody reads: their own choice, else the programme's, else English.

Slack's own locale is not taken as a choice: its interface has no Indonesian.
"""

from enum import StrEnum

ENGLISH, INDONESIAN, INDONESIAN_KAMU = "en", "id", "id-kamu"
CHOICES = (ENGLISH, INDONESIAN, INDONESIAN_KAMU)


class ProgramLanguage(StrEnum):
    """What a programme speaks to people who have not chosen."""

    ENGLISH = "en"
    INDONESIAN = "id"
    BOTH = "both"


class Address(StrEnum):
    """How Indonesian addresses its reader."""

    ANDA = "anda"
    KAMU = "kamu"


def indonesian(address: str) -> str:
    return INDONESIAN_KAMU if address == Address.KAMU else INDONESIAN


def effective(chosen: str | None, language: str | None, address: str = Address.ANDA) -> str:
    """The one locale to speak. `language` and `address` are the programme's."""
    if chosen in CHOICES:
        return chosen
    return indonesian(address) if language == ProgramLanguage.INDONESIAN else ENGLISH


def spoken(
    chosen: str | None, language: str | None, address: str, *, shown_both: bool
) -> tuple[str, ...]:
    """The locales of a message the bot sends on its own: both, for somebody's first one and in a
    programme that speaks both, until they choose."""
    if chosen in CHOICES:
        return (chosen,)
    if not shown_both or language == ProgramLanguage.BOTH:
        first = effective(None, language, address)
        other = indonesian(address) if first == ENGLISH else ENGLISH
        return first, other
    return (effective(None, language, address),)
