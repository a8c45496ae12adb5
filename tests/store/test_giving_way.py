"""A search beside the window: broken off when it is no longer wanted, put off when somebody else needs the store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from planner.store.connection import ReadingStopped, Turns
from planner.store.finding import EVERYTHING
from planner.store.store import Store
from tests.store.rows import ANA, KEY, found_ids, goal

# A reading that would go on for minutes.
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT max(i) FROM n"
LONG = 30.0


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Store]:
    """A store with enough in it that a search has something to do."""
    made = Store.create(tmp_path, KEY)
    made.save_person(ANA)
    made.put_rows(goal("ana", f"g{number}", f"Lamp {number}", "a light for the table") for number in range(3_000))
    yield made
    made.close()


class Beside:
    """A reading in a thread of its own, and what became of it."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.result: object = None
        self.error: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._work()
        except BaseException as error:  # noqa: BLE001 - looked at by the test
            self.error = error

    def over(self) -> bool:
        self._thread.join(LONG)
        return not self._thread.is_alive()


def wait_until(what: Callable[[], bool]) -> None:
    end = monotonic() + LONG
    while not what():
        assert monotonic() < end
        sleep(0.001)


def test_a_search_that_is_not_wanted_any_more_is_broken_off(many: Store) -> None:
    stop = threading.Event()
    begun = threading.Event()

    def read(ask: Callable[..., object]) -> object:
        begun.set()
        return ask(ENDLESS, ())

    reading = Beside(lambda: many._ask_aside(read, stop.is_set))
    assert begun.wait(LONG)
    stop.set()
    assert reading.over()
    assert isinstance(reading.error, ReadingStopped)
    assert len(found_ids(many, "lamp")) == 50
    assert many.verify() == []


def test_a_search_gives_way_and_begins_anew(many: Store) -> None:
    times: list[int] = []
    inside = threading.Event()

    def read(ask: Callable[..., list[tuple[object, ...]]]) -> object:
        times.append(len(times))
        inside.set()
        # The first time it would never end by itself: only giving way lets anybody else have the store.
        return ask(ENDLESS if len(times) == 1 else "SELECT count(*) FROM setting WHERE name = 'mine'", ())

    reading = Beside(lambda: many._ask_aside(read, lambda: False))
    assert inside.wait(LONG)
    many.set("mine", True)
    assert reading.over()
    assert reading.error is None
    assert len(times) == 2
    assert reading.result == [(1,)]


def test_a_search_waits_until_a_transaction_is_over_and_sees_all_of_it(many: Store) -> None:
    found: list[list[str]] = []
    with many.transaction():
        many.put_rows([goal("ana", "new1", "Zebra")])
        reading = Beside(lambda: found.append(found_ids(many, "zebra")))
        sleep(0.05)
        assert found == []
        many.put_rows([goal("ana", "new2", "Zebra")])
    assert reading.over()
    assert found == [["new1", "new2"]]


def test_who_waits_can_be_stopped_while_another_has_the_store(many: Store) -> None:
    stop = threading.Event()
    with many.transaction():
        reading = Beside(lambda: many.search("lamp", stop=stop.is_set))
        sleep(0.03)
        stop.set()
        assert reading.over()
    assert isinstance(reading.error, ReadingStopped)


def test_closing_in_the_middle_of_a_search_is_safe(many: Store) -> None:
    inside = threading.Event()

    def read(ask: Callable[..., object]) -> object:
        inside.set()
        return ask(ENDLESS, ())

    reading = Beside(lambda: many._ask_aside(read, lambda: False))
    assert inside.wait(LONG)
    many.close()
    assert reading.over()
    assert isinstance(reading.error, ReadingStopped)
    with pytest.raises(ReadingStopped):
        many.search("lamp")
    again = Store.open(many.folder, KEY)
    assert again.verify() == []
    again.close()


def test_trouble_and_mistakes_come_out_of_a_search_as_they_are(many: Store) -> None:
    def broken(ask: Callable[..., object]) -> object:
        return ask("SELECT x FROM nowhere", ())

    with pytest.raises(Exception, match="nowhere"):
        many._ask_aside(broken, lambda: False)
    assert found_ids(many, "lamp")[0] == "g0"


def test_searches_and_edits_from_many_threads_never_meet(many: Store) -> None:
    """What is found is always all of one moment: each edit gives both rows the same word."""
    done = threading.Event()
    torn: list[object] = []

    def look() -> None:
        while not done.is_set():
            for ranked in (True, False):
                hits = many.search("pair", EVERYTHING, 10, ranked=ranked).hits
                if len({each.title for each in hits}) > 1 or len(hits) not in (0, 2):
                    torn.append(hits)

    readers = [Beside(look) for _number in range(2)]
    for number in range(120):
        with many.transaction():
            for name in ("one", "two"):
                many.put_rows([goal("ana", name, f"Pair {number}")])
    done.set()
    assert all(each.over() for each in readers)
    assert [each.error for each in readers] == [None, None]
    assert torn == []
    assert many.verify() == []


def test_who_gives_way_never_takes_a_turn_from_who_waits() -> None:
    turns = Turns()
    order: list[str] = []
    turns.acquire()

    def want() -> None:
        with turns:
            order.append("wants")

    def aside() -> None:
        while not turns.acquire_aside():
            sleep(0.001)
        order.append("gives way")
        turns.release()

    wanting = Beside(want)
    wait_until(lambda: turns.wanted)
    giving = Beside(aside)
    sleep(0.03)
    turns.release()
    assert wanting.over()
    assert giving.over()
    assert order == ["wants", "gives way"]
    assert not turns.wanted
    with turns, turns:
        assert turns.acquire_aside()
        turns.release()
