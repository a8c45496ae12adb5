"""Words beside the mouse."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_tip(widget: QWidget, words: str) -> None:
    """Let these words appear beside the mouse, as they stand.

    Qt takes words that look like HTML for HTML, and then opens the pictures that they name, wherever they lie, in this
    very process: so somebody else's form or list could have a file read beside the open notebook.
    """
    if "<" in words:
        from html import escape  # every start would wait for it, and hardly any words need it

        words = f"<qt>{escape(words)}</qt>"
    widget.setToolTip(words)
