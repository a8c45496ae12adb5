"""Triggers and views of the database: those of this program, and no others.

A notebook may be made again from a copy that somebody else handed over. Its tables hold words; its triggers would act.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from planner.store.errors import StoreDamaged
from planner.store.index import statements

_SCRIPTS = ("schema.sql", "index.sql")
_KINDS = ("TRIGGER", "VIEW")


def _statements(script: str) -> list[str]:
    return list(statements(resources.files(__package__).joinpath(script).read_text("utf-8")))


@cache
def own_rules() -> dict[tuple[str, str], str]:
    """The statement of each, by (kind in small letters, name)."""
    found = {}
    for script in _SCRIPTS:
        for statement in _statements(script):
            create, kind, name = statement.split(maxsplit=3)[:3]
            if create == "CREATE" and kind in _KINDS:
                found[kind.lower(), name] = statement
    return found


@cache
def own_tables() -> frozenset[str]:
    """The names of the tables in which something is written down; the search, which is made of them, is not among."""
    words = [each.split(maxsplit=3) for script in _SCRIPTS for each in _statements(script)]
    return frozenset(name for create, kind, name, *_rest in words if (create, kind) == ("CREATE", "TABLE"))


def refuse_what_computes(connection: Any) -> None:
    """Nothing is read that is not simply written down: a view in the place of a table may go on without end.

    To be called before any table is read. Triggers and further views may still be there, which nobody asks:
    :func:`keep_own_rules` sees to them where the database can be written.

    Raises:
        StoreDamaged: a view or a virtual table is called like a table of ours, or one of ours has a column that is
            computed.
    """
    named = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'view' OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%')"
        " UNION ALL SELECT t.name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c"
        " WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden <> 0"
    )
    if any(name.lower() in own_tables() for (name,) in named):
        raise StoreDamaged


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
