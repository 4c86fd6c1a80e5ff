# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is missing or wrong in the data of a file to be written, and the checks all files share."""

import re
from dataclasses import dataclass

from .values import clean, digits, npi_valid, telephone

_STATES = (
    "ALAKAZARCACOCTDEDCFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVA"
    "WAWVWIWYASGUMPPRVIAAAEAP"
)
STATES = frozenset(_STATES[n : n + 2] for n in range(0, len(_STATES), 2))
SEXES = ("F", "M", "U")
_PO_BOX = re.compile(r"\bP\.?\s*O\.?\s*BOX\b|\bPOST\s+OFFICE\s+BOX\b|^\s*BOX\s+\d", re.IGNORECASE)
_TAXONOMY = re.compile(r"[0-9A-Z]{9}X")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to mend before the file can go.

    :param loop: loop of the guide, such as ``2010AA``
    :param element: segment and element, such as ``NM109``
    :param field: place in the dataclass, such as ``billing.npi`` or ``lines[2].teeth``
    """

    loop: str
    element: str
    field: str
    message: str
    remedy: str


class Gaps:
    """Collects gaps. ``who`` in the checks is the subject of the message: "The billing dentist"."""

    def __init__(self):
        self.found = []

    def add(self, loop, element, field, message, remedy):
        self.found.append(Gap(loop, element, field, message, remedy))

    def require(self, good, loop, element, field, message, remedy):
        if not good:
            self.add(loop, element, field, message, remedy)
        return good

    def text(self, loop, element, field, value, what, limit, needed=True):
        """Text that must be there (after what a file cannot carry was dropped) and fit."""
        plain = clean(value)
        if not plain and (value or "").strip():
            message = f"{what}, {value!r}, has no character that a file can carry"
            self.add(loop, element, field, message, "Enter it in Latin letters.")
        elif not plain and needed:
            self.add(loop, element, field, f"{what} is missing", f"Enter {_lower(what)}.")
        elif len(plain) > limit:
            message = f"{what} is longer than {limit} characters: {plain[:limit]}…"
            self.add(loop, element, field, message, "Shorten it.")
        return bool(plain)

    def chosen(self, loop, element, field, value, what, allowed):
        message = f"{what} {value!r} is none of {', '.join(allowed)}"
        return self.require(value in allowed, loop, element, field, message, "Choose one of them.")

    def npi(self, loop, field, value, who, needed=True):
        if not value:
            if needed:
                self.add(loop, "NM109", field, f"{who} has no NPI", "Enter the ten-digit NPI.")
        elif not npi_valid(value):
            message = f"{who}: NPI {value} is wrong, its check digit does not fit"
            self.add(loop, "NM109", field, message, "Correct the NPI.")

    def taxonomy(self, loop, field, value, who, needed=False):
        if value or needed:
            message = f"{who}: specialty code {value!r} is no taxonomy code"
            remedy = "Enter the ten-character provider taxonomy code."
            self.require(_TAXONOMY.fullmatch(value or ""), loop, "PRV03", field, message, remedy)

    def names(self, loop, path, someone, who, family="last"):
        """Names of a person or firm: 60, 35, 25 and 10 characters are what X12 has room for."""
        firm = getattr(someone, "organization", False)
        what = f"{who}: the name" if firm else f"{who}: the family name"
        self.text(loop, "NM103", f"{path}.{family}", getattr(someone, family), what, 60)
        if firm:
            return
        for element, name, limit in (("NM104", "first", 35), ("NM105", "middle", 25)):
            what, needed = f"{who}: the {name} name", name == "first" and family == "last"
            self.text(loop, element, f"{path}.{name}", getattr(someone, name), what, limit, needed)
        self.text(
            loop, "NM107", f"{path}.suffix", someone.suffix, f"{who}: the suffix", 10, needed=False
        )

    def address(self, loop, path, place, who, zip9=False, street=False):
        """Address, checked as one of the United States unless it names another country.

        :param street: True where a PO box may not stand
        """
        if place is None:
            self.add(loop, "N3", path, f"{who} has no address", "Enter the address.")
            return
        self.text(loop, "N301", f"{path}.street", place.street, f"{who}: the street", 55)
        self.text(
            loop,
            "N302",
            f"{path}.street2",
            place.street2,
            f"{who}: the second line",
            55,
            needed=False,
        )
        self.text(loop, "N401", f"{path}.city", place.city, f"{who}: the city", 30)
        if street and _PO_BOX.search(f"{place.street}\n{place.street2}"):
            message = f"{who}: the address is a PO box"
            remedy = "Enter the street; a PO box belongs into the pay-to address."
            self.add(loop, "N301", f"{path}.street", message, remedy)
        if clean(place.country) not in ("", "US"):
            return
        message = f"{who}: {place.state!r} is no state"
        self.require(
            clean(place.state) in STATES,
            loop,
            "N402",
            f"{path}.state",
            message,
            "Enter two letters.",
        )
        lengths, remedy = (
            ((9,), "Enter all nine digits.") if zip9 else ((5, 9), "Enter 5 or 9 digits.")
        )
        message = f"{who}: ZIP code {place.zip!r} is not complete"
        good = len(digits(place.zip)) in lengths
        self.require(good, loop, "N403", f"{path}.zip", message, remedy)

    def contact(self, loop, path, someone, who):
        """PER: a name of at most 60 characters and a number or address."""
        self.text(loop, "PER02", f"{path}.name", someone.name, f"{who}: the contact's name", 60)
        reachable = len(telephone(someone.phone)) >= 10 or someone.email or digits(someone.fax)
        message = f"{who}: the contact has no telephone number, mail address or fax"
        remedy = "Enter a number with area code."
        self.require(reachable, loop, "PER04", f"{path}.phone", message, remedy)

    def person_facts(self, loop, path, someone, who, today):
        """Birth and sex, as DMG needs them."""
        message = f"{who}: the birth date is missing"
        if self.require(
            someone.birth, loop, "DMG02", f"{path}.birth", message, "Enter the birth date."
        ):
            message = f"{who}: the birth date {someone.birth} is in the future"
            self.require(
                someone.birth <= today, loop, "DMG02", f"{path}.birth", message, "Correct it."
            )
        self.chosen(loop, "DMG03", f"{path}.sex", someone.sex, f"{who}: sex", SEXES)


def _lower(what):
    return what[:1].lower() + what[1:]
