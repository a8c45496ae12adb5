"""What a plan is. Kept light: the documents' engine and the repeat rules load only when their modules are imported."""

from __future__ import annotations

from planner.plan.trouble import Cancelled, DocumentDamaged, InvalidRepeat

__all__ = ["Cancelled", "DocumentDamaged", "InvalidRepeat"]
