"""What stands on the two pipes of a child: frames of a letter, a length, and so many bytes.

In come questions (``Q``); out go how far it is (``P``) and one answer (``A``) for each question. An answer is a pair of
one of three words and what belongs to it.
"""

from __future__ import annotations

import struct

HEAD = struct.Struct(">cQ")
STEP = struct.Struct(">QQ")
QUESTION, PROGRESS, ANSWER = b"Q", b"P", b"A"
READ, WRONG, BROKEN = "read", "wrong", "broken"
