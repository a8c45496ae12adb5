from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from planner.errors import MachineTrouble
from planner.exchange.paper import plan_pdf
from planner.exchange.pdf_seal import EmptyPassphrase, encrypt_pdf

from .made_up import EVERYTHING, PlainFormats, pages, plan


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return plan_pdf(plan(EVERYTHING), PlainFormats())


def test_sealed_with_aes_256_and_its_metadata_too(pdf: bytes) -> None:
    assert b"<x:xmpmeta" in pdf  # the check below would see it
    sealed = encrypt_pdf(pdf, "five words of her own")
    assert b"xmpmeta" not in sealed
    assert b"Document" not in sealed.replace(b"/S /Document", b"")
    with pikepdf.open(io.BytesIO(sealed), password="five words of her own") as document:
        assert document.encryption.R == 6
        assert document.encryption.bits == 256
        assert document.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert document.encryption.string_method == pikepdf.models.EncryptionMethod.aesv3
        assert document.allow.accessibility
        assert document.allow.extract
        assert document.allow.print_highres
        assert bool(document.Root.MarkInfo.Marked)
        assert len(document.Root.StructTreeRoot.K) > 0
        assert "/EncryptMetadata" not in document.trailer.Encrypt or document.trailer.Encrypt.EncryptMetadata


def test_only_the_passphrase_opens_it(pdf: bytes) -> None:
    sealed = encrypt_pdf(pdf, "a b c")
    for wrong in ("", "a b", "a b c ", "A B C"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(sealed), password=wrong)
    assert pages(sealed, "a b c") == pages(pdf)
    assert encrypt_pdf(pdf, "a b c") != sealed


@pytest.mark.parametrize("passphrase", ["", " ", "\n\t", "\u3000"])
def test_nothing_is_no_passphrase(pdf: bytes, passphrase: str) -> None:
    with pytest.raises(EmptyPassphrase) as caught:
        encrypt_pdf(pdf, passphrase)
    assert isinstance(caught.value, MachineTrouble)
    assert caught.value.sentence
    assert caught.value.what_next


@pytest.mark.parametrize("passphrase", ["mañana café", "пять слов", "五つの言葉", "x" * 127])
def test_passphrases_of_every_script(pdf: bytes, passphrase: str) -> None:
    assert pages(encrypt_pdf(pdf, passphrase), passphrase) == pages(pdf)


def test_two_ways_to_type_one_letter_are_one_passphrase(pdf: bytes) -> None:
    assert pages(encrypt_pdf(pdf, "man\u0303ana"), "mañana") == pages(pdf)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not here")
def test_another_program_opens_it(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(encrypt_pdf(pdf, "a b c"))
    done = subprocess.run(["pdfinfo", "-upw", "a b c", str(file)], capture_output=True, text=True, check=True)
    assert re.search(r"^Tagged: +yes$", done.stdout, re.MULTILINE)
    assert "algorithm:AES-256" in done.stdout
    assert "print:yes copy:yes" in done.stdout
    assert subprocess.run(["pdfinfo", str(file)], capture_output=True, check=False).returncode != 0
