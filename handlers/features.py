"""The features, in the order in which help and manifest list their words.

A feature module may bring: `COMMANDS` (words of the slash command), `ACTIONS` (by action id),
`VIEWS` (by callback id), `EVENTS` (by type, with a person behind them) and `TEAM_EVENTS`.
"""

from types import ModuleType

from handlers import (
    absence,
    announcements,
    arrivals,
    direct_messages,
    goals,
    help,
    home,
    join,
    language,
    leads,
    leaving,
    matches,
    pairing,
    privacy,
    programs,
    reflections,
    sessions,
    settings,
    status,
    workspaces,
)

MODULES: tuple[ModuleType, ...] = (
    # one line each; words are listed in this order
    home,
    join,
    sessions,
    reflections,
    goals,
    direct_messages,
    absence,
    leaving,
    settings,
    privacy,
    status,
    help,
    programs,
    pairing,
    matches,
    announcements,
    leads,
    language,
    arrivals,
    workspaces,
)
