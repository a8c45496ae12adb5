"""Where a hostile form lies and what it is called: links that lead away, pipes, letters that steer a terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from planner.forms import Form, FormUnreadable
from planner.forms.check import check_file, lines
from tests.forms.xforms import xform

links = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise there")


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form in a folder of its own that names a list; something private lies outside."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "list.csv").write_text("name,label\nx,hers\n")
    (tmp_path / "forms").mkdir()
    path = tmp_path / "forms" / "form.xml"
    path.write_bytes(xform("<b/>", '<instance id="list" src="jr://file-csv/list.csv"/>'))
    return path


@links
def test_a_link_beside_a_form_brings_in_nothing_from_elsewhere(form: Path) -> None:
    beside = form.with_name("list.csv")
    beside.symlink_to(form.parent.parent / "private" / "list.csv")
    assert Form.load(form).files == {}
    beside.unlink()
    beside.write_text("name,label\ny,its own\n")
    assert Form.load(form).files == {"list.csv": b"name,label\ny,its own\n"}


@links
def test_a_link_in_the_folder_of_a_form_brings_in_nothing_from_elsewhere(form: Path) -> None:
    media = form.with_name("form-media")
    media.mkdir()
    (media / "list.csv").symlink_to(form.parent.parent / "private" / "list.csv")
    (media / "own.csv").write_text("own")
    assert Form.load(form).files == {"own.csv": b"own"}


@links
def test_a_folder_that_is_a_link_brings_in_nothing_from_elsewhere(form: Path) -> None:
    media = form.with_name("form-media")
    media.symlink_to(form.parent.parent / "private")
    assert Form.load(form).files == {}
    media.unlink()
    (form.parent.parent / "private").rename(media)
    assert list(Form.load(form).files) == ["list.csv"]


@links
def test_a_link_within_the_folder_and_a_folder_reached_by_a_link_are_fine(form: Path) -> None:
    form.with_name("real.csv").write_text("name,label\ny,its own\n")
    form.with_name("list.csv").symlink_to("real.csv")
    (form.parent.parent / "way").symlink_to(form.parent)
    assert list(Form.load(form.parent.parent / "way" / "form.xml").files) == ["list.csv"]


@links
@pytest.mark.parametrize("name", ["form.xml", "list.csv"])
def test_a_pipe_is_no_file_and_nobody_waits_for_it(form: Path, name: str) -> None:
    path = form.with_name(name)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    # Without the mending this would wait for ever for the form, so somebody stands at the other end.
    other = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    os.write(other, b"<nothing/>")
    try:
        if name == "form.xml":
            with pytest.raises(FormUnreadable) as caught:
                Form.load(form)
            assert caught.value.sentence == "This file could not be opened."
        else:
            assert Form.load(form).files == {}
    finally:
        os.close(other)


def test_a_report_does_not_steer_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "form\u202e.md"
    path.write_text("| survey |\n| | type | name | label | x\x1b]0;words\x07\x9b31m\u2028 |\n| | text | a | b | |\n")
    said = lines([check_file(path)])
    assert "x" in said[1]
    assert not [each for line in said for each in line if each in "\x1b\x07\x9b\u202e\u2028"]


def test_a_report_shows_what_is_no_letter_of_a_terminal(tmp_path: Path) -> None:
    """A name on a disk may be no text at all, and words may hold joiners that some scripts need."""
    said = lines([check_file(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe2\x80\x8c.md")))])
    assert said[0].encode().decode().split(":")[0].endswith("/\ufffd\u200c.md")


@pytest.mark.parametrize("said", ['id=""', "", 'id="t"', 'id=" t&#10;"'])
def test_answers_to_a_form_that_says_no_id_can_be_gone_on_with(said: str) -> None:
    """The name of its root stands in."""
    inside = '<instance id="__last-saved" src="jr://instance/last-saved"/>'
    binds = '<bind nodeset="/data/b" calculate="instance(\'__last-saved\')/data/a"/>'
    form = Form.from_xml(
        xform("<a/><b/>", inside + binds, '<input ref="/data/a"><label>A</label></input>').replace(
            b'id="t" ', said.encode() + b" "
        )
    )
    filling = form.start()
    filling.answer("a", "heron")
    assert form.resume_state(filling.state()).value("a") == "heron"
    assert form.resume(filling.to_xml()).value("a") == "heron"
    assert form.start(last_saved=filling.to_xml()).value("b") == "heron"
