"""Alembic's scripts; every change of the schema is here, from the first table."""
