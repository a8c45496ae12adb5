"""What the files and folders of a notebook are called on the disk (DESIGN, section 3)."""

from __future__ import annotations

STORE = "store-"
"""How the name of a notebook's folder begins; the rest is random."""

KEYS = "keys"
DATA = "data"
NEXT = f"{DATA}.next"
"""The database under its next key, while a key is being changed."""

BACKUPS = "backups"
"""The folder of a notebook in which its safety copies lie."""

UNFINISHED = "new-"
"""How the name of a folder begins in which a notebook is being made; it gets its own name when it is whole."""

GONE = "gone-"
"""How the name of a folder begins whose notebook was erased; what is left of it goes at the next start."""
