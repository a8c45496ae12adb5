from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCommonStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from planner.system.appearance import Appearance


@pytest.mark.parametrize(
    ("scheme", "dark"),
    [(Qt.ColorScheme.Dark, True), (Qt.ColorScheme.Light, False), (Qt.ColorScheme.Unknown, False)],
)
def test_dark_as_the_system_says(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, scheme: Qt.ColorScheme, dark: bool
) -> None:
    appearance = Appearance(qapp)
    monkeypatch.setattr(appearance, "_hints", SimpleNamespace(colorScheme=lambda: scheme))
    assert appearance.dark() is dark


def test_tells_when_the_system_changes(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp)
    with qtbot.waitSignal(appearance.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    with qtbot.waitSignal(appearance.changed):
        qapp.styleHints().accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)


class _Still(QCommonStyle):
    def __init__(self, milliseconds: int) -> None:
        super().__init__()
        self.milliseconds = milliseconds

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        return self.milliseconds if hint is QStyle.StyleHint.SH_Widget_Animation_Duration else 0


@pytest.mark.parametrize(("milliseconds", "still"), [(0, True), (200, False)])
def test_little_motion_where_the_desktop_turned_it_off(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, milliseconds: int, still: bool
) -> None:
    style = _Still(milliseconds)
    monkeypatch.setattr(QApplication, "style", staticmethod(lambda: style))
    assert Appearance(qapp).less_motion() is still


@pytest.mark.parametrize(
    ("preference", "strong"), [(Qt.ContrastPreference.HighContrast, True), (Qt.ContrastPreference.NoPreference, False)]
)
def test_strong_contrast_as_the_system_says(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, preference: Qt.ContrastPreference, strong: bool
) -> None:
    appearance = Appearance(qapp)
    told = SimpleNamespace(accessibility=lambda: SimpleNamespace(contrastPreference=lambda: preference))
    monkeypatch.setattr(appearance, "_hints", told)
    assert appearance.more_contrast() is strong
