# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes of a CSV file to rows of students."""

from dataclasses import dataclass
from datetime import date

from ..listing import Listing, Problem, read_lines

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
    """Read a list of students; days are written as 2026-03-31.

    :param data: bytes of the file, as `read_lines` takes them
    :return: :class:`Listing`; rows with a problem are left out of ``rows``
    """
    lines, unread, ignored = read_lines(data, COLUMNS, REQUIRED)
    rows, problems, seen = [], [], {}
    for line, cells, found in lines:
        values, wrong = _read_cells(cells)
        wrong += _told_before(values, seen, line)
        told = [*found, *(Problem(line, column, text) for column, text in wrong)]
        problems += told
        if not told:
            rows.append(StudentRow(line, values))
    return Listing(tuple(rows), (*problems, *unread), ignored)


def _read_cells(cells):
    """Values of one row, and [(column, what is wrong)]."""
    values, wrong = {}, []
    for name in COLUMNS:
        text = cells.get(name)
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


_READERS = {"email": _email, "kind": _kind, "first_day": _day, "last_day": _day, "hours": _hours}
