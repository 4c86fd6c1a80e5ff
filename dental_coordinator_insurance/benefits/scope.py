# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a benefit row speaks of: everything, a category, a range, a group or one code."""

from dataclasses import dataclass
from typing import NamedTuple

GENERAL = "general"
# A range this wide stands for a category (or all of them); a narrower one is a finer statement.
WIDE_RANGE = 1000


class Subject(NamedTuple):
    """A code with its categories, the widest first; ``general`` unless it is orthodontic."""

    code: str
    categories: tuple = ()


@dataclass(frozen=True)
class Scope:
    """Reach of a benefit row. Use the constructors.

    A code belongs to a group only if the group lists it exactly.
    """

    kind: str
    name: str = ""
    codes: frozenset = frozenset()
    ranges: tuple = ()

    @classmethod
    def general(cls):
        """Every service that is not orthodontic."""
        return cls(GENERAL, GENERAL)

    @classmethod
    def category(cls, name):
        return cls("category", name)

    @classmethod
    def code(cls, code):
        return cls("code", code, frozenset((code,)))

    @classmethod
    def group(cls, name, codes):
        return cls("group", name, frozenset(codes))

    @classmethod
    def range(cls, first, last):
        return cls("range", f"{first}-{last}", ranges=((first, last),))

    @property
    def is_general(self):
        return self.kind == GENERAL

    def rank(self, subject: Subject):
        """How closely the row speaks of the subject, the larger the closer; None if it does not.

        Code beats group, group beats category, category beats general; of two categories the one
        later in the subject's list, of two groups the smaller one.
        """
        return _RANKS[self.kind](self, subject)


def _rank_general(scope, subject):
    return (0, 0) if GENERAL in subject.categories else None


def _rank_category(scope, subject):
    return (2, subject.categories.index(scope.name)) if scope.name in subject.categories else None


def _rank_range(scope, subject):
    for first, last in scope.ranges:
        if len(subject.code) == len(first) and first <= subject.code <= last:
            width = _width(first, last)
            return (1, -width) if width > WIDE_RANGE else (3, -width)
    return None


def _rank_group(scope, subject):
    return (4, -len(scope.codes)) if subject.code in scope.codes else None


def _rank_code(scope, subject):
    return (5, 0) if subject.code == scope.name else None


_RANKS = {
    GENERAL: _rank_general,
    "category": _rank_category,
    "range": _rank_range,
    "group": _rank_group,
    "code": _rank_code,
}


def _width(first, last):
    digits = [int("".join(c for c in code if c.isdigit()) or 0) for code in (first, last)]
    return digits[1] - digits[0] + 1


@dataclass(frozen=True)
class Category:
    """A category and the codes that belong to it by range."""

    name: str
    ranges: tuple


@dataclass(frozen=True)
class CategoryTable:
    """Categories from wide to narrow, to classify codes by range.

    :param general: ranges of the codes that "general" reaches
    """

    categories: tuple
    general: tuple = ()

    def classify(self, code: str) -> tuple:
        """Categories of a code as :class:`Subject` wants them."""
        names = [GENERAL] if _within(code, self.general) else []
        names += [c.name for c in self.categories if _within(code, c.ranges)]
        return tuple(names)


def _within(code, ranges):
    return any(len(code) == len(first) and first <= code <= last for first, last in ranges)
