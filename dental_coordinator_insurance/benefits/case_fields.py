# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading the fields of a case: each is taken by name, what nobody takes is reported."""

from datetime import date
from decimal import Decimal

_MISSING = object()


class CaseError(ValueError):
    """A case that cannot be read, with the place of the trouble."""


class Fields:
    """The fields of one object of a case.

    :param place: where it stands, for messages, e.g. ``plan 1``
    :param remarks: list that collects the names of fields that nothing reads
    """

    def __init__(self, values, place, remarks):
        self._left = dict(values)
        self.place = place
        self._remarks = remarks

    def take(self, *names, default=None):
        """The value of the first of the names that is there (synonyms), else the default."""
        found = [name for name in names if name in self._left]
        values = [self._left.pop(name) for name in found]
        return values[0] if values else default

    def need(self, *names):
        value = self.take(*names, default=_MISSING)
        if value is _MISSING:
            raise CaseError(f"{self.place}: field {names[0]!r} is missing")
        return value

    def amount(self, *names, default=None):
        value = self.take(*names)
        return default if value is None else self._decimal(names[0], value)

    def day(self, *names):
        value = self.take(*names)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise CaseError(f"{self.place}: {names[0]} {value!r} is not a date") from None

    def flag(self, *names):
        """True, False, or None if not said."""
        value = self.take(*names)
        if value not in (None, True, False):
            raise CaseError(f"{self.place}: {names[0]} {value!r} is neither true nor false")
        return value

    def choice(self, choices, *names, default=None):
        """The engine's word for the value of a field.

        :param choices: dict of the words of the format
        """
        value = self.take(*names, default=default)
        if value not in choices:
            known = ", ".join(str(choice) for choice in choices)
            raise CaseError(f"{self.place}: {names[0]} {value!r} is none of {known}")
        return choices[value]

    def ending(self, suffix):
        """(name without suffix, value) of all fields that end so."""
        names = [name for name in self._left if name.endswith(suffix)]
        return [(name.removesuffix(suffix), self._left.pop(name)) for name in names]

    def comments(self):
        """Drop the fields that explain and compute nothing."""
        for name in ("note", "notes", "comment", "option_level"):
            self._left.pop(name, None)
        return self

    def end(self):
        """Report what was not read."""
        for name in self.comments()._left:
            self._remarks.append(f"{self.place}: field {name!r} is not known and was not used")

    def _decimal(self, name, value):
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            raise CaseError(f"{self.place}: {name} {value!r} is not a number")
        return Decimal(str(value))


def amounts(values, place):
    """Dict of code -> Decimal."""
    return {code: Fields({code: v}, place, []).amount(code) for code, v in values.items()}
