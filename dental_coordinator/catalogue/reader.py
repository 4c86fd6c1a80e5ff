# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes of a CSV file to rows of procedure codes."""

import csv
import io
from dataclasses import dataclass
from typing import NamedTuple

#: columns by name (any case, blanks or underscores); the first three must be there
COLUMNS = (
    "code",
    "name",
    "category",
    "licensed_code",
    "area_rule",
    "pattern",
    "prosthesis",
    "removes_tooth",
    "recall_type",
    "precert_hint",
)
REQUIRED = COLUMNS[:3]
AREA_RULES = ("none", "mouth", "arch", "quadrant", "sextant", "tooth", "surface", "range")
_TRUE = {"1", "yes", "y", "true", "x"}
_FALSE = {"", "0", "no", "n", "false"}


class Problem(NamedTuple):
    """:param line: number in the file, 1 is the header; 0 the file as a whole"""

    line: int
    column: str
    text: str


@dataclass(frozen=True)
class CodeRow:
    """One code.

    :param line: where it stands in the file
    :param values: column name to text or bool, only for columns that the file has
    """

    line: int
    values: dict

    @property
    def code(self):
        return self.values["code"]


class Listing(NamedTuple):
    """:param ignored: titles of columns that mean nothing here"""

    rows: tuple
    problems: tuple
    ignored: tuple


def read_codes(data):
    """Read a list of codes.

    Text is UTF-8, or Windows-1252 when it is not; commas, semicolons or tabs separate.

    :param data: bytes of the file
    :return: :class:`Listing`; rows with a problem are left out of ``rows``
    """
    text = _decode(data)
    if text is None or not text.strip():
        what = "has no line" if text is not None else "is not a text file: save the list as CSV"
        return Listing((), (Problem(0, "", f"The file {what}."),), ())
    reader = csv.reader(
        io.StringIO(text.lstrip(), newline=""), delimiter=_delimiter(text), strict=True
    )
    titles = [_plain(title) for title in next(reader, [])]
    missing = [name for name in REQUIRED if name not in titles]
    if missing:
        told = f"The first line must name the columns {', '.join(missing)}."
        return Listing((), (Problem(1, missing[0], told),), ())
    ignored = tuple(title for title in titles if title and title not in COLUMNS)
    return Listing(*_read_lines(reader, titles), ignored)


def _read_lines(reader, titles):
    rows, problems, seen = [], [], {}
    for line, cells in _numbered(reader, problems):
        if not any(cell.strip() for cell in cells):
            continue
        found = [] if len(cells) <= len(titles) else [_too_long(line, cells, titles)]
        values, wrong = _read_cells(line, dict(zip(titles, cells, strict=False)))
        found += wrong
        first = seen.setdefault(values.get("code", "").upper(), line)
        if values.get("code") and first != line:
            found.append(Problem(line, "code", f"{values['code']} is already on line {first}."))
        problems += found
        if not found:
            rows.append(CodeRow(line, values))
    return tuple(rows), tuple(problems)


def _numbered(reader, problems):
    """Lines with the number on which each begins: a quoted cell may run over several."""
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(line, "", f"cannot be read ({error}): check its quotes."))
            return


def _read_cells(line, cells):
    values, problems = {}, []
    for name in COLUMNS:
        if name not in cells:
            continue
        try:
            values[name] = _READERS.get(name, str)(cells[name].strip())
        except ValueError as error:
            problems.append(Problem(line, name, str(error)))
    problems += [
        Problem(line, name, "is empty: every code needs one.")
        for name in REQUIRED
        if not cells.get(name, "").strip()
    ]
    return values, problems


def _too_long(line, cells, titles):
    return Problem(
        line, "", f"has {len(cells)} cells for {len(titles)} columns: quote texts with commas."
    )


def _flag(text):
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError(f"{text!r} is neither yes nor no.")


def _area_rule(text):
    rule = text.lower() or "none"
    if rule not in AREA_RULES:
        raise ValueError(f"{text!r} is not known: use {', '.join(AREA_RULES)}.")
    return rule


def _pattern(text):
    pattern = text.upper()
    if set(pattern) - {"X", "/"}:
        raise ValueError(f"{text!r}: use X for the provider's and / for the assistant's time.")
    return pattern


_READERS = {
    "prosthesis": _flag,
    "removes_tooth": _flag,
    "area_rule": _area_rule,
    "pattern": _pattern,
}


def _decode(data):
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text):
    header = text.lstrip().splitlines()[0]
    return max(",;\t", key=header.count)


def _plain(title):
    return "_".join(title.strip().lower().split())
