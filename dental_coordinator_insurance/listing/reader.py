# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes of a CSV file to rows, by a list of columns."""

import csv
import io
from dataclasses import dataclass
from typing import NamedTuple


class Problem(NamedTuple):
    """:param line: number in the file, 1 is the header; 0 the file as a whole"""

    line: int
    column: str
    text: str


@dataclass(frozen=True)
class Column:
    """:param read: turns the text of a cell into a value; a ValueError says what is wrong"""

    name: str
    read: object = str
    required: bool = False


@dataclass(frozen=True)
class Row:
    """:param values: column name to value; an empty cell is None, which is not zero"""

    line: int
    values: dict


class Listing(NamedTuple):
    """:param ignored: titles of columns that mean nothing here"""

    rows: tuple
    problems: tuple
    ignored: tuple


def read_listing(data, columns, key=()):
    """Read a list; rows with a problem are left out of ``rows``.

    Text is UTF-8, or Windows-1252 when it is not; commas, semicolons or tabs separate.

    :param key: columns that together stand only once in a file
    """
    text = _decode(data)
    if text is None or not text.strip():
        what = "has no line" if text is not None else "is not a text file: save the list as CSV"
        return Listing((), (Problem(0, "", f"The file {what}."),), ())
    reader = csv.reader(io.StringIO(text.lstrip()), delimiter=_delimiter(text))
    titles = [_plain(title) for title in next(reader, [])]
    known = {column.name for column in columns}
    lacking = [column.name for column in columns if column.required and column.name not in titles]
    if lacking:
        told = f"The first line must name the columns {', '.join(lacking)}."
        return Listing((), (Problem(1, lacking[0], told),), ())
    ignored = tuple(title for title in titles if title and title not in known)
    return Listing(*_read_lines(reader, titles, columns, key), ignored)


def _read_lines(reader, titles, columns, key):
    rows, problems, seen = [], [], {}
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        values, found = _read_cells(line, dict(zip(titles, cells, strict=False)), columns)
        if len(cells) > len(titles):
            told = f"has {len(cells)} cells for {len(titles)} columns: quote texts with commas."
            found.append(Problem(line, "", told))
        same = tuple(str(values.get(name) or "").casefold() for name in key)
        if key and not found and seen.setdefault(same, line) != line:
            found.append(Problem(line, key[-1], f"is the same as line {seen[same]}."))
        problems += found
        if not found:
            rows.append(Row(line, values))
    return tuple(rows), tuple(problems)


def _read_cells(line, cells, columns):
    values, problems = {}, []
    for column in columns:
        if column.name not in cells:
            continue
        text = cells[column.name].strip()
        try:
            values[column.name] = column.read(text) if text else None
        except ValueError as error:
            problems.append(Problem(line, column.name, str(error)))
        if column.required and not text:
            problems.append(Problem(line, column.name, "is empty: every line needs one."))
    return values, problems


def _plain(title):
    return "_".join(title.strip().lower().replace("_", " ").split())


def _delimiter(text):
    first = text.lstrip().splitlines()[0]
    return max(",;\t", key=first.count)


def _decode(data):
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
