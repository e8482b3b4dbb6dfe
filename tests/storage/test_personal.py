"""No column and no table with something of a person in it can be forgotten."""

from sqlalchemy import JSON, Column, String, Table

from bot.storage.models import Base
from bot.storage.models.base import Id
from bot.storage.personal import NOT_PERSONAL, OWN, PERSONAL
from bot.storage.types import SealedText

TABLES = Base.metadata.sorted_tables
_KEY: object = Id  # the type of all columns with ids of ours
# Columns with a person's id that carry no foreign key of their own.
POINTERS = {"person_id", "mentor_id", "mentee_id", "created_by", "actor_id"}


def _is_text(column: Column[object]) -> bool:
    return isinstance(column.type, String | JSON | SealedText) and column.type is not _KEY


def _classified(table: Table) -> set[str]:
    return set(PERSONAL.get(table.name, ())) | set(NOT_PERSONAL.get(table.name, ()))


def test_every_text_column_is_said_to_be_personal_or_not() -> None:
    forgotten = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if _is_text(column) and column.name not in _classified(table)
    ]
    assert not forgotten, f"say in bot/storage/personal.py what these are: {forgotten}"


def test_the_registry_names_only_columns_that_exist() -> None:
    named = {(t, c) for registry in (PERSONAL, NOT_PERSONAL) for t in registry for c in registry[t]}
    assert not named - {(table.name, column.name) for table in TABLES for column in table.columns}


def test_no_column_is_both() -> None:
    both = {t: PERSONAL[t] & NOT_PERSONAL[t] for t in PERSONAL.keys() & NOT_PERSONAL.keys()}
    assert not {t: columns for t, columns in both.items() if columns}


def test_sealed_text_is_always_personal() -> None:
    sealed = {(t.name, c.name) for t in TABLES for c in t.columns if isinstance(c.type, SealedText)}
    assert sealed
    assert all(column in PERSONAL[table] for table, column in sealed)


def test_every_table_that_points_to_a_person_is_in_the_registry() -> None:
    pointing = {
        table.name
        for table in TABLES
        if POINTERS & set(table.columns.keys())
        or any(key.referred_table.name == "person" for key in table.foreign_key_constraints)
    }
    assert not pointing - OWN.keys()
