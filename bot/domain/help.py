"""What help says: the words one person may use, and who is there to talk to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HelpFacts:
    may_lead: bool  # leads, and those who may create a programme
    chose_language: bool
    team_id: str
    contacts: tuple[str, ...]  # Slack user ids


@dataclass(frozen=True)
class HelpLine:
    """One word, as it is typed. `about` is marked for translation where it stands."""

    typed: str  # the command with the word
    word: str
    alias: str
    about: str
    usage: str
