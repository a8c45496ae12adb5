"""Words beside the mouse."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QWidget


def set_tip(widget: QWidget, words: str) -> None:
    """Let these words appear beside the mouse, as they stand.

    Qt takes words that look like HTML for HTML, and then opens the pictures that they name, wherever they lie, in this
    very process: so somebody else's form or list could have a file read beside the open notebook.
    """
    widget.setToolTip(f"<qt>{escape(words)}</qt>" if "<" in words else words)
