"""What is asked of Windows and macOS, recorded: nobody has run it there."""

from __future__ import annotations

from typing import Any

import pytest

from planner.system.harden_elsewhere import no_debugger, no_memory_in_reports, own_folders_only


class Recorded:
    """A library that notes what is called, and answers as it was told to."""

    def __init__(self, **answers: int) -> None:
        self.answers = answers
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*words: object) -> int:
            self.calls.append((name, *words))
            return self.answers.get(name, 0)

        return call


@pytest.mark.parametrize(("first", "second", "done"), [(1, 1, True), (0, 1, False), (1, 0, False)])
def test_windows_is_asked_to_look_in_its_own_folders_alone(first: int, second: int, done: bool) -> None:
    kernel = Recorded(SetDefaultDllDirectories=first, SetDllDirectoryW=second)
    assert own_folders_only(kernel) is done
    assert kernel.calls[0] == ("SetDefaultDllDirectories", 0x1000)
    if first:
        assert kernel.calls[1] == ("SetDllDirectoryW", "")


@pytest.mark.parametrize("answer", [0, 1])
def test_windows_is_asked_to_leave_memory_out_of_its_reports(answer: int) -> None:
    kernel = Recorded(WerSetFlags=answer)
    assert no_memory_in_reports(kernel) is (answer == 0)
    assert kernel.calls == [("SetErrorMode", 0x8003), ("WerSetFlags", 0x21)]


@pytest.mark.parametrize("answer", [0, -1])
def test_macos_is_asked_to_let_no_debugger_in(answer: int) -> None:
    system = Recorded(ptrace=answer)
    assert no_debugger(system) is (answer == 0)
    assert system.calls == [("ptrace", 31, 0, None, 0)]
