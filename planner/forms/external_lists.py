"""Lists of rows read from CSV and GeoJSON (ODK documentation, "Form Datasets")."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

from planner.forms.xpath.convert import column_name
from planner.words import _

MOST_COLUMNS = 400
LARGEST_GEOJSON = 5_000_000
"""Bytes: what is read of it takes many times as much."""

_UNKEEPABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ListUnreadable(Exception):
    """A file that is no list, or too large a one; ``sentence`` says so to a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Rows:
    """A list: names of columns, and of each item a text for each column. ``notes`` are sentences about the reading."""

    columns: tuple[str, ...]
    items: list[list[str]]
    notes: tuple[str, ...] = ()


def read_csv(content: bytes, name: str, most: int) -> Rows:
    """Rows parted by commas; by semicolons or tabs where the first line has no comma. ``most`` bounds the elements.

    Raises:
        ListUnreadable: no list, or too large a one.
    """
    text, notes = _decoded(content, name)
    first, _end, _rest = text.partition("\n")
    delimiter = next((each for each in ",;\t" if each in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next(reader, [])
        while header and not header[-1].strip():
            header.pop()
        if not header or len(header) > MOST_COLUMNS:
            raise _no_list(name)
        width = len(header)
        items: list[list[str]] = []
        for row in reader:
            if not any(map(str.strip, row)):
                continue
            if (len(items) + 1) * (width + 1) > most:
                raise ListUnreadable(_("The file “{name}” is too large.").format(name=name))
            items.append([each.strip() for each in row[:width]] + [""] * (width - len(row)))
    except csv.Error as trouble:
        raise _no_list(name) from trouble
    return Rows(tuple(map(column_name, header)), items, notes)


def _decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheet programs still save lists this way.
        text = content.decode("cp1252", errors="replace")
        notes = (_("The file “{name}” is not saved as UTF-8.").format(name=name),)
    return _UNKEEPABLE.sub("", text), notes


def _no_list(name: str) -> ListUnreadable:
    return ListUnreadable(_("The file “{name}” could not be read as a list.").format(name=name))


def read_geojson(content: bytes, name: str, most: int) -> Rows:
    """The features of a collection: ``geometry`` in the specification's way, ``id``, and their properties.

    Raises:
        ListUnreadable: no list, or too large a one.
    """
    if len(content) > LARGEST_GEOJSON:
        raise ListUnreadable(_("The file “{name}” is too large.").format(name=name))
    try:
        whole = json.loads(content.decode("utf-8-sig"))
        if whole["type"] != "FeatureCollection":
            raise _no_list(name)
        found = [_feature(each) for each in whole["features"]]
    except (ValueError, KeyError, TypeError, LookupError, AttributeError, RecursionError) as trouble:
        raise _no_list(name) from trouble
    columns = dict.fromkeys(["id", "geometry"])
    for each in found:
        columns.update(dict.fromkeys(each))
    if len(columns) > MOST_COLUMNS or len(found) * (len(columns) + 1) > most:
        raise ListUnreadable(_("The file “{name}” is too large.").format(name=name))
    return Rows(tuple(columns), [[each.get(column, "") for column in columns] for each in found])


def _feature(feature: Any) -> dict[str, str]:
    if feature["type"] != "Feature":
        raise ValueError
    properties = feature.get("properties") or {}
    found = {column_name(str(key)): _text(value) for key, value in properties.items()}
    found["geometry"] = _geometry(feature["geometry"])
    if feature.get("id") is not None:
        found["id"] = _text(feature["id"])
    return found


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return _UNKEEPABLE.sub("", value)
        case bool():
            return "true" if value else "false"
    return _UNKEEPABLE.sub("", json.dumps(value, ensure_ascii=False))


def _geometry(geometry: Any) -> str:
    """GeoJSON has the longitude first, the specification the latitude; of a polygon the outer ring counts."""
    if geometry is None:
        return ""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return _point(coordinates)
        case "LineString":
            return "; ".join(map(_point, coordinates))
        case "Polygon":
            return "; ".join(map(_point, coordinates[0] if coordinates else []))
    raise ValueError


def _point(coordinates: Any) -> str:
    longitude, latitude = coordinates[:2]
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in (longitude, latitude)):
        raise ValueError
    return f"{json.dumps(latitude)} {json.dumps(longitude)} 0 0"
