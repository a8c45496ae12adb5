"""Planner: a private notebook for plans, appointments and people."""

import os.path

__version__ = "0.2.0.dev0"

# An installed program has its other modules in one packed file; a checkout has them beside this one.
if os.path.exists(os.path.join(__path__[0], "_packed.dat")):  # noqa: PTH110, PTH118 - no path is needed this early
    from planner.packed import find_modules_inside

    find_modules_inside()
