"""The people's page: a list or a circle at the start, a card at the end; the circle takes more room than a list."""

from __future__ import annotations

from planner.ui.kit.scroll import BAR
from planner.ui.pages.plan_layouts import SHEET, Halves
from planner.ui.theme import theme

FIRST = (520, 660)
"""Least and usual width of the circle with the air round it, px at 100 %."""


class CircleHalves(Halves):
    """Two areas side by side, of which the first is a list or, with ``wide_first``, a circle."""

    _wide = False

    @property
    def wide_first(self) -> bool:
        """Whether the first area is a circle."""
        return self._wide

    @wide_first.setter
    def wide_first(self, wide: bool) -> None:
        if wide != self._wide:
            self._wide = wide
            self.arrange()

    @property
    def together(self) -> bool:
        """Whether both are to be seen."""
        if not self._wide:
            return super().together
        return not theme.narrow(1 << 16) and self.width() >= theme.px(FIRST[0] + SHEET - 20) + BAR

    def arrange(self) -> None:
        """Place them; never by way of another width, in which some of the circle would have no room."""
        if not self._wide or not self.together or self._alone is not None:
            super().arrange()
            return
        width, height = self.width(), self.height()
        side = max(theme.px(FIRST[0]), min(theme.px(FIRST[1]), width - theme.px(SHEET)))
        self.first.setGeometry(width - side if theme.rtl else 0, 0, side, height)
        self.second.setGeometry(0 if theme.rtl else side, 0, width - side, height)
        self.first.setVisible(True)
        self.second.setVisible(True)
