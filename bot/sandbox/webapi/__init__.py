"""The Web API methods, by family. Each is a plain function from a call to an answer.

The server finds them in the table (`table.py`), which also knows the scopes each one needs.
"""

from bot.sandbox.webapi import chat, conversations, files, team, users, views
from bot.sandbox.webapi.table import METHODS, Reply, perform

# importing a family is what enters its methods into the table
FAMILIES = (chat, conversations, files, team, users, views)

__all__ = ["FAMILIES", "METHODS", "Reply", "perform"]
