"""Packs as a shelter would make them, and what a hand that means ill would make of them."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from planner.keys.givers import public_of, sign
from planner.packs.pack import SIGNATURE, digest_of, signature_file, zipped

TODAY = date(2026, 12, 1)
SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))

MANIFEST = """
format = 1
id = "heron-house"
name.en = "Heron House"
name.es = "Casa Garza"
about.en = "What we hand out at our house."
about.es = "Lo que damos en nuestra casa."
version = "1.2"
languages = ["en", "es"]
jurisdiction = "us"
reviewed = 2026-01-23
giver.name = "Heron House"

[[form]]
file = "forms/arriving.md"
"""
GOAL = """
[[goal]]
id = "heron-bus"
domain = "basic-needs"
time = "now"
title.en = "I can ride the bus in town"
title.es = "Puedo viajar en autobús"
why.en = "I want to get there on my own."
why.es = "Quiero llegar por mi cuenta."
jurisdiction = "us"
reviewed = 2026-01-23

[[goal.step]]
en = "Ask at the desk for a bus card. The desk is at 555-0142."
es = "Pide una tarjeta de autobús. El teléfono es 555-0142."
"""
GUIDE = """
for = "self"
domain = "home"
icon = "home"
order = 3
title.en = "Your first week in our house"
title.es = "Tu primera semana en nuestra casa"
about.en = "Who is here, and what you may ask."
about.es = "Quién está aquí y qué puedes preguntar."
jurisdiction = "us"
reviewed = 2026-01-23

[[part]]
text.en = "At night, call 555-0143. By day, call 555-0142. The rules stand on heron.example."
text.es = "De noche, llama al 555-0143. De día, llama al 555-0142. Las reglas están en heron.example."
sources = ["heron-rules"]

[[door]]
form = "arriving"
"""
KIT = """
icon = "law"
domain = "papers"
title.en = "A visit to the county desk"
title.es = "Una visita a la oficina del condado"
about.en = "What to take along."
about.es = "Qué llevar."
jurisdiction = "us"
reviewed = 2026-01-23

[[bring]]
en = "Any paper with your name."
es = "Cualquier papel con tu nombre."

[[ask]]
en = "What does it cost now?"
es = "¿Cuánto cuesta ahora?"
"""
SERVICE = """
jurisdiction = "US"
reviewed = 2026-01-23

[[service]]
id = "heron-desk"
needs = ["stay"]
name.en = "Heron House desk"
name.es = "Recepción de Casa Garza"
for.en = "A bed for tonight."
for.es = "Una cama para hoy."

[[service.number]]
way = "call"
value = "1-800-555-0142"
sources = ["heron-rules", "town-list"]
"""
CLOCKS = """
[[clock]]
id = "heron-locker"
kind = "day"
domain = "home"
icon = "home"
title.en = "The locker has to be empty"
title.es = "El casillero debe quedar vacío"
about.en = "At the end of a stay."
about.es = "Al final de la estancia."
ask.en = "The day on your paper from the house"
ask.es = "El día en tu papel de la casa"
jurisdiction = "us"
reviewed = 2026-01-23
[[clock.rule]]
en = "It stands in the rules of the house."
es = "Está en las reglas de la casa."
sources = ["heron-rules"]

[[clock]]
id = "heron-clinic"
kind = "hours"
hours = 48
domain = "health"
icon = "health"
title.en = "The clinic van"
title.es = "La clínica móvil"
about.en = "It comes by twice a week."
about.es = "Pasa dos veces por semana."
jurisdiction = "us"
reviewed = 2026-01-23
[[clock.rule]]
en = "Ask at the desk when it comes."
es = "Pregunta en la recepción cuándo pasa."
sources = ["heron-rules"]
"""
PAPERS = """
[[paper]]
id = "heron-card"
icon = "papers"
domain = "papers"
title.en = "Card of the house"
title.es = "Tarjeta de la casa"
jurisdiction = "us"
reviewed = 2026-01-23
[[paper.ask]]
en = "Ask at the desk."
es = "Pregunta en la recepción."
"""
SOURCES = """id,supports,title,address,page_date,read_date
heron-rules,rules of the house,House rules,https://heron.example/rules,2025-10,2026-01-20
town-list,number of the desk,Help in town,https://town.example/help,2025-09,2026-01-20
"""
FORM = """
| survey |
| | type | name | label::English (en) | label::Español (es) |
| | text | wish | What would help? Our desk is at 555-0142. | ¿Qué ayudaría? |
| | text | bed | Which bed? | ¿Qué cama? |
| settings |
| | form_title | form_title::Español (es) | form_id | version | default_language |
| | Arriving | Llegada | arriving | 1 | English (en) |
"""
WHOLE = {
    "pack.toml": MANIFEST,
    "goals/bus.toml": GOAL,
    "guides/heron-first-week.toml": GUIDE,
    "kits/heron-county.toml": KIT,
    "directory/heron.toml": SERVICE,
    "sources.csv": SOURCES,
    "forms/arriving.md": FORM,
}


def made(changes: Mapping[str, str | None] | None = None) -> dict[str, bytes]:
    """The files of a whole pack, some with other words or (None) left out."""
    words = {**WHOLE, **(changes or {})}
    return {name: each.encode() for name, each in words.items() if each is not None}


def without_form(changes: Mapping[str, str | None] | None = None) -> dict[str, bytes]:
    """The same without the form, which takes longest to read."""
    left = {
        "pack.toml": MANIFEST.partition("[[form]]")[0],
        "guides/heron-first-week.toml": GUIDE.partition("[[door]]")[0],
        "forms/arriving.md": None,
    }
    return made({**left, **(changes or {})})


def of_version(version: str) -> str:
    """The manifest of a pack without a form, in another version."""
    return MANIFEST.partition("[[form]]")[0].replace('version = "1.2"', f'version = "{version}"')


def signed(files: Mapping[str, bytes], seed: bytes = SEED) -> dict[str, bytes]:
    """The same files with a signature."""
    signature = sign(seed, digest_of(files))
    return {**files, SIGNATURE: signature_file(public_of(seed), signature)}


def in_zip(place: Path, files: Mapping[str, bytes], name: str = "pack.zip") -> Path:
    """A .zip of these files."""
    path = place / name
    path.write_bytes(zipped(files))
    return path


def odd_zip(place: Path, *entries: tuple[zipfile.ZipInfo, bytes]) -> Path:
    """A .zip of a good manifest and entries as nobody would make them who means well."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.toml", MANIFEST)
        for entry, content in entries:
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    path = place / "odd.zip"
    path.write_bytes(whole.getvalue())
    return path


def entry(name: str, mode: int = stat.S_IFREG | 0o600) -> zipfile.ZipInfo:
    """An entry of an archive with a name and a Unix mode."""
    found = zipfile.ZipInfo(name)
    found.create_system = 3
    found.external_attr = mode << 16
    return found
