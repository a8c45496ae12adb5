"""A filter in the kernel that lets only local sockets through, for this process and every one that it starts.

It binds Python, Qt, libraries written in C and children alike; no code of the process can take it off again. Linux
alone, on x86_64 and aarch64, and without any library: the filter is a short program for the kernel's own filter machine
(``linux/filter.h``, ``linux/seccomp.h``), handed over with two system calls. Elsewhere, or where the kernel has no
filters, :func:`keep_local` says so and nothing is claimed.

What it cannot see is what a socket was opened by: a socket handed over by another program through a local one, and
another program asked to use the network on our behalf, pass by it.

A new process has the filter of the one that started it. So that a hundred locks do not pile up a hundred filters (the
kernel counts them, and refuses at last), the filter answers a knock with a number made of its own content.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable

Instruction = tuple[int, int, int, int]
"""What to do, how far to jump when a test is met and when it is not, and a number to do it with."""

Program = list[Instruction]
Calls = dict[str, tuple[int | None, int | None]]
"""System calls by name, with their numbers on x86_64 and on aarch64; None where there is no such call."""

ALLOW = 0x7FFF0000
END_PROCESS = 0x80000000
_REFUSE = 0x00050000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16
_X32 = 0x40000000
"""Calls of the x32 way on x86_64 have this bit: the same calls by other numbers."""

_AF_UNIX = 1
_SET_DUMPABLE, _SET_TRACER, _SET_NO_NEW_PRIVS = 4, 0x59616D61, 38
KNOCK = 0x506C0001
"""An option of ``prctl`` that no kernel has."""
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_FIRST_MARK = 1000
"""Kernels number their errors from 1 to 133, and hand on numbers to 4095."""
_NEW_NAMESPACE = 0x7E020000
_SET_MODE_FILTER, _ALL_THREADS, _SPEED = 1, 1, 4

# Of other processes: their memory, open files and threads are nobody's business here.
_LOOK_INTO_OTHERS: Calls = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
}
# Doors into the kernel that have been a way to more rights more than once, and that no window needs.
_DOORS_INTO_THE_KERNEL: Calls = {
    "perf_event_open": (298, 241),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "modify_ldt": (154, None),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "syslog": (103, 116),
}
# Another view of the file system or a name space of its own, in which a check made outside no longer holds.
_ANOTHER_VIEW: Calls = {
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "unshare": (272, 97),
    "setns": (308, 268),
}
# The machine itself: its kernel, clock, name and swap.
_THE_MACHINE: Calls = {
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "iopl": (172, None),
    "ioperm": (173, None),
    "vhangup": (153, 58),
}
# Answered as by a kernel that does not have them, so that a library takes its other way: io_uring opens sockets past
# every filter, the kernel's key ring keeps what is put there after we are gone, and what clone3 asks for lies in
# memory, where a filter cannot read it.
_NOT_THERE: Calls = {
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "clone3": (435, 435),
}
LOOKED_AT: Calls = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "clone": (56, 220),
    "personality": (135, 92),
    "ioctl": (16, 29),
    "prctl": (157, 167),
    "seccomp": (317, 277),
}
REFUSED: Calls = {**_LOOK_INTO_OTHERS, **_DOORS_INTO_THE_KERNEL, **_ANOTHER_VIEW, **_THE_MACHINE}
"""Refused whatever is asked of them, with EPERM."""
NOT_THERE = _NOT_THERE
"""Refused as if the kernel did not have them, with ENOSYS."""

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


class Machine:
    """How this machine numbers its calls."""

    def __init__(self, name: str) -> None:
        """``name`` as ``uname`` says it.

        Raises:
            KeyError: nothing is known here about such a machine.
        """
        self._column, self.word = _MACHINES[name]

    def numbers(self, calls: Calls) -> list[int]:
        """The numbers of those that there are."""
        return [number for pair in calls.values() if (number := pair[self._column]) is not None]

    def number(self, calls: Calls, name: str) -> list[int]:
        """The number of one of them, in a list that is empty where there is none."""
        return self.numbers({name: calls[name]})


def here() -> Machine | None:
    """This machine, or None where no filter can be made for it."""
    if sys.platform != "linux" or sys.byteorder != "little" or sys.maxsize < 2**32:
        return None
    try:
        return Machine(os.uname().machine)
    except KeyError:
        return None


# the parts of a filter ------------------------------------------------------------------------------------------------
def refused(error: int) -> int:
    """The verdict that makes a call come back with this error."""
    return _REFUSE | error


def beginning(machine: Machine, otherwise: int = _REFUSE | errno.ENOSYS) -> Program:
    """Calls by the numbers of another machine get the other verdict; then the number of the call is at hand."""
    wrong = (_RETURN, 0, 0, otherwise)
    return [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, machine.word),
        wrong,
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32),
        wrong,
    ]


def among(values: Iterable[int], then: int, otherwise: int | None = None) -> Program:
    """Verdict ``then`` for what is among some values; for the rest the other one, or go on."""
    known = list(values)
    last = len(known) - 1
    tests = [(_EQUAL, last - place, int(place == last), value) for place, value in enumerate(known)]
    rest = [] if otherwise is None else [(_RETURN, 0, 0, otherwise)]
    return [*tests, (_RETURN, 0, 0, then), *rest] if known else rest


def bits(mask: int, then: int, otherwise: int) -> Program:
    """Verdict ``then`` for what has any bit of a mask."""
    return [(_ANY_BIT, 0, 1, mask), (_RETURN, 0, 0, then), (_RETURN, 0, 0, otherwise)]


def argument(place: int, tests: Program) -> Program:
    """The lower half of an argument (the kernel takes no more of it, where it is looked at here), and tests on it."""
    return [(_LOAD, 0, 0, _ARGUMENTS_AT + 8 * place), *tests]


def empty(place: int, then: int, otherwise: int) -> Program:
    """Verdict ``then`` where the whole argument is 0, which also says that nothing lies anywhere in memory for it."""
    upper = (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * place + 4)
    return [upper, (_EQUAL, 1, 0, 0), (_RETURN, 0, 0, otherwise), *argument(place, among([0], then, otherwise))]


def on(numbers: list[int], tests: Program) -> Program:
    """Tests for these calls alone. They must end in a verdict: the number of the call is no longer at hand."""
    return [each for number in numbers for each in ((_EQUAL, 0, len(tests), number), *tests)]


def end() -> Program:
    """Everything else is let through."""
    return [(_RETURN, 0, 0, ALLOW)]


# the filter of every process of ours ----------------------------------------------------------------------------------
def local_only(machine: Machine) -> Program:
    """Only local sockets, nothing of other processes, no door that a window does not need."""
    not_allowed = refused(errno.EPERM)
    sockets = argument(0, among([_AF_UNIX], ALLOW, refused(errno.EAFNOSUPPORT)))
    # Layouts of memory that make an attack easier; to ask for the present one is allowed.
    layouts = argument(0, among([0, 0xFFFFFFFF], ALLOW, not_allowed))
    # To type into the terminal in somebody's place.
    controls = argument(1, among([_TIOCSTI, _TIOCLINUX], not_allowed, ALLOW))
    clones = argument(0, bits(_NEW_NAMESPACE, not_allowed, ALLOW))
    rules = [
        *on(machine.number(LOOKED_AT, "socket"), sockets),
        *on(machine.number(LOOKED_AT, "socketpair"), sockets),
        *on(machine.number(LOOKED_AT, "clone"), clones),
        *on(machine.number(LOOKED_AT, "ioctl"), controls),
        *on(machine.number(LOOKED_AT, "personality"), layouts),
        *among(machine.numbers(NOT_THERE), refused(errno.ENOSYS)),
        *among(machine.numbers(REFUSED), not_allowed),
    ]
    # What is not readable for others stays so.
    settings = [
        *among([_SET_TRACER], not_allowed),
        *among([KNOCK], refused(mark(rules))),
        (_EQUAL, 1, 0, _SET_DUMPABLE),
        (_RETURN, 0, 0, ALLOW),
        *empty(1, ALLOW, not_allowed),
    ]
    return [*beginning(machine), *on(machine.number(LOOKED_AT, "prctl"), argument(0, settings)), *rules, *end()]


def mark(rules: Program) -> int:
    """An error number that no kernel gives, made of some rules: other rules, another number."""
    found = 0
    for instruction in rules:
        for part in instruction:
            found = (found * 31 + part) % 3001
    return _FIRST_MARK + found


def keep_local() -> bool:
    """Put the filter in force for every thread of this process, and for whatever it starts.

    Returns:
        Whether it is in force. It was put there by the process that started this one, or is now.
    """
    machine = here()
    if machine is None:
        return False
    program = local_only(machine)
    return answers(program, KNOCK) or (install(machine, program, speed=True) and answers(program, KNOCK))


def answers(program: Program, knock: int) -> bool:
    """Whether a filter with the rules of this one is in force, which gives its mark to those who knock so."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    ctypes.set_errno(0)
    nothing = ctypes.c_ulong(0)
    if library.prctl(ctypes.c_int(knock), nothing, nothing, nothing, nothing) != -1:
        return False
    answer = ctypes.get_errno()
    return answer >= _FIRST_MARK and (_RETURN, 0, 0, refused(answer)) in program


def install(machine: Machine, program: Program, *, speed: bool) -> bool:
    """Hand a filter to the kernel, for all threads, and give up for good to gain rights by starting a program.

    ``speed`` keeps older kernels from slowing the process down against code in it that may not look at its own memory;
    without it they do.

    Returns:
        Whether the kernel took it.
    """
    import ctypes
    import struct

    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    kept = ctypes.create_string_buffer(code, len(code))
    handed = struct.pack("@HP", len(program), ctypes.addressof(kept))
    library = ctypes.CDLL(None, use_errno=True)
    nothing = ctypes.c_ulong(0)
    if library.prctl(ctypes.c_int(_SET_NO_NEW_PRIVS), ctypes.c_ulong(1), nothing, nothing, nothing) != 0:
        return False
    (number,) = machine.number(LOOKED_AT, "seccomp")
    # Kernels before 4.17 do not know the flag for speed, and have nothing that it would turn off.
    for flags in (_ALL_THREADS | _SPEED, _ALL_THREADS) if speed else (_ALL_THREADS,):
        mode = ctypes.c_ulong(_SET_MODE_FILTER)
        if library.syscall(ctypes.c_long(number), mode, ctypes.c_ulong(flags), handed) == 0:
            return True
    return False
