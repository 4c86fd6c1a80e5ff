# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reasons for which a plan pays nothing for a service: age, waiting, clauses, exclusion."""

from datetime import date, timedelta
from typing import NamedTuple

from .dates import add_span, age_on


class Stop(NamedTuple):
    """A rule that stops the benefit, or one that could not be checked (``unknown_...``).

    :param free_on: first day on which it no longer stops; None for never or unknown
    """

    rule: str
    row: object
    params: dict
    free_on: date | None = None

    @property
    def is_unknown(self):
        return self.rule.startswith("unknown_")


def excluded(rules):
    row = rules.exclusion
    return Stop("excluded", row, {"scope": row.scope.name}) if row else None


def age(rules, years):
    """All age rows are checked; "through age N" covers N.

    :param years: age of the patient; None is unknown
    """
    rows = rules.ages
    if rows and years is None:
        return Stop("unknown_age", rows[0], {})
    for row in rows:
        low, high = row.min_age, row.max_age
        if (low is not None and years < low) or (high is not None and years > high):
            return Stop("age", row, {"age": years, "min_age": low, "max_age": high})
    return None


def age_of(procedure, patient, day):
    if procedure.age is not None:
        return procedure.age
    return age_on(patient.birth_date, day) if patient.birth_date else None


def waiting(coverage, rules, day):
    """Not covered before coverage start plus the period; that day itself is covered.

    The most specific row governs, so 0 months for a code lifts its category's wait. Days before
    the start are outside the coverage, not in its waiting period.
    """
    row = rules.waiting
    if row is None or not row.quantity:
        return None
    start = coverage.waiting_start
    if start is None:
        return Stop("unknown_waiting", row, {"quantity": row.quantity, "unit": row.period})
    over = add_span(start, row.quantity, row.period)
    if start <= day < over:
        return Stop("waiting", row, {"free_on": over}, over)
    return None


def missing_tooth(coverage, rules, procedure):
    """A replacement of a tooth that was lost before the coverage began is not covered."""
    row = rules.missing_tooth
    if row is None:
        return None
    if procedure.tooth_lost_on is None or coverage.starts is None:
        return Stop("unknown_missing_tooth", row, {})
    if procedure.tooth_lost_on < coverage.starts:
        return Stop("missing_tooth", row, {"date": procedure.tooth_lost_on})
    return None


def same_day(rules, ledger, day):
    """Not covered on the day of one of the row's other codes, if the plan pays for that one."""
    for row in rules.same_day:
        others = sorted(row.other_codes & ledger.codes_on(day))
        if others:
            return Stop("same_day", row, {"other": others[0]}, day + timedelta(days=1))
    return None
