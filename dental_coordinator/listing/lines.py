# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes of a CSV file to lines with their cells by column."""

import csv
import io
from typing import NamedTuple


class Problem(NamedTuple):
    """:param line: number in the file, 1 is the header; 0 the file as a whole"""

    line: int
    column: str
    text: str


class Line(NamedTuple):
    """:param cells: column name to text, only for columns that the file has
    :param problems: what is wrong with the line itself
    """

    number: int
    cells: dict
    problems: tuple


class Listing(NamedTuple):
    """:param rows: what was read
    :param ignored: titles of columns that mean nothing here
    """

    rows: tuple
    problems: tuple
    ignored: tuple


def read_lines(data, columns, required):
    """Read the lines of a list; empty ones are left out.

    Text is UTF-8, or Windows-1252 when it is not; commas, semicolons or tabs separate.

    :param data: bytes of the file
    :param columns: names of those that mean something (any case, blanks or underscores)
    :param required: names of those that must be there
    :return: :class:`Listing` of :class:`Line`; its problems end the file
    """
    text = _decode(data)
    if text is None or not text.strip():
        what = "has no line" if text is not None else "is not a text file: save the list as CSV"
        return Listing((), (Problem(0, "", f"The file {what}."),), ())
    problems = []
    numbered = _numbered(_reader(text.lstrip()), problems)
    _number, header = next(numbered, (1, ()))
    titles = ["_".join(title.lower().split()) for title in header]
    missing = [name for name in required if name not in titles]
    if missing:
        told = f"The first line must name the columns {', '.join(missing)}."
        return Listing((), tuple(problems) or (Problem(1, missing[0], told),), ())
    lines = tuple(_line(number, cells, titles) for number, cells in numbered if any(cells))
    ignored = tuple(title for title in titles if title and title not in columns)
    return Listing(lines, tuple(problems), ignored)


def _reader(text):
    header = text.splitlines()[0]
    separator = max(",;\t", key=header.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _numbered(reader, problems):
    """Cells with the number of the line on which each row begins: a quoted one may run on."""
    while True:
        number = reader.line_num + 1
        try:
            yield number, [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(number, "", f"cannot be read ({error}): check its quotes."))
            return


def _line(number, cells, titles):
    told = f"has {len(cells)} cells for {len(titles)} columns: quote texts with commas."
    problems = (Problem(number, "", told),) if len(cells) > len(titles) else ()
    return Line(number, dict(zip(titles, cells, strict=False)), problems)


def _decode(data):
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
