"""Who is asking: resolved once a request, before anything else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The person behind a request, as this workspace knows them."""

    workspace_id: str
    person_id: str
    slack_user_id: str
    name: str
    tz: str  # IANA name
    locale: str  # en, id or id-kamu: what they read now
    chose_language: bool
    may_found: bool  # installer, Slack admin or owner, or named in FIRST_LEADS
