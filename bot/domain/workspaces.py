"""What is said about a workspace as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InstallerWelcome:
    """Said once to whoever installed the app, or runs it: they can make the first programme."""
