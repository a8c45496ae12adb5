"""Decrypts every page of a SQLCipher 4 file, the free ones too, to see what SQL cannot show.

Neither ``sqlcipher_export`` nor ``VACUUM`` copies free pages, and SQLCipher refuses to take the key off. So the pages
are decrypted here: AES-256 in CBC mode, with the 16 bytes of IV and 64 of authentication code at the end of each page
(zetetic.net/sqlcipher/design). The cipher is written out from FIPS 197 and is checked against its example.
"""

from __future__ import annotations

from pathlib import Path

PAGE = 4096
_RESERVED = 80
_IV = 16
_SALT = 16
_ROUNDS = 14


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = (one << 1) ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return product


def _box() -> list[int]:
    box = []
    for value in range(256):
        inverse = next((each for each in range(256) if _times(value, each) == 1), 0)
        turned = inverse
        for turn in range(1, 5):
            turned ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xFF
        box.append(turned ^ 0x63)
    return box


_BOX = _box()
_UNBOX = [_BOX.index(value) for value in range(256)]
_BY_14, _BY_11, _BY_13, _BY_9 = ([_times(value, by) for value in range(256)] for by in (14, 11, 13, 9))


def _round_keys(key: bytes) -> list[bytes]:
    words = [key[at : at + 4] for at in range(0, 32, 4)]
    round_constant = 1
    for at in range(8, 4 * (_ROUNDS + 1)):
        word = words[-1]
        if at % 8 == 0:
            word = bytes(_BOX[each] for each in word[1:] + word[:1])
            word = bytes([word[0] ^ round_constant]) + word[1:]
            round_constant = _times(round_constant, 2)
        elif at % 8 == 4:
            word = bytes(_BOX[each] for each in word)
        words.append(bytes(one ^ other for one, other in zip(word, words[at - 8], strict=True)))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


_SHIFTED = [(at - 4 * (at % 4)) % 16 for at in range(16)]


def decrypt_block(block: bytes, keys: list[bytes]) -> bytes:
    state = [one ^ other for one, other in zip(block, keys[_ROUNDS], strict=True)]
    for number in range(_ROUNDS - 1, -1, -1):
        key = keys[number]
        state = [_UNBOX[state[at]] ^ key[place] for place, at in enumerate(_SHIFTED)]
        if number:
            mixed = []
            for at in (0, 4, 8, 12):
                a, b, c, d = state[at : at + 4]
                mixed += [
                    _BY_14[a] ^ _BY_11[b] ^ _BY_13[c] ^ _BY_9[d],
                    _BY_9[a] ^ _BY_14[b] ^ _BY_11[c] ^ _BY_13[d],
                    _BY_13[a] ^ _BY_9[b] ^ _BY_14[c] ^ _BY_11[d],
                    _BY_11[a] ^ _BY_13[b] ^ _BY_9[c] ^ _BY_14[d],
                ]
            state = mixed
    return bytes(state)


def decrypted(path: Path, key: bytes) -> bytes:
    """All pages of a closed database one after another, without salt and reserved bytes."""
    content = path.read_bytes()
    assert content
    assert len(content) % PAGE == 0
    keys = _round_keys(key)
    plain = bytearray()
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        before = page[-_RESERVED : -_RESERVED + _IV]
        for at in range(0 if start else _SALT, PAGE - _RESERVED, 16):
            block = page[at : at + 16]
            plain += bytes(one ^ other for one, other in zip(decrypt_block(block, keys), before, strict=True))
            before = block
    return bytes(plain)


def example_of_fips_197() -> tuple[bytes, bytes]:
    """What its appendix C.3 decrypts to here, and what it should."""
    block = decrypt_block(bytes.fromhex("8ea2b7ca516745bfeafc49904b496089"), _round_keys(bytes(range(32))))
    return block, bytes.fromhex("00112233445566778899aabbccddeeff")
