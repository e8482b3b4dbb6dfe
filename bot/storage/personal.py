"""The registry of what belongs to a person: what export shows, erasure removes, encryption seals.

A test walks over every table and fails on a text column that is neither in `PERSONAL` nor in
`NOT_PERSONAL`, and on a table that points to a person and is not in `OWN`, so that neither can be
forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, or_, select

from bot.storage.models import Base

# What a person says, how they are called and reached, and what tells them apart.
PERSONAL: Mapping[str, frozenset[str]] = {
    "person": frozenset(
        {
            "name",
            "slack_user_id",
            "dm_channel_id",
            "tz",
            "locale",
            "message_hours",
            "meeting_hours",
            "holiday_country",
            "holiday_subdivision",
        }
    ),
    "participant": frozenset({"topics", "languages"}),
    "match": frozenset({"why", "group_channel_id"}),
    "mentoring_session": frozenset({"place", "agenda", "proposed_place"}),
    "reflection": frozenset({"body", "slack_channel", "slack_ts"}),
    "goal": frozenset({"what"}),
    "delivery": frozenset({"slack_channel", "slack_ts", "tz_used"}),
    "prompt": frozenset({"slack_channel", "slack_ts"}),
    # Somebody may be named in these without owning the row; erasure knows both.
    "workspace": frozenset({"installer_user_id"}),
    "program": frozenset({"contact_user_id"}),
}

# Published to everybody on purpose, or bookkeeping without a person's words: codes, ids, keys.
NOT_PERSONAL: Mapping[str, frozenset[str]] = {
    "workspace": frozenset({"team_id", "enterprise_id", "name", "bot_user_id", "state"}),
    "program": frozenset(
        {"name", "purpose", "channel_id", "language", "address", "every", "days_off"}
    ),
    "person": frozenset({"tz_source"}),
    "match": frozenset({"every"}),
    "mentoring_session": frozenset({"organizer_tz"}),
    "reflection": frozenset({"question_id"}),
    "schedule": frozenset({"kind", "every", "next_nominal"}),
    "prompt": frozenset({"key", "kind", "question_id"}),
    "delivery": frozenset({"key", "kind", "params", "nominal", "reason", "conversation"}),
    "delivery_event": frozenset({"reason"}),
    "audit": frozenset({"subject", "was", "became", "reason"}),
    "inbox": frozenset({"key"}),
    "failed_request": frozenset({"reference", "kind", "error"}),
    "worker": frozenset({"host", "version", "iana"}),
    "throttle": frozenset({"scope"}),
}


@dataclass(frozen=True)
class Own:
    """Which rows of a table are a person's, and what erasure does with them."""

    by: tuple[str, ...] = ()  # columns that hold the person's id
    through: tuple[str, str] | None = None  # a column, and the table whose rows it belongs to
    stays: bool = False  # the row is also somebody else's: only its personal columns go


OWN: Mapping[str, Own] = {
    "person": Own(by=("id",), stays=True),
    "leave": Own(by=("person_id",)),
    "participant": Own(by=("person_id",)),
    "program_lead": Own(by=("person_id",)),
    "program": Own(by=("created_by",), stays=True),
    "match": Own(by=("mentor_id", "mentee_id"), stays=True),
    "mentoring_session": Own(through=("match_id", "match"), stays=True),
    "reflection": Own(by=("person_id",)),
    "goal": Own(by=("person_id",)),
    "schedule": Own(by=("person_id",)),
    "prompt": Own(by=("person_id",)),
    "prompt_slot": Own(by=("person_id",)),
    "delivery": Own(by=("person_id",)),
    "delivery_event": Own(through=("delivery_id", "delivery")),
    "audit": Own(by=("actor_id",), stays=True),
}


def owned_by(table: Table, workspace_id: str, person_id: str) -> ColumnElement[bool]:
    """The condition that picks a person's rows out of one of the tables in `OWN`."""
    rule = OWN[table.name]
    within = table.c.workspace_id == workspace_id
    if rule.through is None:
        return and_(within, or_(*(table.c[column] == person_id for column in rule.by)))
    column, name = rule.through
    parent = Base.metadata.tables[name]
    theirs = select(parent.c.id).where(owned_by(parent, workspace_id, person_id))
    return and_(within, table.c[column].in_(theirs))
