"""Bimbing: virtual mentoring in Slack. The programme itself; Bolt and APScheduler live apart."""

__version__ = "0.1.0"
