# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the lines of a claim lack: code, money, teeth, surfaces, areas, keys."""

import re
from collections import Counter

from .remittance import ZERO
from .values import clean

PERMANENT = frozenset(map(str, range(1, 33)))
PRIMARY = frozenset("ABCDEFGHIJKLMNOPQRST")
SUPERNUMERARY = frozenset(map(str, range(51, 83))) | {letter + "S" for letter in PRIMARY}
TEETH = PERMANENT | PRIMARY | SUPERNUMERARY
SURFACES = frozenset("BDFILMO")
AREAS = frozenset(f"{number:02}" for number in (*range(9), 10, 20, 30, 40))
NEEDS = {
    "tooth": ("TOO02", "teeth", "needs a tooth", "Choose the tooth."),
    "surface": ("TOO03", "teeth", "needs surfaces", "Choose the surfaces of each tooth."),
    "area": ("SV304", "areas", "needs an area of the mouth", "Choose the quadrant or arch."),
}
_CODE = re.compile(r"[A-Z][0-9]{4}")
_PLACE = re.compile(r"[0-9]{2}|")


def check_lines(found, claim, today):
    keys = Counter(clean(line.key) for line in claim.lines)
    seen = {}
    for index, line in enumerate(claim.lines):
        path = f"lines[{index}]"
        _identity(found, line, path, keys)
        _money(found, line, path)
        _teeth(found, line, path)
        _particulars(found, claim, line, path)
        _needs(found, line, path)
        # the same work twice on one day is refused as a duplicate by every payer
        same = (line.code, line.date or claim.service_date, line.teeth, line.areas, line.modifiers)
        if same in seen:
            message = f"{line.code} is on line {seen[same] + 1} and again on line {index + 1}"
            remedy = "Join them with a quantity, or tell them apart by tooth, area or date."
            found.add("2400", "SV301", path, message, remedy)
        seen.setdefault(same, index)


def _identity(found, line, path, keys):
    if found.text("2400", "REF02 6R", f"{path}.key", line.key, "The key of the line", 30):
        message = f"Line key {line.key} is used {keys[clean(line.key)]} times"
        good = keys[clean(line.key)] == 1
        found.require(good, "2400", "REF02 6R", f"{path}.key", message, "Give each line its own.")
    message = f"Code {line.code!r} is none that a payer knows"
    remedy = "Enter the licensed code of the procedure: a letter and four digits."
    good = _CODE.fullmatch(line.code or "")
    found.require(good, "2400", "SV301-2", f"{path}.code", message, remedy)
    what = f"{line.code}: the description"
    found.text("2400", "SV301-7", f"{path}.description", line.description, what, 80, needed=False)
    message = f"{line.code}: a modifier does not have two characters, or there are more than four"
    good = len(line.modifiers) <= 4 and all(len(clean(one)) == 2 for one in line.modifiers)
    found.require(good, "2400", "SV301-3", f"{path}.modifiers", message, "Correct the modifiers.")
    message = f"{line.code}: place of service {line.place!r} does not have two digits"
    good = _PLACE.fullmatch(line.place or "")
    found.require(good, "2400", "SV303", f"{path}.place", message, "Choose the place.")


def _money(found, line, path):
    message = f"{line.code}: the charge is {line.charge}"
    remedy = "Enter the fee; a service without a fee does not go on a claim."
    if found.require(line.charge > 0, "2400", "SV302", f"{path}.charge", message, remedy):
        check_amount(found, "2400", "SV302", f"{path}.charge", line.charge, line.code)
    message = f"{line.code}: the quantity is {line.quantity}"
    good = 0 < line.quantity < 100_000
    found.require(good, "2400", "SV306", f"{path}.quantity", message, "Enter how many were done.")
    if line.tax is not None:
        check_amount(found, "2400", "AMT T", f"{path}.tax", line.tax, f"{line.code}: tax")
        message = f"{line.code}: the tax, {line.tax}, is not part of the charge, {line.charge}"
        good, remedy = line.tax < line.charge, "Correct the bill: what is charged contains the tax."
        found.require(good, "2400", "AMT T", f"{path}.tax", message, remedy)


def check_amount(found, loop, element, field, value, what, negative=False):
    """Whole cents, below 100 million; not negative unless allowed."""
    good = value == round(value, 2) and abs(value) < 100_000_000 and (negative or value >= ZERO)
    message = f"{what}: {value} is no amount of money that a file can carry"
    found.require(good, loop, element, field, message, "Correct the amount.")


def check_tooth(found, loop, element, field, tooth):
    message = f"{tooth!r} is no tooth: 1-32, A-T, or supernumerary 51-82 and AS-TS"
    found.require(tooth in TEETH, loop, element, field, message, "Choose the tooth again.")


def _teeth(found, line, path):
    for index, tooth in enumerate(line.teeth):
        field = f"{path}.teeth[{index}]"
        check_tooth(found, "2400", "TOO02", f"{field}.number", tooth.number)
        letters = tooth.surfaces or ""
        message = f"{line.code}, tooth {tooth.number}: surfaces {letters!r} are not of {_listed()}"
        good = set(letters) <= SURFACES and len(set(letters)) == len(letters) <= 5
        remedy = "Choose each surface once, at most five."
        found.require(good, "2400", "TOO03", f"{field}.surfaces", message, remedy)
    numbers = [tooth.number for tooth in line.teeth]
    message = f"{line.code}: a tooth is named twice, or there are more than 32"
    good = len(set(numbers)) == len(numbers) <= 32
    found.require(good, "2400", "TOO02", f"{path}.teeth", message, "Name each tooth once.")
    message = f"{line.code}: {', '.join(line.areas)} are not up to five areas of the mouth"
    good = set(line.areas) <= AREAS and len(line.areas) <= 5
    found.require(good, "2400", "SV304", f"{path}.areas", message, "Choose the areas again.")


def _listed():
    return " ".join(sorted(SURFACES))


def _particulars(found, claim, line, path):
    message = f"{line.code}: {line.prosthesis!r} is neither I (first) nor R (replacement)"
    good = line.prosthesis in ("", "I", "R", None)
    found.require(good, "2400", "SV305", f"{path}.prosthesis", message, "Choose one of them.")
    if line.prosthesis == "R":
        message = f"{line.code} replaces an earlier one, but its date is missing"
        remedy = "Enter when the earlier one was placed."
        field = f"{path}.prior_placement"
        found.require(line.prior_placement, "2400", "DTP 441", field, message, remedy)
    wrong = [one for one in line.pointers if not 1 <= one <= len(claim.diagnoses)]
    message = f"{line.code} points to diagnosis {', '.join(map(str, wrong))}, which is not there"
    remedy = "Choose one of the claim's diagnoses."
    found.require(not wrong, "2400", "SV311", f"{path}.pointers", message, remedy)
    message = f"{line.code} points to {len(line.pointers)} diagnoses, at most four fit"
    good = len(line.pointers) <= 4
    found.require(good, "2400", "SV311", f"{path}.pointers", message, "Leave some out.")
    for index, text in enumerate(line.fixed_format):
        found.text("2400", "K3", f"{path}.fixed_format[{index}]", text, "The remark", 80)


def _needs(found, line, path):
    has = {
        "tooth": bool(line.teeth),
        "surface": bool(line.teeth) and all(tooth.surfaces for tooth in line.teeth),
        "area": bool(line.areas),
    }
    for need in line.needs:
        element, field, says, remedy = NEEDS[need]
        message = f"{line.code} {says}"
        found.require(has[need], "2400", element, f"{path}.{field}", message, remedy)
