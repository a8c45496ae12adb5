"""What this can and cannot do, to be read before there is a notebook; nothing is written by reading it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planner.ui.formats import Formats
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column
from planner.ui.limits_view import LimitsList, how_old, in_a_column, in_short, never_run
from planner.words import _, language


class LimitsDialog(Dialog):
    """The same words as on the page of the notebook."""

    def __init__(self, parent: QWidget, formats: Formats | None = None) -> None:
        """``formats`` tell what day it is; None: of this device, in the language of the screen."""
        self.list = LimitsList()
        shown = formats or Formats(language())
        above = in_a_column(in_short(), never_run())
        super().__init__(
            parent,
            _("What this can and cannot do"),
            "",
            column(above, 24, self.list, 24, how_old(shown)),
            icon="shield",
            width=680,
        )
        self.done_button = self.add_button(_("Back"), "main", icon="back")

    def first_focus(self) -> QWidget | None:
        """The way back; Tab goes on to the lines."""
        return self.done_button
