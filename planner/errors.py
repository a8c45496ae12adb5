"""Trouble of the machine, told apart from mistakes of ours.

A :class:`MachineTrouble` is something that can happen on any good day: a full disk, a wrong passphrase, a damaged file.
The person is told one calm sentence and what to do next. Every other exception is a mistake in this program.
"""

from __future__ import annotations


class MachineTrouble(Exception):
    """Something outside the program went wrong; nothing private is ever part of its text."""

    def __init__(self, sentence: str, what_next: str = "") -> None:
        """Keep two translated sentences: what happened, and what can be done next."""
        super().__init__(sentence)
        self.sentence = sentence
        self.what_next = what_next
