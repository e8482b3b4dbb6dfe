"""The registry of personal columns: what export shows, erasure removes and encryption seals.

A test walks over every table and fails on a text column that is neither here nor in
`NOT_PERSONAL`, so that a new column cannot be forgotten.
"""

PERSONAL: dict[str, frozenset[str]] = {
    "person": frozenset({"name", "slack_user_id"}),
    "participant": frozenset({"topics"}),
    "match": frozenset({"why"}),
    "mentoring_session": frozenset({"place", "agenda", "proposed_place"}),
    "reflection": frozenset({"body"}),
    "goal": frozenset({"what"}),
}

# Free text that is published to everybody on purpose, or bookkeeping without a person's words.
NOT_PERSONAL: dict[str, frozenset[str]] = {
    "workspace": frozenset({"name"}),
    "program": frozenset({"name", "purpose"}),
}
