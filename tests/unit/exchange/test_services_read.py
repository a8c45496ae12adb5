"""Lists of places: what is understood, what stays out and why, and which files are refused before anything is read."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange import services_files
from planner.exchange.services_read import LeftOut, ServiceFile, ServiceTrouble, Why, is_formula, read_services
from planner.packs.services import MANY, MOST_ENTRIES, MOST_LINE, MOST_TEXT, WRITTEN, OwnService, own_service

ID = "ac148810-d857-441c-9679-408f346de14b"
SERVICE: dict[str, Any] = {
    "id": ID,
    "name": "Evening clinic",
    "description": "<p>Doctors &amp; nurses.</p>",
    "url": "http://example.com/clinic/",
    "email": "desk@example.com",
    "status": "active",
    "interpretation_services": "Urdu, Polish",
    "application_process": "Call first",
    "fees_description": "Sliding scale by income",
    "eligibility_description": "Anyone over 12",
    "assured_date": "2026-01-31",
    "alert": "Closed on March 3",
    "phones": [
        {"number": "+1 212 555 0142", "extension": 100, "type": "voice", "description": "Front desk"},
        {"number": "212 555 0199", "type": "fax"},
    ],
    "schedules": [{"byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00"}],
    "languages": [{"name": "Spanish", "code": "es"}, {"name": "Kʼicheʼ"}],
    "required_documents": [{"document": "Nothing"}],
    "attributes": [{"taxonomy_term": {"name": "Health Care"}}],
    "organization": {"id": "o", "name": "Harbor Health", "contacts": [{"name": "Ann Persona", "phones": []}]},
    "service_at_locations": [
        {"location": {"addresses": [{"address_1": "1 Main St", "city": "Dover", "state_province": "DE"}]}}
    ],
}


def no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def read(data: str | bytes | Any) -> ServiceFile:
    if not isinstance(data, str | bytes):
        data = json.dumps(data)
    return read_services(data.encode() if isinstance(data, str) else data, no_progress)


def entries(data: str | bytes | Any) -> list[OwnService]:
    return [each.entry for each in read(data).found]


def packed(parts: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


# ---------------------------------------------------------------- what is understood


def test_a_plain_table_in_spanish_is_understood() -> None:
    table = (
        "\ufeffNombre;Para qué;Teléfono;Dirección;Idiomas;Costo;Horario;Categoría;Sitio web;Revisado;Color\r\n"
        '"Casa Luz";"Cama y comida";"(212) 555-0142; 212 555 0199";"Calle 3";"Español, inglés";Gratis;'
        '"De noche";Refugio;https://casa.example.org/;2026-02-01;azul\r\n'
    )
    found = read(table)
    (entry,) = [each.entry for each in found.found]
    assert entry == OwnService(
        name="Casa Luz",
        purpose="Cama y comida",
        phones=({"number": "(212) 555-0142", "label": ""}, {"number": "(212) 555-0199", "label": ""}),
        address="Calle 3",
        languages=("es", "en"),
        cost="free",
        hours="De noche",
        needs=("stay",),
        site="casa.example.org",
        checked="2026-02-01",
    )
    assert found.columns == ("color",)


def test_an_open_referral_service_is_understood() -> None:
    (entry,) = entries(SERVICE)
    assert entry.name == "Evening clinic, Harbor Health"
    assert entry.origin == f"hsds/{ID}"
    assert entry.purpose == "Doctors & nurses."
    assert entry.phones == ({"number": "(212) 555-0142 x100", "label": "Front desk"},)
    assert (entry.site, entry.email) == ("example.com/clinic", "desk@example.com")
    assert entry.languages == ("es", "Kʼicheʼ", MANY)
    assert (entry.cost, entry.cost_note) == ("by-income", "Sliding scale by income")
    assert entry.hours == "Thursday, Friday 10:00–18:00"
    assert entry.needs == ("health",)
    assert entry.address == "1 Main St, Dover DE"
    assert not entry.show_address
    assert entry.note == "Closed on March 3\nAnyone over 12\nCall first\nNothing"
    assert entry.checked == "2026-01-31"
    assert "Ann Persona" not in repr(entry), "people of an office are nobody's business"


@pytest.mark.parametrize(
    "whole",
    [
        [SERVICE],
        {"total_items": 1, "contents": [SERVICE]},
        {"services": [SERVICE]},
        {"name": "Harbor Health", "services": [{key: SERVICE[key] for key in SERVICE if key != "organization"}]},
        {"contents": [{"name": "Harbor Health", "services": [SERVICE]}]},
        {"name": "Harbor Health", "id": "o", "phones": [], "contacts": [], "services": [SERVICE]},
        {"id": "x", "service": SERVICE, "location": SERVICE["service_at_locations"][0]["location"]},
    ],
)
def test_every_shape_of_the_standard_is_the_same_service(whole: Any) -> None:
    assert entries(whole) == entries(SERVICE)


TABLES = {
    "organization.csv": "id,name\no1,Harbor Health\n",
    "service.csv": f"id,organization_id,name,status\n{ID},o1,Evening clinic,active\ns2,o1,Old clinic,inactive\n",
    "phone.csv": f"id,service_id,organization_id,number,type\np1,{ID},,212-555-0142,voice\np2,,o1,212-555-0000,voice\n",
    "location.csv": "id,name\nl1,Main\n",
    "service_at_location.csv": f"id,service_id,location_id\nx,{ID},l1\n",
    "physical_address.csv": "id,location_id,address_1,city\na1,l1,1 Main St,Dover\n",
    "regular_schedule.csv": f"id,service_id,weekday,opens_at,closes_at\nr1,{ID},Monday,09:00,17:00\n",
    "language.csv": f"id,service_id,language\ng1,{ID},Spanish\n",
    "taxonomy.csv": "id,name\nt1,Food Pantries\n",
    "service_taxonomy.csv": f"id,service_id,taxonomy_id\nz1,{ID},t1\n",
    "datapackage.json": "{}",
}


def test_tables_of_the_standard_are_put_together() -> None:
    found = read(packed(TABLES))
    (entry,) = [each.entry for each in found.found]
    assert entry.name == "Evening clinic, Harbor Health"
    assert [each["number"] for each in entry.phones] == ["(212) 555-0142"]
    assert entry.address == "1 Main St, Dover"
    assert entry.hours == "Monday 09:00–17:00"
    assert (entry.languages, entry.needs) == (("es",), ("food",))
    assert found.left_out == (LeftOut(2, Why.CLOSED, "Old clinic, Harbor Health"),)


def test_tables_in_folders_in_the_plural_and_in_json_are_the_same() -> None:
    endings = {"address.csv": "addresses.csv", "taxonomy.csv": "taxonomies.csv"}
    plural = {
        f"data/{re.sub(r'(address|taxonomy)?[.]csv$', lambda end: endings.get(end[0], 's.csv'), name)}": content
        for name, content in TABLES.items()
    }
    assert "data/physical_addresses.csv" in plural
    assert "data/services.csv" in plural
    as_json = {
        name: list(csv.DictReader(io.StringIO(content))) for name, content in TABLES.items() if name.endswith(".csv")
    }
    assert entries(packed(plural)) == entries(as_json) == entries(packed(TABLES))


def test_what_has_no_name_or_stands_there_twice_stays_out() -> None:
    found = read("name,phone,notes\nHarbor,2125550142,a\n,2125550143,b\nharbor,(212) 555 0142,c\nHarbor,2125550144,d\n")
    assert [each.number for each in found.found] == [1, 4]
    assert found.left_out == (LeftOut(2, Why.NO_NAME), LeftOut(3, Why.TWICE, "harbor"))


def test_a_paragraph_beside_a_number_becomes_its_first_words() -> None:
    phones = [{"number": "2125550142", "description": "The desk at the door. " * 20}]
    (phone,) = entries([{**SERVICE, "phones": phones}])[0].phones
    assert phone["label"].startswith("The desk at the door.")
    assert len(phone["label"]) <= 62


def test_the_first_of_every_list_is_not_the_same_place() -> None:
    assert entries({**SERVICE, "id": "1"})[0].origin == ""


def test_a_price_is_only_said_where_the_words_leave_no_doubt() -> None:
    rows = ["Free", "$0.00", "Sin costo", "No es gratis", "free for members, 20 for others", "Sliding fee", "", "20"]
    table = "name,cost,phone\n" + "".join(f'Place {n},"{row}",21255501{n:02}\n' for n, row in enumerate(rows))
    assert [each.cost for each in entries(table)] == ["free", "free", "free", "", "", "by-income", "", ""]
    assert [each.cost_note for each in entries(table)] == ["" if number < 3 else row for number, row in enumerate(rows)]


# ---------------------------------------------------------------- formulas and other tricks


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|'/C calc'!A0",
        "'=1+1",
        "@SUM(A1)",
        "+SUM(A1:A9)",
        "-2+3+cmd|' /C calc'!A0",
        '  =HYPERLINK("http://x.example")',
        "=1",
    ],
)
def test_a_formula_stays_out_and_is_counted(cell: str) -> None:
    quoted = cell.replace('"', '""')
    found = read(f'name,notes,phone\nHarbor,"{quoted}","{quoted}"\n')
    assert found.found[0].entry.note == ""
    assert found.found[0].entry.phones == ()
    assert found.formulas == 2, "one in each cell"


@pytest.mark.parametrize("cell", ["- a bed\n- a meal", "+1 (212) 555 0142", "-5 degrees: warm room", "+ food"])
def test_words_that_begin_with_a_sign_are_no_formula(cell: str) -> None:
    assert not is_formula(cell)
    assert read(f'name,notes\nHarbor,"{cell}"\n').formulas == 0


@pytest.mark.parametrize(
    "site", ["javascript:alert(1)", "file:///etc/passwd", "smb://host/x", "data:text/html,x", "a b"]
)
def test_only_addresses_of_the_web_are_kept(site: str) -> None:
    assert entries([{**SERVICE, "url": site}])[0].site == ""


def test_signs_that_turn_words_round_are_taken_out() -> None:
    (entry,) = entries('name,notes\n"Har\u202ebor\u200b\u0007","<b>bold</b>\u2066x"\n')
    assert (entry.name, entry.note) == ("Harbor", "bold x")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"name\n",
        b"[]",
        b"{}",
        b"null",
        b"[1, 2]",
        b'{"contents": []}',
        b'{"name":',
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'[{"name": ' + b"9" * 5000 + b"}]",
        b"name,phone\nHarbor\0,1\n",
        b"PK\x03\x04 and nothing more",
        b'colour,size\n"blue",3\n',
        b'{"id": "l", "name": "Main Street", "location_type": "physical"}',
        b'{"contents": [{"id": "t", "name": "Food", "taxonomy": "x"}]}',
        b'{"id": "t", "name": "Food", "version": "1"}',
        b"[" * 900 + b'{"name": "Harbor", "status": "active"}' + b"]" * 900,
        b'name,note\n"' + b"x" * 200_000 + b'"\n',
        ("," * 500 + "\nx\n").encode(),
        b'name\n"never closed\n' * 20_000,
        packed({"readme.txt": "hello"}),
        packed({"a.json": "{}", "b.json": "{}"}),
        packed({"one/service.csv": "name\nA\n", "two/service.csv": "name\nB\n"}),
        packed({"organization.csv": "id,name\n1,A\n", "phone.csv": "id\n1\n"}),
        packed({"service.csv": "name\nA\n"}, zipfile.ZIP_BZIP2),
        packed({f"t{n}.csv": "name\n" for n in range(300)}),
        packed(TABLES)[:-40],
        ("name\n" + "Harbor\n" * 70_000).encode(),
        ("name,phone\n" + "".join(f"Harbor {n},{n}\n" for n in range(5_100))).encode(),
    ],
    ids=range(31),
)
def test_what_is_no_list_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ServiceTrouble) as refused:
        read(data)
    assert refused.value.sentence.endswith(".")
    assert refused.value.what_next.endswith(".")


def test_a_list_that_unpacks_to_far_more_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services_files, "MOST_UNPACKED", 100_000)
    with pytest.raises(ServiceTrouble):
        read(packed({"service.csv": "name\n" + "a" * 200_000}))
    monkeypatch.setattr(services_files, "MOST_BYTES", 10)
    with pytest.raises(ServiceTrouble):
        read(b"name\nHarbor kitchen\n")


def test_a_part_that_says_it_is_shorter_is_refused() -> None:
    data = packed({"service.csv": "name\nHarbor\n" + "x" * 5000, "phone.csv": "id\n"})
    assert len(read(packed({"service.csv": "name\nHarbor\n"})).found) == 1
    size = len("name\nHarbor\n" + "x" * 5000).to_bytes(4, "little")
    with pytest.raises(ServiceTrouble):
        read(data.replace(size, (20).to_bytes(4, "little")))


def test_a_link_and_a_locked_part_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        link = zipfile.ZipInfo("service.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    with pytest.raises(ServiceTrouble):
        read(out.getvalue())
    locked = bytearray(packed({"service.csv": "name\nHarbor\n"}, zipfile.ZIP_STORED))
    for at in (locked.index(b"PK\x03\x04") + 6, locked.index(b"PK\x01\x02") + 8):
        locked[at] |= 1
    with pytest.raises(ServiceTrouble):
        read(bytes(locked))


def test_reading_can_be_stopped() -> None:
    class Stopped(Exception):
        """Somebody pressed the button."""

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_services(b"name\nHarbor\n", stop)


# ---------------------------------------------------------------- whatever comes


def is_sound(entry: OwnService) -> bool:
    """As every entry of a list must be: short enough, and the same when it is read from the store again."""
    values = {name: getattr(entry, name) for name in WRITTEN}
    again = own_service(values, origin=entry.origin)
    lines = [entry.name, entry.email, entry.site, entry.cost_note, *entry.languages]
    return (
        again == entry
        and bool(entry.name)
        and all(len(each) <= MOST_LINE and "\n" not in each for each in lines)
        and len(entry.note) <= MOST_TEXT
        and len(entry.phones) <= MOST_ENTRIES
        and not is_formula(entry.name)
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for each in (data, b"name,phone,notes\n" + data, b"PK" + data, b"[" + data):
        try:
            found = read_services(each, no_progress)
        except ServiceTrouble:
            continue
        assert all(is_sound(one.entry) for one in found.found)


CELL = st.text(max_size=40)
VALUE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | CELL,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SERVICE, "number", "name"]), inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SERVICE)), VALUE), CELL)
def test_any_object_is_read_or_refused(service: dict[str, Any], name: str) -> None:
    try:
        found = read({**service, "name": name})
    except ServiceTrouble:
        return
    assert all(is_sound(one.entry) for one in found.found)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6))
def test_every_row_is_found_or_left_out(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "phone", "notes"])
    writer.writerows([f"P{each[0]}".replace("\0", ""), *(cell.replace("\0", "") for cell in each[1:])] for each in rows)
    found = read(out.getvalue())
    numbers = sorted([each.number for each in found.found] + [each.number for each in found.left_out])
    assert numbers == list(range(1, len(rows) + 1))
    assert all(is_sound(one.entry) for one in found.found)
