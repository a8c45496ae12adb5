"""From the tables of an earlier version to those of this one, step by step, in one transaction."""

from __future__ import annotations

from typing import Any

SCHEMA_VERSION = 3

# What stands here is history: each step brings the tables of one version to those of the next and is never changed.
# ``schema.sql`` makes the newest at once; a test compares the two ways.
_STEPS: dict[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE person ADD COLUMN held_since TEXT NOT NULL DEFAULT ''",
        (
            "CREATE TRIGGER person_is_held BEFORE DELETE ON person WHEN old.held_since <> ''"
            " BEGIN SELECT RAISE(ABORT, 'a person on hold is not erased'); END"
        ),
        (
            "CREATE TABLE attachment (id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,"
            " record TEXT NOT NULL, title TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,"
            " added TEXT NOT NULL, removed INTEGER NOT NULL) STRICT"
        ),
        "CREATE INDEX attachment_by_person ON attachment (person, record)",
        (
            "CREATE TABLE attachment_chunk (attachment TEXT NOT NULL REFERENCES attachment ON DELETE CASCADE,"
            " number INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (attachment, number)) STRICT"
        ),
    ),
    2: (
        "ALTER TABLE filling ADD COLUMN digest TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX filling_by_form ON filling (form, digest)",
        (
            "CREATE TABLE form_kept (digest TEXT PRIMARY KEY, form TEXT NOT NULL, version TEXT NOT NULL,"
            " titles TEXT NOT NULL, own INTEGER NOT NULL, added TEXT NOT NULL, hidden TEXT NOT NULL,"
            " xform BLOB NOT NULL) STRICT"
        ),
        (
            "CREATE TABLE form_file (digest TEXT NOT NULL REFERENCES form_kept ON DELETE CASCADE, name TEXT NOT NULL,"
            " content BLOB NOT NULL, UNIQUE (digest, name)) STRICT"
        ),
        (
            "CREATE TABLE service (id TEXT PRIMARY KEY, origin TEXT NOT NULL, changed TEXT NOT NULL,"
            " removed INTEGER NOT NULL, content TEXT NOT NULL) STRICT"
        ),
        (
            "CREATE TABLE pack (id TEXT PRIMARY KEY, giver TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL,"
            " names TEXT NOT NULL, forms TEXT NOT NULL, added TEXT NOT NULL, taken_out TEXT NOT NULL) STRICT"
        ),
        (
            "CREATE TABLE pack_file (pack TEXT NOT NULL REFERENCES pack ON DELETE CASCADE, name TEXT NOT NULL,"
            " content BLOB NOT NULL, UNIQUE (pack, name)) STRICT"
        ),
        (
            "CREATE TABLE giver (key TEXT PRIMARY KEY, name TEXT NOT NULL, confirmed TEXT NOT NULL,"
            " forgotten TEXT NOT NULL) STRICT"
        ),
    ),
}


def version_of(connection: Any) -> int:
    """The version of the tables in an open database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def upgrade(connection: Any) -> None:
    """Bring the tables to :data:`SCHEMA_VERSION`; all of it is durable when this returns, or nothing changed.

    Raises:
        KeyError: the tables are of a version that this program never wrote.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(version_of(connection), SCHEMA_VERSION):
            for statement in _STEPS[version]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
