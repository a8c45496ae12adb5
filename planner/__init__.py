"""Planner: a private notebook for plans, dates and people."""

__version__ = "0.1.0"
