"""ODK's XPath: parsed once, rewritten for libxml2, with ODK's own functions and conversions."""

from __future__ import annotations

from planner.forms.xpath.compiled import Expression, compile_expression, evaluate
from planner.forms.xpath.rewrite import Place
from planner.forms.xpath.surroundings import Surroundings

__all__ = ["Expression", "Place", "Surroundings", "compile_expression", "evaluate"]
