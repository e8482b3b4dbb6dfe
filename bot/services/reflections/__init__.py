"""Reflections: asking (prompts), writing, reading back, and what people type in the bot's DM.

Who may read a reflection is decided here alone: its author, and the partner of the match it was
shared with while that match lasts. Nobody else, leads included.
"""
