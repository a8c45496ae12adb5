"""Where Qt looks for plug-ins once the application object exists."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo


def own_plug_ins_only() -> None:
    """From now on, in Qt's own folder alone; it would look beside the program that runs, which is Python, as well.

    The plug-ins of the screen are loaded by then. Variables that name other folders for those are taken out by
    :mod:`planner.system.surroundings`.
    """
    QCoreApplication.setLibraryPaths([QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)])
