"""How a process takes what Slack sends, over HTTP or Socket Mode, and how it stops in good order.

Knows servers, signals and health; what the bot does with a request is the runtime's business.
"""
