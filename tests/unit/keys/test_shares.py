"""Shares: the official vectors, and what a person does with twenty words."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from planner.keys.shares import (
    LETTERS,
    SHARE_WORDS,
    SPLITS,
    Gathered,
    NewShares,
    ShareRefused,
    _joined,
    completions,
    from_shares,
    share_list,
    whole_word,
    words_like,
)

VECTORS = json.loads((Path(__file__).parent / "slip39" / "vectors.json").read_text("utf-8"))
SETS = {split: NewShares.make(*split) for split in SPLITS}
splits = st.sampled_from(SPLITS)
places = st.integers(0, SHARE_WORDS - 1)


def gathered(*shares: tuple[str, ...]) -> Gathered:
    found = Gathered()
    for each in shares:
        found.add(each)
    return found


# ---------------------------------------------------------------- the standard


@pytest.mark.parametrize("vector", VECTORS, ids=[each[0] for each in VECTORS])
def test_the_official_vectors(vector: tuple[str, list[str], str, str]) -> None:
    _name, shares, secret, _key = vector
    if secret:
        assert combine_mnemonics(shares, b"TREZOR").hex() == secret
    else:
        with pytest.raises(MnemonicError):
            combine_mnemonics(shares)


def test_all_vectors_are_there() -> None:
    assert len(VECTORS) == 45
    assert sum(bool(each[2]) for each in VECTORS) == 15


@pytest.mark.parametrize("vector", VECTORS, ids=[each[0] for each in VECTORS])
def test_what_is_wrong_by_the_standard_opens_nothing_here(vector: tuple[str, list[str], str, str]) -> None:
    """Ours are one form of many: what the standard takes may be refused here, what it refuses never taken."""
    found = Gathered()
    refused = False
    for each in vector[1]:
        try:
            found.add(each.split())
        except ShareRefused:
            refused = True
    if not vector[2]:
        assert refused or found.missing


def test_shares_are_as_the_standard_has_them() -> None:
    for (needed, _of), made in SETS.items():
        for chosen in combinations(made.shares, needed):
            raw = combine_mnemonics([" ".join(each) for each in chosen])
            assert made.secret.endswith(raw.hex())
            assert len(raw) == 16


def test_four_letters_tell_the_words_apart() -> None:
    words = share_list()
    assert len({each[:LETTERS] for each in WORDLIST}) == len(WORDLIST) == 1024
    assert 950 < len({each[:LETTERS] for each in words}) == len(words) < 1024
    assert list(words) == sorted(words)
    assert all(whole_word(each[:LETTERS]) == whole_word(each) == each for each in words)


# ---------------------------------------------------------------- enough, too few, wrong ones


@given(splits, st.data())
def test_any_that_are_enough_give_the_key_in_any_order(split: tuple[int, int], data: st.DataObject) -> None:
    made = SETS[split]
    chosen = data.draw(st.sampled_from(list(permutations(made.shares, split[0]))))
    found = gathered(*chosen)
    assert found.missing == 0
    assert found.secret() == made.secret
    assert from_shares(found.secret())


@given(splits, st.data())
def test_fewer_give_nothing(split: tuple[int, int], data: st.DataObject) -> None:
    made = SETS[split]
    count = data.draw(st.integers(1, split[0] - 1))
    chosen = data.draw(st.sampled_from(list(combinations(made.shares, count))))
    found = gathered(*chosen)
    assert found.missing == split[0] - count
    with pytest.raises(ValueError, match="enough"):
        found.secret()
    with pytest.raises(ShareRefused):
        _joined([" ".join(each) for each in chosen])


@given(splits, st.data())
def test_a_wrong_word_is_noticed_and_the_place_is_told(split: tuple[int, int], data: st.DataObject) -> None:
    made = SETS[split]
    share = list(data.draw(st.sampled_from(made.shares)))
    place = data.draw(places)
    share[place] = data.draw(st.sampled_from(share_list()).filter(lambda word: word != share[place]))
    found = Gathered()
    with pytest.raises(ShareRefused) as told:
        found.add(share)
    assert found.count == 0
    # A change of the bits that say how the checksum is reckoned is noticed too, but not where it is.
    assert told.value.place == place + 1 or (place == 1 and told.value.place == 0)
    # Where, but never what would be right there.
    where = {f"Look at word {place + 1}: it does not fit the others.", "Some of these words do not fit, or stand in"}
    assert any(told.value.sentence.startswith(each) for each in where)


@given(splits, st.data())
def test_two_wrong_words_or_another_order_are_noticed(split: tuple[int, int], data: st.DataObject) -> None:
    share = list(data.draw(st.sampled_from(SETS[split].shares)))
    first, second = data.draw(st.lists(places, min_size=2, max_size=2, unique=True))
    assume(share[first] != share[second])
    share[first], share[second] = share[second], share[first]
    with pytest.raises(ShareRefused):
        gathered(tuple(share))


@given(splits, splits)
def test_a_share_of_other_ones_opens_nothing(split: tuple[int, int], other: tuple[int, int]) -> None:
    mine, strange = SETS[split], NewShares.make(*other)
    found = gathered(*mine.shares[: split[0] - 1])
    with pytest.raises(ShareRefused) as told:
        found.add(strange.shares[split[0] - 1])
    assert "one key" in told.value.sentence or "belong" in told.value.sentence
    assert found.missing == 1


def test_the_same_share_twice_is_one() -> None:
    share = SETS[2, 3].shares[0]
    found = gathered(share)
    with pytest.raises(ShareRefused, match="in already"):
        found.add([each.upper() for each in share])
    assert found.missing == 1


@pytest.mark.parametrize("words", [[], ["river"], ["academic"] * 20, ["academic"] * 33, ["río"] * 20, [""] * 20])
def test_what_is_no_share_is_said_so(words: list[str]) -> None:
    with pytest.raises(ShareRefused) as told:
        gathered(tuple(words))
    assert told.value.sentence
    assert told.value.what_next


@given(st.lists(st.text(max_size=12), max_size=40))
def test_anything_typed_is_refused_calmly(words: list[str]) -> None:
    with pytest.raises(ShareRefused):
        gathered(tuple(words))


def test_shares_of_another_form_are_refused_before_they_cost_anything() -> None:
    """The last would ask for three hundred million rounds."""
    raw = bytes(16)
    others = [
        generate_mnemonics(1, [(2, 3), (2, 3)], raw, iteration_exponent=0)[0][0],
        generate_mnemonics(2, [(2, 3), (2, 3)], raw, iteration_exponent=0)[1][0],
        generate_mnemonics(1, [(1, 1)], raw, iteration_exponent=0)[0][0],
        generate_mnemonics(1, [(4, 6)], raw, iteration_exponent=0)[0][0],
        generate_mnemonics(1, [(2, 3)], raw, extendable=False, iteration_exponent=0)[0][0],
        generate_mnemonics(1, [(2, 3)], raw, iteration_exponent=3)[0][0],
    ]
    for each in others:
        with pytest.raises(ShareRefused) as told:
            gathered(tuple(each.split()))
        assert "not for a notebook" in told.value.sentence or "do not fit" in told.value.sentence


# ---------------------------------------------------------------- made and tried


def test_each_counts_only_when_it_was_typed_back() -> None:
    made = NewShares.make()
    assert made.label == "2/3"
    assert NewShares.make(3, 5).label == "3/5"
    with pytest.raises(ShareRefused, match="another of your shares"):
        made.try_one(0, made.shares[1])
    with pytest.raises(ShareRefused, match="not the share"):
        made.try_one(0, NewShares.make().shares[0])
    tried = [made.tried]
    for number, share in enumerate(made.shares):
        made.try_one(number, [f" {each.upper()} " for each in share])
        tried.append(made.tried)
    assert tried == [False, False, False, True]
    with pytest.raises(ValueError, match="split"):
        NewShares.make(1, 3)


def test_no_word_that_hurts_stands_on_a_share_or_is_offered() -> None:
    hurts = set(WORDLIST) - set(share_list())
    assert {"victim", "slavery", "traffic", "subject"} <= hurts
    # So many that the first two words, which all shares of a set have, would often be such words too.
    made = [NewShares.make(*split) for split in SPLITS for _number in range(100)]
    assert not hurts & {word for each in made for share in each.shares for word in share}
    assert not hurts & {word for each in hurts for word in (*completions(each[:2], 2000), *words_like(each))}


def test_no_two_are_alike_and_they_show_themselves_nowhere() -> None:
    made = [NewShares.make() for _number in range(20)]
    assert len({each.secret for each in made}) == 20
    assert len({share for each in made for share in each.shares}) == 60
    for each in made:
        assert each.secret not in repr(each)
        assert each.shares[0][5] not in repr(each)


# ---------------------------------------------------------------- while typing


def test_words_complete_themselves() -> None:
    assert completions("") == completions("  ") == ()
    assert completions("RIV") == ("rival", "river")
    assert len(completions("a")) == 6
    assert whole_word("riv") is None
    assert whole_word("rive") == "river"
    assert whole_word(" River ") == "river"
    assert whole_word("acid") == "acid"
    assert whole_word("zzz") is None
    assert "river" in words_like("rivver")
    assert words_like("qqqqq") == ()


def test_the_library_is_loaded_when_needed_only() -> None:
    script = (
        "import sys, planner.keys, planner.keys.shares, planner.store.notebooks\n"
        "assert not any(name.split('.')[0] in ('shamir_mnemonic', 'click') for name in sys.modules)\n"
        "planner.keys.shares.NewShares.make()\n"
        "assert 'shamir_mnemonic' in sys.modules and 'click' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
