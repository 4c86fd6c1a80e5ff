# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A second, slow reckoning of estimates, written from the rules alone, to hold the engine against.

It reads one list of uses for every question and takes nothing of the engine but its input classes.
It knows no rollovers, missing teeth, same-day rules, discount plans, typed figures.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")
SPANS = ("days", "months", "years")
CONDITIONS = ("never", "second_molar", "molar", "posterior", "always")


@dataclass
class Use:
    """One service, or a use of no service, that a plan has paid or is to pay for."""

    date: date
    code: str
    categories: tuple
    paid: Decimal
    deductible: Decimal
    own: bool
    counts: bool
    area: object
    service: object


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_after - timedelta(days=1)).day))


def later(day, number, unit):
    if unit == "days":
        return day + timedelta(days=number)
    return months_later(day, number * (12 if unit == "years" else 1))


def year_of(day, month):
    start = date(day.year, month, 1)
    return start if start <= day else date(day.year - 1, month, 1)


def same_period(row, one, other, month):
    if row.period == "lifetime":
        return True
    month = month if row.period == "benefit_year" else 1
    return year_of(one, month) == year_of(other, month)


def closeness(scope, code, categories):
    """The closer a row speaks of a service, the larger; None if it does not."""
    if scope.kind == "code":
        return 500 if scope.name == code else None
    if scope.kind == "group":
        return 400 - len(scope.codes) if code in scope.codes else None
    if scope.name not in categories:
        return None
    return 100 if scope.kind == "general" else 200 + categories.index(scope.name)


def reaching(rows, code, categories):
    return [row for row in rows if closeness(row.scope, code, categories) is not None]


def governing(rows, code, categories):
    found = reaching(rows, code, categories)
    key = lambda row: (row.patient_level, closeness(row.scope, code, categories))  # noqa: E731
    return max(found, key=key, default=None)


def of_kind(coverage, kind, level=None):
    rows = [row for row in coverage.plan.benefits if row.kind == kind]
    return [row for row in rows if level in (None, row.level)]


class Oracle:
    def __init__(self, request):
        self.request, self.settings = request, request.settings
        self.coverages = sorted(request.coverages, key=lambda coverage: coverage.order)
        self.uses = {coverage.key: [] for coverage in self.coverages}
        refs = {procedure.ref for procedure in request.procedures}
        for row in request.history:
            if row.status != "precert" and (row.service is None or row.service not in refs):
                self.uses[row.coverage].append(self._past(row))
        for one in request.procedures:
            for answer in one.received:
                use = (answer.paid, answer.deductible, True, answer.paid > 0, one.area, one.ref)
                self.uses[answer.coverage].append(
                    Use(self._day(one), one.code, one.categories, *use)
                )

    def run(self):
        """[(fee, [(paid, write-off, deductible) of each plan], patient's part)]"""
        return [self._line(procedure) for procedure in self.request.procedures]

    def _past(self, row):
        paid = row.paid + (row.estimated if row.status == "pending" else ZERO)
        deductible = row.deductible
        if row.status == "elsewhere":
            paid = deductible = ZERO
        counts = (row.status == "elsewhere" or paid > 0) and bool(row.code) and row.own
        service = object() if row.service is None else row.service
        use = (paid, deductible, row.own, counts and not row.do_not_bill, row.area, service)
        return Use(row.date, row.code, row.categories, *use)

    def _day(self, procedure):
        as_of = self.request.as_of
        return max(procedure.date, as_of) if procedure.planned else procedure.date

    def _line(self, procedure):
        day, fee = self._day(procedure), procedure.fee * procedure.quantity
        shares, before = [], []
        for coverage in self.coverages:
            share = [ZERO, ZERO, ZERO]
            if coverage.in_force(day) and not procedure.do_not_bill:
                share = list(OneService(self, procedure, coverage, day, fee, before).run())
                before.append(share)
            answer = next((a for a in procedure.received if a.coverage == coverage.key), None)
            if answer:
                share[:] = [answer.paid, answer.write_off, answer.deductible]
            shares.append(share)
        self._fit(shares, fee)
        for coverage, share in zip(self.coverages, shares, strict=True):
            if not any(a.coverage == coverage.key for a in procedure.received):
                use = (share[0], share[2], True, share[0] > 0, procedure.area, procedure.ref)
                self.uses[coverage.key].append(Use(day, procedure.code, procedure.categories, *use))
        patient = fee - sum(paid + off for paid, off, _deductible in shares)
        return fee, [tuple(share) for share in shares], max(patient, ZERO)

    def _fit(self, shares, fee):
        """All parts together are no more than the fee: the first plan's write-off shrinks first."""
        excess = sum(paid + off for paid, off, _deductible in shares) - fee
        for share in shares:
            cut = max(min(excess, share[1]), ZERO)
            share[1] -= cut
            excess -= cut


class OneService:
    """One service under one plan."""

    def __init__(self, oracle, procedure, coverage, day, fee, before):
        self.procedure, self.coverage, self.day, self.fee = procedure, coverage, day, fee
        self.plan, self.settings = coverage.plan, oracle.settings
        self.patient, self.uses = oracle.request.patient, oracle.uses[coverage.key]
        self.subject = procedure.code, procedure.categories
        self.paid_before = sum((share[0] for share in before), ZERO)
        self.off_before = sum((share[1] for share in before), ZERO)
        self.unpaid = max(fee - self.paid_before - self.off_before, ZERO)
        rule = coverage.cob_rule or "standard"
        if rule == "secondary_medicaid" and len(before) != 1:
            rule = "standard"
        self.rule = rule if before else None

    def run(self):
        self._allow()
        self.excluded = governing(of_kind(self.coverage, "exclusion"), *self.subject)
        self._copay()
        if self.plan.kind == "capitation":
            off = self.fee - self.copay
            if self.excluded and self.plan.options.usual_fee_when_excluded:
                off = ZERO
            benefit = self._precert(ZERO)
            return benefit, min(off, max(self.unpaid - benefit, ZERO)), ZERO
        self.percent = self._percent()
        self.stopped = self._frequency() or self._waits()
        self.aged = self._aged()
        left = self.allowed - self.copay
        if self.rule == "maintenance":
            left = max(left - self.paid_before, ZERO)
        deductible = ZERO
        if not (self.excluded or self.percent == 0 or self.stopped):
            deductible = min(max(self._owed(), ZERO), left)
        benefit = self._coordinate((left - deductible) * self.percent / 100)
        benefit = ZERO if self.excluded or self.aged else benefit
        benefit = self._cap(benefit).quantize(CENT, ROUND_HALF_EVEN)
        benefit = self._precert(ZERO if self.stopped else benefit)
        return benefit, self._write_off(benefit), deductible

    def _precert(self, benefit):
        mine = [a for a in self.procedure.precerts if a.coverage == self.coverage.key]
        return mine[0].amount if mine else benefit

    def _allow(self):
        plan, quantity, code = self.plan, self.procedure.quantity, self.procedure.code
        schedule = plan.allowed
        if schedule is None and plan.kind in ("flat_copay", "capitation"):
            schedule = plan.fees
        own = schedule and schedule.lookup(code)
        self.network = own.amount * quantity if own else None
        amount = self.network
        if amount is None:
            amount = ZERO if schedule and self.settings.missing_fee_is_zero else self.fee
        self.alternate = None
        named = self._alternate()
        if named and schedule is None and plan.kind == "percentage":
            schedule = self.settings.usual_fees
            own = schedule.lookup(code)
        other = named and schedule and schedule.lookup(named)
        if other and not (own and other.amount > own.amount):
            self.alternate, amount = named, other.amount * quantity
        self.allowed = min(amount, self.fee)

    def _alternate(self):
        rules = [r for r in self.plan.substitutions if r.code == self.procedure.code]
        rules = rules or [r for r in self.settings.substitutions if r.code == self.procedure.code]
        for condition in CONDITIONS:
            fits = condition in ("never", "always") or condition in self.procedure.area.classes
            found = [rule for rule in rules if rule.condition == condition]
            if found and fits:
                return None if condition == "never" else found[0].alternate
        return None

    def _copay(self):
        code, quantity = self.alternate or self.procedure.code, self.procedure.quantity
        if self.plan.options.fixed_benefits:
            row = self.plan.fixed and self.plan.fixed.lookup(code)
            fixed = row.amount * quantity if row else ZERO
            unknown = not row and not self.settings.blank_fixed_is_zero
            copay = ZERO if unknown else max(self.allowed - fixed, ZERO)
        else:
            row = self.plan.copays and self.plan.copays.lookup(code)
            copay = row.amount * quantity if row else ZERO
        self.copay = min(copay, self.allowed)

    def _percent(self):
        if self.plan.kind == "flat_copay" or self.plan.options.fixed_benefits:
            return Decimal(100)
        row = governing(of_kind(self.coverage, "coinsurance"), *self.subject)
        return row.percent if row else ZERO

    def _frequency(self):
        rows = reaching(of_kind(self.coverage, "frequency"), *self.subject)
        own = [row for row in rows if row.patient_level]
        return any(self._is_met(row) for row in own or rows)

    def _is_met(self, row):
        services = {
            use.service
            for use in self.uses
            if use.counts
            and closeness(row.scope, use.code, use.categories) is not None
            and use.service != self.procedure.ref
            and self._in_window(row, use.date)
            and is_near(row.area, use.area, self.procedure.area)
        }
        return len(services) >= (row.count if row.period in SPANS else row.quantity)

    def _in_window(self, row, past):
        day = self.day
        if row.period in SPANS:
            return past <= day <= later(past, row.quantity, row.period)
        if row.period == "last_12_months":
            return months_later(day, -12) < past <= day
        return same_period(row, past, day, self.plan.renewal_month)

    def _waits(self):
        row = governing(of_kind(self.coverage, "waiting"), *self.subject)
        since = self.coverage.waiting_from or self.coverage.starts
        if not row or not row.quantity or not since:
            return False
        return since <= self.day < later(since, row.quantity, row.period)

    def _aged(self):
        born, day = self.patient.birth_date, self.day
        if not born:
            return False
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        rows = reaching(of_kind(self.coverage, "age"), *self.subject)
        return any(row.max_age is not None and age > row.max_age for row in rows)

    def _owed(self):
        rows = of_kind(self.coverage, "deductible", "individual")
        row = governing(rows, *self.subject)
        if not row:
            return ZERO
        general = next((one for one in rows if one.scope.is_general), None)
        owed = row.amount - sum(
            use.deductible
            for use in self._uses_in(row, own=True)
            if self._is_collected(row, use, general)
        )
        if general and general.amount and "general" in self.procedure.categories:
            collected = sum(use.deductible for use in self._uses_in(general, own=True))
            owed = min(owed, general.amount - collected)
        for family in reaching(of_kind(self.coverage, "deductible", "family"), *self.subject):
            owed = min(owed, family.amount - self._collected_by_family(family))
        return owed

    def _collected_by_family(self, row):
        rows = of_kind(self.coverage, "deductible", "family")
        general = next((one for one in rows if one.scope.is_general), None)
        uses = self._uses_in(row, own=False)
        return sum(use.deductible for use in uses if self._is_collected(row, use, general))

    def _uses_in(self, row, own):
        month = self.plan.renewal_month
        uses = [use for use in self.uses if use.own or not own]
        return [use for use in uses if same_period(row, use.date, self.day, month)]

    def _is_collected(self, row, use, general):
        if row.scope.is_general:
            return True
        if not use.code:
            return general is None
        return closeness(row.scope, use.code, use.categories) is not None

    def _cap(self, benefit):
        self.exhausted = False
        for level in ("individual", "family"):
            rows = of_kind(self.coverage, "maximum", level)
            for row in self._purses(rows, *self.subject):
                uses = self._uses_in(row, own=level == "individual")
                used = sum(use.paid for use in uses if self._uses_purse(rows, row, use))
                left = max(row.amount - used, ZERO)
                self.exhausted = self.exhausted or (benefit > left and left == 0)
                benefit = min(benefit, left)
        return benefit

    def _purses(self, rows, code, categories):
        """The closest maximum, and the general one if it counts there."""
        first = governing(rows, code, categories)
        if not first:
            return []
        also = [
            row
            for row in rows
            if row.scope.is_general and row is not first and "general" in categories
        ]
        return [first, *(also if first.counts_toward_general else ())]

    def _uses_purse(self, rows, row, use):
        if not use.code:
            return row.scope.is_general
        return row in self._purses(rows, use.code, use.categories)

    def _coordinate(self, benefit):
        most = {
            "basic": self.allowed - self.paid_before,
            "secondary_medicaid": self.allowed - self.paid_before,
            "standard": self.fee - self.paid_before - self.off_before,
            "carve_out": benefit - self.paid_before,
            "none": self.fee - self.paid_before,
        }
        return max(min(benefit, most.get(self.rule, benefit)), ZERO)

    def _write_off(self, benefit):
        left = max(self.unpaid - benefit, ZERO)
        if self.rule == "secondary_medicaid":
            return left
        if self.plan.kind != "ppo" or self._keeps_no_write_off():
            return ZERO
        network = self.fee if self.network is None else self.network
        return min(max(self.fee - network, ZERO), left)

    def _keeps_no_write_off(self):
        options, settings = self.plan.options, self.settings
        over_max = options.zero_write_off_max
        over_limit = options.zero_write_off_limits
        other_pays = self.paid_before > 0 and not settings.secondary_write_offs
        met = self._frequency() or self.aged
        return (
            (self.alternate and options.no_write_off_on_substitution)
            or ((self.excluded or self.percent == 0) and options.usual_fee_when_excluded)
            or (self.exhausted and (settings.zero_write_off_max if over_max is None else over_max))
            or (met and (settings.zero_write_off_limits if over_limit is None else over_limit))
            or (self.rule and (self.off_before > 0 or other_pays))
        )


def is_near(limit, past, now):
    """Whether two services stand in the same place, as a limit understands it."""
    if limit == "mouth":
        return True
    if limit in ("arch", "quadrant", "tooth"):
        return getattr(past, limit) == getattr(now, limit)
    if limit == "tooth_range":
        return bool(teeth_of(past) & teeth_of(now))
    if not any((past.tooth, past.text, past.teeth, now.tooth, now.text, now.teeth)):
        return True
    same = bool(past.tooth) and past.tooth == now.tooth
    crossed = past.tooth in now.teeth or now.tooth in past.teeth or bool(past.teeth & now.teeth)
    region = bool(past.text) and (past.is_region or now.is_region)
    return past.text == now.text and (same or crossed or region)


def teeth_of(area):
    return area.covers or area.teeth or ({area.tooth} if area.tooth else set())
