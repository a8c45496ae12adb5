"""Guided forms: XLSForms and ODK XForms, opened, filled in, kept, and turned into proposals for the plan.

The names below are the face of this room. They are found when they are first asked for, because lxml and lark are paid
for only when a form is opened.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.forms.compile import compile_form, prepare_form
    from planner.forms.entities import EntityDraft
    from planner.forms.filling import Filling, Resumed, Validity
    from planner.forms.form import Form
    from planner.forms.pages import Choice, FormPage, OutlineSection, Question
    from planner.forms.trouble import ExpressionTrouble, FillingUnreadable, FormUnreadable, Problem
    from planner.forms.ways import Way

_HOMES = {
    "Choice": "pages",
    "EntityDraft": "entities",
    "ExpressionTrouble": "trouble",
    "Filling": "filling",
    "FillingUnreadable": "trouble",
    "Form": "form",
    "FormPage": "pages",
    "FormUnreadable": "trouble",
    "OutlineSection": "pages",
    "Problem": "trouble",
    "Question": "pages",
    "Resumed": "filling",
    "Validity": "filling",
    "Way": "ways",
    "compile_form": "compile",
    "prepare_form": "compile",
}

__all__ = [
    "Choice",
    "EntityDraft",
    "ExpressionTrouble",
    "Filling",
    "FillingUnreadable",
    "Form",
    "FormPage",
    "FormUnreadable",
    "OutlineSection",
    "Problem",
    "Question",
    "Resumed",
    "Validity",
    "Way",
    "compile_form",
    "prepare_form",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"planner.forms.{_HOMES[name]}"), name)
    raise AttributeError(name)
