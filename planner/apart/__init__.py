"""Files from others are read in a process of their own, which has no rights and never sees the open store.

Each question is a kind of :mod:`planner.apart.kinds`. :mod:`planner.apart.asking` starts the child, gives it the bytes
of one file and takes one answer, both bounded in size and time; ``python -m planner.apart`` is that child. It hardens
itself, imports what this one kind needs, shuts itself in (:mod:`planner.apart.shut_in`), and only then reads what a
stranger wrote. What comes back is plain data (:mod:`planner.apart.plain`): whoever took the child over can say
something untrue, but nothing that is not of the kind that was asked for.
"""
