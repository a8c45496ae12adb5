"""What can be wrong with an expression. Each error has one sentence for people; it names functions, never answers."""

from __future__ import annotations

from planner.forms.trouble import ExpressionTrouble
from planner.words import _


class UnknownFunction(ExpressionTrouble):
    """A function that is neither in the ODK XForms specification nor in XPath 1.0."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}() is not known here")
        self.name = name


class WrongArguments(ExpressionTrouble):
    """A function was given too few, too many or the wrong kind of values."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}() was given the wrong values")
        self.name = name


class BadPattern(ExpressionTrouble):
    """A pattern for ``regex()`` that is none, or an absurd one."""

    def __init__(self) -> None:
        super().__init__("a pattern is not understood")


class TooMuch(ExpressionTrouble):
    """An expression that would take too long, is too long itself, or makes too long a text."""

    def __init__(self, what: str = "the expression takes too long") -> None:
        super().__init__(what)


def sentence_of(trouble: ExpressionTrouble) -> str:
    """What is wrong, as one translated sentence to stand after the expression."""
    match trouble:
        case UnknownFunction(name=name):
            return _("The function {name}() is not known here.").format(name=name)
        case WrongArguments(name=name):
            return _("The function {name}() was given too little, too much, or something it cannot use.").format(
                name=name
            )
        case BadPattern():
            return _("A pattern in it is not written as patterns are.")
        case TooMuch():
            return _("It is too long, or would take too long to work out.")
        case _:
            return _("It is not written as such expressions are.")
