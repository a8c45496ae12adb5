from __future__ import annotations

from pathlib import Path

import pytest

from planner.system.device_facts import FOLDER, MEASURES, SWAP, device_facts
from planner.system.disk_encryption import DeviceDisk, Encrypted
from planner.system.harden import Measure, in_force

YES, NO, NOT_TOLD = Encrypted.YES, Encrypted.NO, Encrypted.NOT_TOLD
WELL = DeviceDisk(YES, YES)


def test_each_measure_has_a_sentence_for_on_and_for_off() -> None:
    on = device_facts(Path(), set(Measure), WELL)
    off = device_facts(Path(), set(), WELL)
    assert [fact.protects for fact in on] == [True] * len(on)
    assert [fact.protects for fact in off] == [False] * len(MEASURES) + [True, True]
    assert not {fact.sentence for fact in on[: len(MEASURES)]} & {fact.sentence for fact in off}


def test_what_was_not_put_in_force_is_not_claimed() -> None:
    assert in_force() == frozenset(), "nobody hardened the process of the tests"
    assert not any(fact.protects for fact in device_facts(Path(), disk=DeviceDisk(NOT_TOLD, NOT_TOLD)))


@pytest.mark.parametrize(("answer", "protects"), [(YES, True), (NO, False), (NOT_TOLD, None)])
def test_the_disk_is_told_of_as_it_is(answer: Encrypted, protects: bool | None) -> None:
    facts = device_facts(Path(), set(), DeviceDisk(answer, answer))
    assert [(fact.sentence, fact.protects) for fact in facts[-2:]] == [
        (FOLDER[answer], protects),
        (SWAP[answer], protects),
    ]


def test_deep_sleep_is_told_of_only_where_it_does_harm() -> None:
    assert len(device_facts(Path(), set(), DeviceDisk(YES, YES, hibernates=True))) == len(MEASURES) + 2
    assert len(device_facts(Path(), set(), DeviceDisk(YES, NO, hibernates=True))) == len(MEASURES) + 3
    assert device_facts(Path(), set(), DeviceDisk(YES, NO, hibernates=True))[-1].protects is False
