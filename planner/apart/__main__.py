"""``python -P -m planner.apart``: the child that reads one file from somebody else."""

from __future__ import annotations

import os
import sys

# "python -m" puts the current folder before the library; it goes before anything else is looked for.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]


def main() -> None:
    """Harden this process, answer, and end without a farewell."""
    from planner.system.harden import harden

    status = 1
    try:
        harden()
        from planner.apart.child import main as answer

        status = answer(sys.argv[1:])
    finally:
        # Nothing that was registered runs any more, and nothing is said: it could tell what was read.
        os._exit(status)


if __name__ == "__main__":
    main()
