"""A spare key to be copied by hand: its groups, never broken in the middle."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planner.ui.kit.layouts import flow
from planner.ui.kit.text import Text
from planner.words import _


class SpareKeyText(QWidget):
    """The groups of a key in large letters, in as many lines as there is room for."""

    def __init__(self, spare_key: str) -> None:
        """``spare_key`` as it was made, its groups divided by dashes."""
        super().__init__()
        self.spare_key = spare_key
        groups = spare_key.split("-")
        written = [f"{each}-" for each in groups[:-1]] + groups[-1:]
        self.setLayout(flow(*[Text(each, "card", wrap=False, tabular=True) for each in written], gap=0, gap_y=4))
        self.setAccessibleName(_("Your spare key"))
        self.setAccessibleDescription(" ".join(spare_key))
