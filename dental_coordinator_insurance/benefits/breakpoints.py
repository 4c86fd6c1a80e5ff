# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days on which some service may become cheaper or dearer: between two of them nothing changes."""

from datetime import timedelta

from .dates import add_months, add_span, benefit_year_start
from .frequency import year_after
from .plan import SPAN_PERIODS

DAY = timedelta(days=1)


def breakpoints(request, horizon=14):
    """{day: why it matters} from the as-of day on, by day.

    :param horizon: months to look ahead
    """
    start = request.as_of
    end = add_months(start, horizon)
    found = {start: ()}
    _add(found, _changes(request, start), start, end)
    _add_relative(request, found, start, end)
    return dict(sorted(found.items()))


def _add(found, changes, start, end):
    """Take in those within the time. Returns whether a day is new."""
    before = len(found)
    for day, reason in changes:
        if start < day <= end:
            found[day] = tuple(dict.fromkeys((*found.get(day, ()), reason)))
    return len(found) > before


def _changes(request, start):
    for coverage in request.coverages:
        yield from _coverage_changes(coverage, start)
        yield from _birthdays(coverage, request)
        for procedure in request.procedures:
            for row in coverage.index.of(procedure.subject).frequencies:
                for past in _past_dates(row, coverage, procedure, request):
                    yield from _paid_again(row, past)


def _coverage_changes(coverage, start):
    for month in {1, coverage.plan.renewal_month}:
        year = benefit_year_start(start, month)
        yield add_months(year, 12), "new_year"
        yield add_months(year, 24), "new_year"
    if coverage.starts:
        yield coverage.starts, "cover_starts"
    if coverage.ends:
        yield coverage.ends + DAY, "cover_ends"
    for row in coverage.index.all("waiting"):
        if coverage.waiting_start:
            yield add_span(coverage.waiting_start, row.quantity, row.period), "waiting"
    for rollover in coverage.rollovers:
        yield rollover.starts, "rollover"
        yield rollover.expires + DAY, "rollover"


def _birthdays(coverage, request):
    birth = request.patient.birth_date
    for row in coverage.index.all("age") if birth else ():
        for age in (row.min_age, None if row.max_age is None else row.max_age + 1):
            if age is not None:
                yield birthday(birth, age), "age"


def birthday(birth, age):
    """First day of that age; who was born on 29 February is a year older on 1 March."""
    day = add_months(birth, 12 * age)
    return day if (day.month, day.day) >= (birth.month, birth.day) else day + DAY


def _past_dates(row, coverage, procedure, request):
    """Days of services that count to a frequency limit of a planned one."""
    return {
        past.date
        for past in request.history
        if past.own
        and past.coverage == coverage.key
        and past.service != procedure.ref
        and past.subject
        and row.scope.rank(past.subject) is not None
    }


def _paid_again(row, past):
    if row.period in SPAN_PERIODS:
        yield add_span(past, row.quantity, row.period) + DAY, "frequency"
    elif row.period == "last_12_months":
        yield year_after(past), "frequency"


def _add_relative(request, found, start, end):
    """Days that follow from where another planned service is put: it may be put on any of them."""
    rows = list(_shared_limits(request))
    for _round in range(len(request.procedures) - 1):
        changes = [change for day in found for row in rows for change in _after(row, day)]
        if not _add(found, changes, start, end):
            return


def _after(row, day):
    if row.kind == "same_day":
        yield day + DAY, "same_day"
    else:
        yield from _paid_again(row, day)


def _shared_limits(request):
    """Rows by which one planned service may stop another, each once."""
    rows = {}
    for coverage in request.coverages:
        for one in request.procedures:
            rules = coverage.index.of(one.subject)
            others = [other for other in request.procedures if other.ref != one.ref]
            for row in rules.frequencies:
                if any(row.scope.rank(other.subject) is not None for other in others):
                    rows[id(row)] = row
            for row in rules.same_day:
                if any(other.code in row.other_codes for other in others):
                    rows[id(row)] = row
    return rows.values()
