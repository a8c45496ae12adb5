"""Triggers and views of the database: those of this program, and no others.

A notebook may be made again from a copy that somebody else handed over. Its tables hold words; its triggers would act.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from planner.store.index import statements

_SCRIPTS = ("schema.sql", "index.sql")
_KINDS = ("TRIGGER", "VIEW")


@cache
def own_rules() -> dict[tuple[str, str], str]:
    """The statement of each, by (kind in small letters, name)."""
    found = {}
    for script in _SCRIPTS:
        for statement in statements(resources.files(__package__).joinpath(script).read_text("utf-8")):
            create, kind, name = statement.split(maxsplit=3)[:3]
            if create == "CREATE" and kind in _KINDS:
                found[kind.lower(), name] = statement
    return found


def keep_own_rules(connection: Any) -> None:
    """Drop what is not ours and make again what was changed or is missing; most times nothing has to be written."""
    own = {each: _plain(statement) for each, statement in own_rules().items()}
    there = {
        (kind, name): _plain(sql)
        for kind, name, sql in connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        )
    }
    if there == own:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for kind, name in sorted(each for each in there if there[each] != own.get(each)):
            quoted = name.replace('"', '""')
            connection.execute(f'DROP {kind.upper()} "{quoted}"')
        for each, statement in own_rules().items():
            if there.get(each) != own[each]:
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _plain(sql: str) -> str:
    return " ".join(sql.rstrip(";").split())
