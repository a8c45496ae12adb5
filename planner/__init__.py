"""Planner: a private notebook for plans, appointments and people."""

__version__ = "0.2.0.dev0"
