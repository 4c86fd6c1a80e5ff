# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the engine on case files: ``python -m benefits.cases FILE...``

A file is one JSON list of cases; the format is described with the public case files. One line is
printed for each case that differs (id, expected, got, trace), and for each field that nothing
reads; the last line is ``N of M agree``. The exit status is 1 if a case differs.
"""

import json
import sys
from decimal import Decimal

from .area import same_area
from .case_checks import Difference, compare, same
from .case_fields import CaseError, Fields
from .case_reader import read_fee_rows, read_request
from .case_teeth import read_area
from .dates import benefit_year_start
from .engine import estimate
from .ortho import case_estimates

_ABOUT = ("id", "source", "topics", "notes", "verification", "portability", "basis")
_OF_ESTIMATE = (
    "plans",
    "history",
    "procedures",
    "patient",
    "settings",
    "as_of",
    "office_wide_substitution",
    "office_wide_substitutions",
    "expect",
    "derived",
    "predicate",
)


def check_case(case, remarks=None):
    """Differences of a case, none if it agrees.

    :param remarks: list that collects the fields that nothing reads
    """
    remarks = [] if remarks is None else remarks
    try:
        predicate = case.get("predicate") or ("ortho_case" if "ortho_case" in case else None)
        if predicate in _PREDICATES:
            return _check_predicate(case, _PREDICATES[predicate], remarks)
        if predicate is not None and "plans" not in case:
            raise CaseError(f"predicate {predicate!r} is not known")
        return _check_estimate(case, remarks)
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        return [Difference("the case cannot be run", "figures", f"{type(error).__name__}: {error}")]


def _expected(case):
    for name in ("expect", "derived"):
        rows = case.get(name, ())
        yield from [rows] if isinstance(rows, dict) else rows


def _check_estimate(case, remarks):
    for name in case.keys() - {*_ABOUT, *_OF_ESTIMATE}:
        remarks.append(f"field {name!r} is not known and was not used")
    request = read_request(case, remarks)
    result = estimate(request)
    rows = list(_expected(case))
    if not rows:
        raise CaseError("nothing is expected")
    return [found for row in rows for found in compare(row, case, request, result)]


def _check_predicate(case, answer, remarks):
    fields = Fields(case, "case", remarks)
    for name in (*_ABOUT, "predicate", "expect", "derived"):
        fields.take(name)
    got = answer(fields, remarks)
    fields.end()
    differences = []
    for row in _expected(case):
        row, answers = _by_service(row, got) if "procedure" in row else (row, got)
        for what, expected in row.items():
            if what not in answers:
                raise CaseError(f"expect: {what!r} is not something the engine computes")
            if not same(expected, answers[what]):
                differences.append(Difference(what, expected, answers[what]))
    return differences


def _same_treatment_area(fields, remarks):
    kind = fields.take("code_treatment_area", default="")
    limit = fields.take("limit_area", "area", default="") or ""
    past, current = (_area(fields.need(n), n, kind, remarks) for n in ("past", "current"))
    return {"same_area": same_area(limit, past, current)}


def _area(values, place, kind, remarks):
    fields = Fields(values, place, remarks)
    area = read_area(
        fields.take("tooth"),
        fields.take("surfaces_or_area", "surfaces"),
        fields.take("tooth_range"),
        kind,
    )
    fields.end()
    return area


def _fee_lookup(fields, remarks):
    is_global = fields.flag("schedule_is_global")
    schedule = read_fee_rows(fields.need("fee_rows"), is_global, remarks)
    lookup = Fields(fields.need("lookup"), "lookup", remarks)
    row = schedule.lookup(lookup.need("code"), lookup.take("provider"), lookup.take("clinic"))
    lookup.end()
    return {"fee": row and row.amount}


def _benefit_year_start(fields, remarks):
    day, month = fields.day("as_of"), fields.take("renewal_month") or 1
    return {"benefit_year_start": benefit_year_start(day, month).isoformat()}


def _ortho_case(fields, remarks):
    """Estimates by service of an orthodontic case; its amounts may stand in ``ortho_case``."""
    inner = Fields(fields.take("ortho_case", "case", default={}), "ortho case", remarks)
    total = _first_amount((inner, fields), "total_fee", "fee", "case_fee")
    share = _first_amount((inner, fields), "insurance_share", "insurance", "fee_insurance")
    names = ("procedures", "services", "visits")
    services = inner.take(*names) or fields.take(*names) or ()
    fees = [Fields(s, f"service {n}", remarks).amount("fee") for n, s in enumerate(services, 1)]
    inner.end()
    refs = [service.get("ref", number) for number, service in enumerate(services, 1)]
    return dict(zip(refs, case_estimates(total, share, fees), strict=True))


def _first_amount(places, *names):
    found = [fields.amount(*names) for fields in places]
    amount = next((a for a in found if a is not None), None)
    if amount is None:
        raise CaseError(f"{places[-1].place}: field {names[0]!r} is missing")
    return amount


def _by_service(row, got):
    """An expected row of an orthodontic case as {what: expected}, with the answer for it."""
    ref, expected = row.get("procedure"), row.get("insurance_estimate")
    if ref not in got or expected is None:
        raise CaseError(f"expect: {row} is not something the engine computes")
    return {"insurance_estimate": expected}, {"insurance_estimate": got[ref]}


_PREDICATES = {
    "same_treatment_area": _same_treatment_area,
    "fee_lookup": _fee_lookup,
    "benefit_year_start": _benefit_year_start,
    "ortho_case": _ortho_case,
}


def run(paths, out=None):
    """Check all cases of the files.

    :returns: (number that agree, number of all)
    """
    out = out or sys.stdout
    agreed = total = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            cases = json.load(file, parse_float=Decimal)
        for case in cases:
            remarks = []
            differences = check_case(case, remarks)
            for text in (*remarks, *differences):
                out.write(f"{case.get('id')}: {text}\n")
            agreed += not differences
            total += 1
    out.write(f"{agreed} of {total} agree\n")
    return agreed, total


def main(arguments):
    if not arguments:
        sys.stderr.write("usage: python -m benefits.cases FILE...\n")
        return 2
    agreed, total = run(arguments)
    return 0 if agreed == total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
