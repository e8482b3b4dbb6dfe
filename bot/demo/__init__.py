"""Four weeks of a small programme in less than a minute, without an account or a setting.

The bot is a process of its own in Socket Mode; the workspace is simulated; time is ours. What is
counted at the end comes from what the workspace received, not from what the bot believes.
"""
