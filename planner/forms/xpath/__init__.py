"""ODK's XPath: parsed once, rewritten for libxml2, with ODK's own functions and conversions."""

from __future__ import annotations

from planner.forms.xpath.compiled import Expression, compile_expression, evaluate
from planner.forms.xpath.rewrite import Place
from planner.forms.xpath.surroundings import Surroundings
from planner.forms.xpath.trouble import BadPattern, TooMuch, UnknownFunction, WrongArguments, sentence_of

__all__ = [
    "BadPattern",
    "Expression",
    "Place",
    "Surroundings",
    "TooMuch",
    "UnknownFunction",
    "WrongArguments",
    "compile_expression",
    "evaluate",
    "sentence_of",
]
