"""Forms in packs: hostile ones, and ones that are not there or there twice, are refused with the whole pack."""

from __future__ import annotations

import pytest

from planner.forms import Form
from planner.packs.check import check_files
from planner.packs.refused import PackRefused
from tests.unit.packs.made_packs import FORM, MANIFEST, TODAY, made

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(10))
OUTSIDE = '<!ENTITY e9 SYSTEM "file:///etc/passwd">'


def refused(files: dict[str, bytes]) -> PackRefused:
    with pytest.raises(PackRefused) as caught:
        check_files(files, TODAY)
    return caught.value


@pytest.mark.parametrize("entities", [ENTITIES, OUTSIDE])
def test_a_form_that_grows_or_reads_elsewhere_is_refused(entities: str) -> None:
    whole = Form.from_data("arriving.md", FORM.encode()).xform.decode()
    start = whole.index("<h:html")
    assert "What would help?" in whole
    good = {"pack.toml": MANIFEST.replace("arriving.md", "arriving.xml"), "forms/arriving.md": None}
    assert [form.id for form in check_files(made({**good, "forms/arriving.xml": whole}), TODAY).forms] == ["arriving"]
    bomb = f"{whole[:start]}<!DOCTYPE x [{entities}]>{whole[start:]}".replace("What would help?", "&e9;")
    found = refused(made({**good, "forms/arriving.xml": bomb}))
    assert found.where == "forms/arriving.xml"
    assert "root:" not in found.detail


@pytest.mark.parametrize(
    "form",
    ["", "no form", FORM.replace("| text |", "| begin group |"), "<" * 10_000, "| survey |\n" + "#" * 50_000],
)
def test_a_form_that_is_none_is_refused(form: str) -> None:
    assert refused(made({"forms/arriving.md": form})).where == "forms/arriving.md"


def test_a_form_that_is_not_there_or_there_twice_is_refused() -> None:
    refused(made({"forms/arriving.md": None}))
    more = f'{MANIFEST}\n[[form]]\nfile = "forms/again.md"\n'
    again = FORM.replace("Arriving", "Arriving again")
    assert refused(made({"pack.toml": more, "forms/again.md": again})).detail == "arriving"
    for name in ("forms/arriving.md", "../arriving.md", "forms/x/arriving.md", "arriving.md"):
        assert refused(made({"pack.toml": f'{MANIFEST}\n[[form]]\nfile = "{name}"\n'})).where == "pack.toml"
