"""Small XForms written out, for what a table cannot say."""

from __future__ import annotations

from planner.forms import Form

NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" '
    'xmlns:odk="http://www.opendatakit.org/xforms" xmlns:entities="http://www.opendatakit.org/xforms/entities"'
)


def xform(instance: str, model: str = "", body: str = "", version: str = "1") -> bytes:
    """An XForm with the id ``t``: what is in its instance ``<data>``, what stands beside that, and its body."""
    return (
        f'<h:html {NAMESPACES}><h:head><h:title>T</h:title><model><instance><data id="t" version="{version}">'
        f"{instance}</data></instance>{model}</model></h:head><h:body>{body}</h:body></h:html>"
    ).encode()


def form(instance: str, model: str = "", body: str = "", version: str = "1") -> Form:
    """The same, opened."""
    return Form.from_xml(xform(instance, model, body, version))


def asked(path: str, inside: str = "") -> str:
    """A plain question."""
    return f'<input ref="{path}"><label>{path.rsplit("/", 1)[-1]}</label>{inside}</input>'


def repeat(path: str, inside: str, count: str = "") -> str:
    """A repeat, with its count if it has one."""
    counted = f' jr:count="{count}"' if count else ""
    return f'<group ref="{path}"><label>R</label><repeat nodeset="{path}"{counted}>{inside}</repeat></group>'


def setvalue(event: str, path: str, value: str | None = None, text: str = "") -> str:
    """An action; ``value`` is an expression, ``text`` what is set as it stands."""
    expression = "" if value is None else f' value="{value}"'
    return f'<setvalue event="{event}" ref="{path}"{expression}>{text}</setvalue>'
