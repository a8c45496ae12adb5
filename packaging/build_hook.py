"""What a build does first: compile the resources, then see that they travel inside the wheel."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileResources(BuildHookInterface[Any]):
    """Compile translations and forms before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; an editable install reads ``resources/`` where it lies and takes no copy of it.

        Raises:
            Refused: a translation or a form cannot be compiled.
        """
        place = Path(self.root, "packaging", "compile_resources.py")
        spec = importlib.util.spec_from_file_location("compile_resources", place)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.compile_all(Path(self.root, "resources"))
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"]["resources"] = "planner/_resources"
