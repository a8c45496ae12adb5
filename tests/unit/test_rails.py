"""The rules every file of the project keeps."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from compile_resources import merge, placeholders, texts

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "packaging" / "requirements"
RESOURCES = ROOT / "resources"
LIMIT = 500


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)


# ---------------------------------------------------------------- locks


def locked(name: str) -> dict[str, str]:
    """The entries of a lock file: "name==version" and everything that belongs to it."""
    blocks = re.split(r"^(?=[a-z0-9])", (REQUIREMENTS / name).read_text("utf-8"), flags=re.MULTILINE)
    return {re.split(r"[ ;\\]", block)[0]: block for block in blocks if block.strip()}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    entries = locked(name)
    assert len(entries) > 20
    assert [pin for pin in entries if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin)] == []
    assert [pin for pin, block in entries.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_lock_files_name_no_host_and_no_place(name: str) -> None:
    assert (
        re.findall(r"://|--index|--find-links|--extra|@|\.(?:com|org|net)\b", (REQUIREMENTS / name).read_text()) == []
    )


def test_what_is_run_is_what_is_tested() -> None:
    assert locked("run.txt").keys() <= locked("dev.txt").keys()


def test_run_in_names_what_the_project_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lines = (REQUIREMENTS / "run.in").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == asked


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "Version 3, 29 June 2007" in text
    assert len(text.splitlines()) > 600


# ---------------------------------------------------------------- sources


def sources() -> Iterator[Path]:
    for folder in ("planner", "packaging", "tests", "resources"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".sql", ".typ"} and "compiled" not in path.parts:
                yield path


def test_no_source_file_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", cwd=folder)


def test_imports_keep_to_the_contracts() -> None:
    result = contracts(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("plan/wrong.py", "import planner.store"),
        ("store/wrong.py", "import planner.session"),
        ("system/wrong.py", "import planner.plan.life"),
        ("session/wrong.py", "import PySide6.QtCore"),
        ("ui/wrong.py", "import sqlcipher3"),
        ("exchange/wrong.py", "import lxml.etree"),
        ("forms/wrong.py", "import urllib.request, socket"),
        ("wrong.py", "import os"),
    ],
    ids=lambda text: text.replace("import ", "").replace("wrong.py", ""),
)
def test_a_wrong_import_is_noticed(module: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "planner", tmp_path / "planner", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "planner" / module).write_text(line)
    result = contracts(tmp_path)
    assert result.returncode != 0
    assert "wrong" in result.stdout


HEAVY = {
    "pycrdt",
    "dateutil",
    "lxml",
    "pyxform",
    "lark",
    "regex",
    "typst",
    "pikepdf",
    "pypdfium2",
    "zxcvbn",
    "shamir_mnemonic",
    "openpyxl",
}


@pytest.mark.parametrize("module", ["planner.keys", "planner.store", "planner.session", "planner.words"])
def test_what_is_needed_early_loads_nothing_heavy(module: str) -> None:
    result = run(sys.executable, "-c", f"import sys, {module}; print(*{{name.split('.')[0] for name in sys.modules}})")
    assert result.returncode == 0, result.stderr
    assert set(result.stdout.split()) & HEAVY == set()


# ---------------------------------------------------------------- words

KEYWORDS = {"_": None, "N_": None, "n_": (1, 2), "c_": ((1, "c"), 2)}

# Words that are never on a screen, a paper or in a file name; "in case" is the only use of "case" that is none.
NEVER = {
    "en": r"\b(victims?|survivors?|traffick\w*|recovery|(?<!in )cases?|caseloads?|subjects?|failed|non-?compliant)\b",
    "es": r"\b(víctimas?|sobrevivientes?|supervivientes?|trata de|expedientes?|fracas\w*|incumpl\w*)\b",
}


def messages() -> dict[tuple[str, str], tuple[str, ...]]:
    """Every message of the program: context and first English form, to all its English forms."""
    found = {}
    for _, _, message, _, context in extract_from_dir(str(ROOT / "planner"), keywords=KEYWORDS):
        forms = message if isinstance(message, tuple) else (message,)
        found[context or "", forms[0]] = forms
    return found


def translated(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    catalogue = merge(sorted((RESOURCES / "locale" / language).glob("*.po")), language)
    return {(message.context or "", texts(message)[0][0]): texts(message)[1] for message in catalogue if message.id}


def test_every_message_is_written_in_spanish_too() -> None:
    assert len(messages()) > 20
    there = translated("es")
    assert sorted(messages().keys() - there.keys()) == []


def test_placeholders_are_named() -> None:
    """``{}`` and ``{0}`` say nothing to whoever writes the other language."""
    wrong = [
        text
        for forms in messages().values()
        for text in forms
        if any(not name.isidentifier() for name in placeholders(text))
    ]
    assert wrong == []


def test_messages_use_no_word_that_is_never_shown() -> None:
    english = [text for forms in messages().values() for text in forms]
    spanish = [text for forms in translated("es").values() for text in forms]
    assert [text for text in english if re.search(NEVER["en"], text, re.IGNORECASE)] == []
    assert [text for text in spanish if re.search(NEVER["es"], text, re.IGNORECASE)] == []


@pytest.mark.parametrize("folder", ["forms", "guides", "goals", "kits", "print"])
def test_content_uses_no_word_that_is_never_shown(folder: str) -> None:
    never = "|".join(NEVER.values())
    # Code words such as "victim-rights" stand for a part of life and are never shown.
    code = re.compile(r'"[a-z]+(?:-[a-z]+)+"|\bvictim-rights\b')
    written = {path: path.read_text("utf-8") for path in (RESOURCES / folder).rglob("*") if path.is_file()}
    found = {str(path): re.findall(never, code.sub("", text), re.IGNORECASE) for path, text in written.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_file_name_tells() -> None:
    names = [path.name.replace("_", " ").replace("-", " ") for path in RESOURCES.rglob("*")]
    assert len(names) > 50
    assert [name for name in names if re.search("|".join(NEVER.values()), name, re.IGNORECASE)] == []


@pytest.mark.parametrize("text", ["Your case", "It failed", "a survivor's plan", "Recovery", "non-compliant", "CASES"])
def test_a_word_that_is_never_shown_is_noticed(text: str) -> None:
    assert re.search(NEVER["en"], text, re.IGNORECASE)
    assert not re.search(NEVER["en"], "Just in case, a showcase, because", re.IGNORECASE)


# ---------------------------------------------------------------- the rails of the tests themselves

WARNS = """
import pytest
from PySide6.QtCore import qWarning

def test_quiet():
    pass

def test_warns():
    qWarning("heard")

@pytest.fixture
def late():
    yield
    qWarning("heard late")

def test_warns_late(late):
    pass

def test_python_warns():
    import warnings
    warnings.warn("heard in Python")
"""


def test_a_warning_fails_a_test(tmp_path: Path) -> None:
    (tmp_path / "test_warns.py").write_text(WARNS)
    options = ("-n0", "-c", ROOT / "pyproject.toml", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q")
    result = run(sys.executable, "-m", "pytest", *options, tmp_path / "test_warns.py")
    assert "2 failed, 2 passed, 1 error" in result.stdout


def test_the_home_of_the_tests_is_nobodys() -> None:
    assert Path.home().name.startswith("planner-tests-")
