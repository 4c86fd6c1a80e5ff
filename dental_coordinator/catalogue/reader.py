# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes of a CSV file to rows of procedure codes."""

from dataclasses import dataclass

from ..listing import Listing, Problem, read_lines

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


def read_codes(data):
    """Read a list of codes.

    :param data: bytes of the file, as `read_lines` takes them
    :return: :class:`Listing`; rows with a problem are left out of ``rows``
    """
    lines, unread, ignored = read_lines(data, COLUMNS, REQUIRED)
    rows, problems, seen = [], [], {}
    for line, cells, found in lines:
        values, wrong = _read_cells(line, cells)
        wrong = [*found, *wrong]
        first = seen.setdefault(values.get("code", "").upper(), line)
        if values.get("code") and first != line:
            wrong.append(Problem(line, "code", f"{values['code']} is already on line {first}."))
        problems += wrong
        if not wrong:
            rows.append(CodeRow(line, values))
    return Listing(tuple(rows), (*problems, *unread), ignored)


def _read_cells(line, cells):
    values, problems = {}, []
    for name in COLUMNS:
        if name not in cells:
            continue
        try:
            values[name] = _READERS.get(name, str)(cells[name])
        except ValueError as error:
            problems.append(Problem(line, name, str(error)))
    problems += [
        Problem(line, name, "is empty: every code needs one.")
        for name in REQUIRED
        if not cells.get(name)
    ]
    return values, problems


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
