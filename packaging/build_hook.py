"""What a build does first: compile the resources, then pack them and all modules into one file of the wheel."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackAll(BuildHookInterface[Any]):
    """Compile translations and forms before anything is packed, then pack."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; an editable install reads ``resources/`` and the modules where they lie and takes no copy of them.

        Raises:
            Refused: a translation or a form cannot be compiled.
        """
        root = Path(self.root)
        self._beside("compile_resources").compile_all(root / "resources")
        if self.target_name == "wheel" and version == "standard":
            pack = self._beside("pack")
            with tempfile.NamedTemporaryFile(delete=False) as file:
                file.write(pack.packed(pack.contents(root)))
            self._file = Path(file.name)
            build_data["force_include"][file.name] = "planner/_packed.dat"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was only made to be put into the wheel."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    _file: Path | None = None

    def _beside(self, name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, Path(self.root, "packaging", f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
