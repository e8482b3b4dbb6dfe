"""How Slack reaches the app: what it sends, by which road, and what it does when nobody answers."""
