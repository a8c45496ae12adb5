"""The stricter filter, for a process that only reads a file from elsewhere and answers through a pipe.

Put on top of the ordinary one (:mod:`planner.system.seccomp`) once everything that is needed has been imported: no
sockets at all, no new process or program, nothing made, written, renamed or removed, no signal to anybody else. Threads
are allowed, and reading of files, which the file system's own rules must bound.
"""

from __future__ import annotations

import errno
import os

from planner.system.seccomp import (
    ALLOW,
    END_PROCESS,
    KNOCK,
    LOOKED_AT,
    Calls,
    Machine,
    Program,
    among,
    answers,
    argument,
    beginning,
    bits,
    empty,
    end,
    here,
    install,
    keep_local,
    mark,
    on,
    refused,
)

_KNOCK = 0x506C0002
_WRITING = 0o20003103
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the bit of O_TMPFILE; the same on both machines."""
_THREAD = 0x00010000
_SET_OWNER, _SET_SIGNAL, _SET_OWNER_EX = 8, 10, 15
"""With these, ``fcntl`` makes the kernel send a signal to somebody."""
_IS_TERMINAL, _SIZE_OF_TERMINAL, _HOW_MUCH, _KEEP_AT_EXEC, _CLOSE_AT_EXEC = 0x5401, 0x5413, 0x541B, 0x5450, 0x5451
_GET_DUMPABLE, _SET_NAME, _GET_NAME, _GET_SECCOMP, _GET_NO_NEW_PRIVS, _NAME_MEMORY = 3, 15, 16, 21, 39, 0x53564D41

# A pipe needs none of them; with recvmsg somebody could hand over what this process may not open itself.
_SOCKETS: Calls = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "recvmmsg": (299, 243),
}
_NEW_PROCESSES: Calls = {"execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None)}
# Nothing on a disk is made, changed or removed, also not through a file that is open for reading.
_CHANGES: Calls = {
    "creat": (85, None),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "utime": (132, None),
    "utimes": (235, None),
    "utimensat": (280, 88),
    "futimesat": (261, None),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
# Memory and messages that other processes share, and files that are in memory alone.
_SHARED: Calls = {
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "memfd_create": (319, 279),
}
# Signals, handles and the pace of other processes; limits once set are not set anew; nobody's files are watched.
_OTHERS: Calls = {
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "setrlimit": (160, 164),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
}
REFUSED: Calls = {**_SOCKETS, **_NEW_PROCESSES, **_CHANGES, **_SHARED, **_OTHERS}
"""Refused whatever is asked of them, with EPERM."""

LOOKED_AT_TOO: Calls = {
    "open": (2, None),
    "openat": (257, 56),
    "openat2": (437, 437),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "prlimit64": (302, 261),
    "fcntl": (72, 25),
}


def reading(machine: Machine, own: int) -> Program:
    """The rules, for the process with the number ``own``."""
    not_allowed = refused(errno.EPERM)

    def looked_at(name: str, place: int, tests: Program) -> Program:
        number = machine.number(LOOKED_AT_TOO if name in LOOKED_AT_TOO else LOOKED_AT, name)
        return on(number, argument(place, tests))

    to_read = bits(_WRITING, not_allowed, ALLOW)
    to_itself = among([own], ALLOW, not_allowed)
    questions = [_IS_TERMINAL, _SIZE_OF_TERMINAL, _HOW_MUCH, _KEEP_AT_EXEC, _CLOSE_AT_EXEC]
    settings = [_GET_DUMPABLE, _SET_NAME, _GET_NAME, _GET_SECCOMP, _GET_NO_NEW_PRIVS, _NAME_MEMORY, KNOCK]
    rules = [
        *looked_at("openat", 2, to_read),
        *looked_at("open", 1, to_read),
        *looked_at("clone", 0, bits(_THREAD, ALLOW, not_allowed)),
        *looked_at("fcntl", 1, among([_SET_OWNER, _SET_SIGNAL, _SET_OWNER_EX], not_allowed, ALLOW)),
        *looked_at("ioctl", 1, among(questions, ALLOW, not_allowed)),
        *looked_at("kill", 0, to_itself),
        *looked_at("tkill", 0, to_itself),
        *looked_at("tgkill", 0, to_itself),
        *on(machine.number(LOOKED_AT_TOO, "prlimit64"), empty(2, ALLOW, not_allowed)),
        # What it asks for lies in memory, where a filter cannot read it; as if not there.
        *among(machine.number(LOOKED_AT_TOO, "openat2"), refused(errno.ENOSYS)),
        *among(machine.numbers(REFUSED), not_allowed),
    ]
    known = [*among([_KNOCK], refused(mark(rules))), *among(settings, ALLOW, not_allowed)]
    return [*beginning(machine, END_PROCESS), *looked_at("prctl", 0, known), *rules, *end()]


def only_reading() -> bool:
    """Put this filter, and the ordinary one below it, in force for every thread of this process.

    Returns:
        Whether both are in force.
    """
    machine = here()
    if machine is None or not keep_local():
        return False
    program = reading(machine, os.getpid())
    # Whatever it is made to read may hold code that looks for memory it should not see: no speed at that price.
    return answers(program, _KNOCK) or (install(machine, program, speed=False) and answers(program, _KNOCK))
