"""A child that opens PDFs as every other, and never comes back from drawing a page."""

from __future__ import annotations

import os
from typing import Any

from planner.apart import child, kinds
from planner.apart.paper_reading import Pages
from planner.system.harden import harden


def main() -> int:
    harden()
    pages = Pages()

    def reader(asked: Any, progress: Any) -> Any:
        while asked.content is None:
            pass
        return pages(asked, progress)

    return child.serve(kinds.KINDS["pages"], reader)


if __name__ == "__main__":
    os._exit(main())
