# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benefit facts out of the rows of a 271, each pointing to its row.

Only what a row says in its elements becomes a fact. Of the free text two things are taken: the
name of a benefit class (``BENEFITCLASS=…``) and whether the deductible is waived, and only in these
very words; all else stays text to be read. What a payer did not say gives no fact: it is unknown.
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from .codes import LEVELS, PERIODS, SERVICES

HUNDRED = Decimal(100)
_ACTIVE, _INACTIVE = frozenset("12345"), frozenset("678")
_REMAINING = ("29", "33")
_LIFETIME = ("32", "33")
_YEAR_TO_DATE = "24"
_MONEY = {"B": "copay", "C": "deductible", "F": "maximum", "G": "out_of_pocket"}
_PAIRED = ("C", "F", "G")
_UNITS = {
    "VS": "visits",
    "FL": "units",
    "DY": "days",
    "MN": "months",
    "P6": "services",
    "HS": "hours",
}
_AGES = {"S7": "upper", "S8": "lower"}
_COUNTS = ("VS", "P6", "99", "FL", "CA", "DY", "MN", "YY")
_CLASS = "BENEFITCLASS="
_DEDUCTIBLE = {"DEDUCTIBLE WAIVED": False, "DEDUCTIBLE APPLIES": True}
_NEVER = dt.date(9999, 1, 1)  # how payers write "not done yet"
_BROAD = ("general", "other", "medical")
# Words in the names of benefit classes, the first that fits; only ever a suggestion.
_GUESSES = (
    ("xray", ("X-RAY", "XRAY", "BITEWING", "PANOREX", "FULL MOUTH", "RADIOGRAPH")),
    ("preventive", ("FLUORIDE", "PROPHY", "SEALANT", "SPACE MAINT", "CLEANING")),
    ("diagnostic", ("EXAM", "CONSULT", "EVALUATION")),
    ("restorative", ("AMALGAM", "COMPOSITE", "FILLING")),
    ("crowns", ("INLAY", "ONLAY", "CROWN", "BUILDUP", "POST AND CORE")),
    ("prostho", ("DENTURE", "BRIDGE", "PARTIAL", "IMPLANT")),
    ("perio", ("PERIO", "SCALING")),
    ("endo", ("ROOT CANAL", "ENDO")),
    ("ortho", ("ORTHO", "HARMFUL HABIT")),
    ("oral_surgery", ("EXTRACT", "ORAL SURG")),
    ("anesthesia", ("ANESTH", "SEDATION")),
    ("adjunctive", ("TMJ", "OCCLUSAL GUARD")),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a row says.

    :param kind: percent, deductible, maximum, out_of_pocket, copay, frequency, age, waiting,
        active, inactive, exclusion, unlimited, history, note
    :param row: number of the BenefitRow
    :param network: plan or network name; in_network None when not said
    :param category: own word for the service type; "" when the row names none or when its benefit
        class narrows a broad one, "other" for a type that is not dental
    :param suggested: category guessed from the benefit class, for a person to accept
    :param percent: what the plan pays, 0 to 100
    :param period: calendar_year, service_year, lifetime, visit, months, years …
    :param quantity: of ``unit``, in ``period_count`` periods; of kind age the years
    :param date: last done (frequency, history), begin of benefit (waiting)
    """

    kind: str
    row: int
    text: str = ""
    level: str = ""
    network: str = ""
    in_network: bool | None = None
    category: str = ""
    suggested: str = ""
    procedure_code: str = ""
    benefit_class: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    period: str = ""
    period_count: int | None = None
    remaining: Decimal | None = None
    remaining_row: int | None = None
    bound: str = ""
    date: dt.date | None = None
    deductible_applies: bool | None = None
    authorization: bool | None = None

    @property
    def used(self):
        """Total less remaining, None when one of them was not said."""
        if self.amount is None or self.remaining is None:
            return None
        return self.amount - self.remaining


def facts(answer, share_is_plan=False):
    """Facts of an EligibilityAnswer in the order of its rows.

    :param share_is_plan: for payers who write what the plan pays where the patient's share belongs
    """
    rest = _rest(answer.rows)
    absorbed = {row.number for row, _value in rest.values()}
    found = []
    for row in answer.rows:
        if row.number in absorbed:
            continue
        said = list(_said(answer, row, share_is_plan, rest))
        found += [_placed(one, row, place) for one in said for place in _places(row)]
    return tuple(found)


def _places(row):
    """(category, suggestion) pairs a row speaks of."""
    benefit_class = _benefit_class(row)
    categories = dict.fromkeys(SERVICES[code] for code in row.service_types if code in SERVICES)
    if not categories:
        categories = {"other": None} if row.service_types else {"": None}
    if benefit_class:
        guess = next((word for word, signs in _GUESSES if _any_in(signs, benefit_class)), "")
        narrow = [category for category in categories if category and category not in _BROAD]
        return [(category, "") for category in narrow] or [("", guess)]
    return [(category, "") for category in categories]


def _any_in(signs, text):
    return any(sign in text.upper() for sign in signs)


def _benefit_class(row):
    for message in row.messages:
        if message.startswith(_CLASS):
            return message.removeprefix(_CLASS).strip()
    return ""


def _remarks(row):
    return [
        text for text in row.messages if text not in _DEDUCTIBLE and not text.startswith(_CLASS)
    ]


def _placed(fact, row, place):
    category, suggested = place
    applies = [_DEDUCTIBLE[text] for text in row.messages if text in _DEDUCTIBLE]
    return replace(
        fact,
        row=row.number,
        level=LEVELS.get(row.level, ""),
        network=row.plan_name,
        in_network=row.in_network,
        category=category,
        suggested=suggested,
        procedure_code=row.procedure_code,
        benefit_class=_benefit_class(row),
        text=fact.text or "; ".join(_remarks(row)),
        deductible_applies=applies[0] if applies else None,
        authorization=row.authorization,
    )


# ---- what one row says ----


def _said(answer, row, share_is_plan, rest):
    """Facts of a row without its place; a row that says nothing else is a note of its text."""
    count = 0
    for reader in (_coverage, _money, _limits, _begin):
        for fact in reader(answer, row, share_is_plan, rest):
            count += 1
            yield fact
    if not count and _remarks(row):
        yield Fact("note", row.number)


def _coverage(_answer, row, share_is_plan, _rest_of):
    named = row.procedure_code or row.service_types or _benefit_class(row)
    if row.info in _ACTIVE:
        yield Fact("active", row.number)
    elif row.info in _INACTIVE:
        yield Fact("inactive", row.number)
    elif row.info in ("E", "I") and named:
        yield Fact("exclusion", row.number)
    elif row.info == "H":
        yield Fact("unlimited", row.number, period=PERIODS.get(row.period, ""))
    elif row.info == "A" and row.share is not None:
        share = row.share if row.share <= 1 else row.share / HUNDRED
        percent = (share if share_is_plan else 1 - share) * HUNDRED
        yield Fact("percent", row.number, percent=percent.normalize() + 0)


def _money(_answer, row, _share_is_plan, rest):
    if row.info not in _MONEY or row.amount is None:
        return
    fact = Fact(_MONEY[row.info], row.number)
    if row.info in _PAIRED and row.period in _REMAINING:
        lifetime = "lifetime" if row.period in _LIFETIME else ""
        yield replace(fact, remaining=row.amount, remaining_row=row.number, period=lifetime)
        return
    fact = replace(fact, amount=row.amount, period=PERIODS.get(row.period, ""))
    if row.number in rest:
        other, remaining = rest[row.number]
        fact = replace(fact, remaining=remaining, remaining_row=other.number)
    yield fact


def _limits(_answer, row, _share_is_plan, _rest_of):
    done = next((one.start for one in row.dates if one.qualifier == "304"), None)
    done = None if done == _NEVER else done
    remarks = _remarks(row)
    by_limit = len(remarks) == len(row.frequencies)
    for index, limit in enumerate(row.frequencies):
        yield Fact(
            "frequency",
            row.number,
            text=remarks[index] if by_limit else "",
            quantity=limit.quantity,
            unit=_UNITS.get(limit.qualifier, limit.qualifier),
            period=PERIODS.get(limit.period, ""),
            period_count=_whole(limit.period_count),
            date=done,
        )
    if row.quantity is not None and row.quantity_qualifier in _AGES:
        yield Fact("age", row.number, quantity=row.quantity, bound=_AGES[row.quantity_qualifier])
    elif row.info == "F" and row.quantity is not None and row.quantity_qualifier in _COUNTS:
        unit, period = _UNITS.get(row.quantity_qualifier, ""), PERIODS.get(row.period, "")
        yield Fact(
            "frequency", row.number, quantity=row.quantity, unit=unit, period=period, date=done
        )
    elif done and not row.frequencies:
        yield Fact("history", row.number, date=done)


def _begin(answer, row, _share_is_plan, _rest_of):
    """A benefit that begins after the answer is one to wait for."""
    begin = next((one.start for one in row.dates if one.qualifier == "348"), None)
    if begin and answer.date and begin > answer.date:
        yield Fact("waiting", row.number, date=begin)


def _whole(value):
    return int(value) if value is not None and value == int(value) else None


# ---- pairs of total and remaining ----


def _rest(rows):
    """{number of the total's row: (row that tells the rest, remaining amount)}."""
    totals, found = {}, {}
    money = [row for row in rows if row.info in _PAIRED and row.amount is not None]
    for row in money:
        if row.period not in (*_REMAINING, _YEAR_TO_DATE):
            totals.setdefault(_key(row), []).append(row)
    for row in money:
        if row.period not in (*_REMAINING, _YEAR_TO_DATE):
            continue
        lifetime = row.period == "33"
        fitting = totals.get(_key(row), [])
        of_kind = [total for total in fitting if (total.period in _LIFETIME) == lifetime]
        total = next((one for one in of_kind or fitting if one.number not in found), None)
        if total:
            used = row.period == _YEAR_TO_DATE
            found[total.number] = (row, total.amount - row.amount if used else row.amount)
    return found


def _key(row):
    return (
        *(row.info, row.level, row.service_types, row.plan_name, row.insurance_type),
        *(row.in_network, row.procedure_code, row.modifiers, _benefit_class(row)),
    )
