# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes of a CSV file to rows of students."""

import csv
import io
from dataclasses import dataclass
from datetime import date

KINDS = ("observe", "assist", "rotation")
#: columns by name (any case, blanks or underscores); those of `REQUIRED` must be there
COLUMNS = ("name", "email", "phone", "programme", "kind", "first_day", "last_day", "hours")
REQUIRED = ("name", "email", "kind", "first_day", "last_day")


@dataclass(frozen=True)
class StudentRow:
    """One student.

    :param line: where the row begins in the file; 1 names the columns
    :param values: column name to text, date or number
    """

    line: int
    values: dict


def read_class(data):
    """Read a list of students.

    Text is UTF-8, or Windows-1252 when it is not; commas, semicolons or tabs separate; days are
    written as 2026-03-31.

    :param data: bytes of the file
    :return: (rows without a mistake, [(line, column, text)] of the mistakes, columns not used)
    """
    text = _decode(data)
    if not text.strip() or "\0" in text:
        return [], [(0, "", "The file is not a list: save it as CSV.")], []
    header = text.lstrip().splitlines()[0]
    reader = csv.reader(
        io.StringIO(text.lstrip(), newline=""),
        delimiter=max(",;\t", key=header.count),
        strict=True,
    )
    titles = ["_".join(title.lower().split()) for title in next(reader)]
    missing = [name for name in REQUIRED if name not in titles]
    if missing:
        return [], [(1, missing[0], f"The first line must name {', '.join(missing)}.")], []
    ignored = [title for title in titles if title and title not in COLUMNS]
    return (*_read_rows(reader, titles), ignored)


def _read_rows(reader, titles):
    rows, problems, seen = [], [], {}
    line = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                values, wrong = _read_cells(cells, titles)
                wrong += _told_before(values, seen, line)
                problems += [(line, column, text) for column, text in wrong]
                if not wrong:
                    rows.append(StudentRow(line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append((line, "", f"cannot be read ({error}): check its quotes."))
    return rows, problems


def _read_cells(cells, titles):
    """Values of one row, and [(column, what is wrong)]."""
    if len(cells) > len(titles):
        told = f"has {len(cells)} cells for {len(titles)} columns: quote texts with commas."
        return {}, [("", told)]
    values, wrong = {}, []
    texts = dict(zip(titles, cells, strict=False))
    for name in COLUMNS:
        text = texts.get(name, "").strip()
        if not text:
            if name in REQUIRED:
                wrong.append((name, "is empty."))
            continue
        try:
            values[name] = _READERS.get(name, str)(text)
        except ValueError as error:
            wrong.append((name, str(error)))
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        wrong.append(("last_day", "is before the first day."))
    return values, wrong


def _told_before(values, seen, line):
    email = values.get("email")
    first = seen.setdefault(email, line)
    return [("email", f"{email} is on line {first} already.")] if email and first != line else []


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a day: write it as 2026-03-31.") from None


def _email(text):
    name, at, host = text.lower().partition("@")
    if not (name and at and "." in host) or " " in text:
        raise ValueError(f"“{text}” is not an address.")
    return text.lower()


def _kind(text):
    if text.lower() not in KINDS:
        raise ValueError(f"“{text}” is not known: use {', '.join(KINDS)}.")
    return text.lower()


def _hours(text):
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = -1
    if not 0 <= hours < 10000:
        raise ValueError(f"“{text}” is not a number of hours.")
    return hours


def _decode(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


_READERS = {"email": _email, "kind": _kind, "first_day": _day, "last_day": _day, "hours": _hours}
