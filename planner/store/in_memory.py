"""A notebook in memory alone: nothing of it is ever on a disk, and it is gone when it is closed."""

from __future__ import annotations

import os
import secrets
from importlib import resources
from pathlib import Path
from typing import Self

from sqlcipher3 import dbapi2 as sqlcipher

from planner.keys.keyfile import KeyFile
from planner.store.index import statements
from planner.store.notebooks import Notebook
from planner.store.store import Store
from planner.store.upgrade import SCHEMA_VERSION

NOWHERE = Path(os.devnull)
"""Stands for the folder: nothing can be written below it."""


class MemoryStore(Store):
    """A store without a file."""

    @classmethod
    def empty(cls) -> Self:
        """A new one."""
        connection = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
        for pragma in (
            "cipher_log_level = NONE",
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "temp_store = MEMORY",
            "trusted_schema = OFF",
            f"user_version = {SCHEMA_VERSION}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        for statement in statements(resources.files(__package__).joinpath("schema.sql").read_text("utf-8")):
            connection.execute(statement)
        store = cls(NOWHERE, connection)
        with store.transaction():
            store._make_index()
            store.mark_index_current()
        return store


class MemoryNotebook(Notebook):
    """An open notebook that nobody can open again. It takes a moment, as making any notebook does."""

    def __init__(self) -> None:
        keys, data_key = KeyFile.create(secrets.token_urlsafe(), "")
        super().__init__(NOWHERE, keys, data_key, MemoryStore.empty())
