# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which benefit rows apply to a code; each question is answered once a code."""

from functools import cached_property


class BenefitIndex:
    """Benefit rows of one coverage. A row given twice is one row: it has one purse."""

    def __init__(self, benefits):
        self._kinds = {}
        for benefit in {id(row): row for row in benefits}.values():
            self._kinds.setdefault(benefit.kind, []).append(benefit)
        self._rules = {}

    def all(self, kind):
        return self._kinds.get(kind, ())

    def general(self, kind, level):
        return tuple(r for r in self.all(kind) if r.scope.is_general and r.level == level)

    def of(self, subject):
        """What the rows say about a subject."""
        rules = self._rules.get(subject)
        if rules is None:
            rules = self._rules[subject] = CodeRules(self, subject)
        return rules

    @cached_property
    def unattached(self):
        """What a use that belongs to no service counts against."""
        return UnattachedRules(self)


class CodeRules:
    """Benefit rows that reach one code, the most specific first."""

    def __init__(self, index, subject):
        self._index = index
        self._subject = subject

    def _ranked(self, kind):
        ranked = ((row.scope.rank(self._subject), row) for row in self._index.all(kind))
        return sorted((p for p in ranked if p[0] is not None), key=lambda p: p[0], reverse=True)

    def _rows(self, kind):
        return tuple(row for _rank, row in self._ranked(kind))

    def _governing(self, kind):
        """The row that governs: the patient's before the plan's, then the most specific."""
        rows = self._rows(kind)
        return next((row for row in rows if row.patient_level), rows[0] if rows else None)

    @cached_property
    def coinsurance(self):
        return self._governing("coinsurance")

    @cached_property
    def exclusion(self):
        return self._governing("exclusion")

    @cached_property
    def waiting(self):
        return self._governing("waiting")

    @cached_property
    def copay(self):
        return self._governing("copay")

    @cached_property
    def fixed_benefit(self):
        return self._governing("fixed_benefit")

    @cached_property
    def missing_tooth(self):
        return self._governing("missing_tooth")

    @cached_property
    def same_day(self):
        return self._rows("same_day")

    @cached_property
    def ages(self):
        return self._rows("age")

    @cached_property
    def counted_in(self):
        """Frequency rows for which the service counts."""
        return self._rows("frequency")

    @cached_property
    def frequencies(self):
        """Frequency rows to check, all of them; the patient's replace the plan's."""
        return tuple(row for row in self.counted_in if row.patient_level) or self.counted_in

    @cached_property
    def deductible(self):
        """The individual row from which the deductible of the service starts."""
        rows = [row for row in self._rows("deductible") if row.level == "individual"]
        return rows[0] if rows else None

    @cached_property
    def deductible_caps(self):
        """Rows that cap it: general, unless 0 (there is none), and family."""
        rows = self._rows("deductible")
        general = (r for r in rows if r.scope.is_general and r.level == "individual" and r.amount)
        family = (r for r in rows if r.level == "family" and r.amount is not None)
        return tuple(general), tuple(family)

    @cached_property
    def maximums(self):
        """Individual, then family rows to respect."""
        return self._maximums("individual") + self._maximums("family")

    def _maximums(self, level):
        """The rows of the narrowest scope that has one, and the general ones if it counts there.

        A narrower maximum is a purse of its own unless it counts towards the general one.
        """
        ranked = [pair for pair in self._ranked("maximum") if pair[1].level == level]
        rows = [row for rank, row in ranked if rank == ranked[0][0]]
        if any(row.counts_toward_general for row in rows):
            rows += [row for _rank, row in ranked if row.scope.is_general and row not in rows]
        return tuple(rows)

    @cached_property
    def deductibles_charged(self):
        """Rows that a collected deductible counts against: its scopes', and the general ones.

        Whatever was collected counts to the general deductible.
        """
        general = self._index.general("deductible", "individual")
        general += self._index.general("deductible", "family")
        reached = (row for row in self._rows("deductible") if not row.scope.is_general)
        return (*general, *reached)

    @cached_property
    def charged(self):
        return Charged.of(self.maximums, self.deductibles_charged)


class UnattachedRules:
    """Rows for a use that belongs to no service.

    It counts to the general maximum only. Its deductible counts to the general one and, only
    if there is none, to every specific one.
    """

    def __init__(self, index):
        maximums = deductibles = ()
        for level in ("individual", "family"):
            rows = tuple(row for row in index.all("deductible") if row.level == level)
            maximums += index.general("maximum", level)
            deductibles += index.general("deductible", level) or rows
        self.charged = Charged.of(maximums, deductibles)


class Charged:
    """Rows against which money counts: all for the patient, the family's for relatives."""

    def __init__(self, maximums, deductibles):
        self.maximums = maximums
        self.deductibles = deductibles

    @classmethod
    def of(cls, maximums, deductibles):
        charged = cls(maximums, deductibles)
        family = (row for row in maximums if row.level == "family")
        charged.family = cls(
            tuple(family), tuple(row for row in deductibles if row.level == "family")
        )
        return charged
