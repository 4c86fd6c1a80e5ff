# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which benefit rows apply to a code; each question is answered once a code."""

from functools import wraps


def _remembered(method):
    """Keep the answer of a pure question on the index."""

    @wraps(method)
    def answer(self, *question):
        key = (method.__name__, question)
        if key not in self._answers:
            self._answers[key] = method(self, *question)
        return self._answers[key]

    return answer


class BenefitIndex:
    """Benefit rows of one coverage by kind."""

    def __init__(self, benefits):
        self._kinds = {}
        for benefit in benefits:
            self._kinds.setdefault(benefit.kind, []).append(benefit)
        self._answers = {}

    def all(self, kind):
        return self._kinds.get(kind, ())

    @_remembered
    def _ranked(self, kind, subject):
        """(rank, row) of the rows that reach the subject, the most specific first."""
        ranked = ((row.scope.rank(subject), row) for row in self.all(kind))
        return sorted((p for p in ranked if p[0] is not None), key=lambda p: p[0], reverse=True)

    @_remembered
    def matching(self, kind, subject):
        """Rows of a kind that reach the subject, the most specific first."""
        return tuple(row for _rank, row in self._ranked(kind, subject))

    @_remembered
    def find(self, kind, subject, level="individual"):
        """The row that governs: the patient's before the plan's, then the most specific."""
        rows = [row for row in self.matching(kind, subject) if row.level == level]
        return next((row for row in rows if row.patient_level), rows[0] if rows else None)

    @_remembered
    def frequencies(self, subject):
        """Frequency rows to check, all of them; the patient's replace the plan's."""
        rows = self.matching("frequency", subject)
        return tuple(row for row in rows if row.patient_level) or rows

    @_remembered
    def maximums(self, level, subject):
        """Maximum rows of the narrowest scope that has one, and the general ones if it counts.

        A narrower maximum is a purse of its own unless it counts towards the general one.
        """
        ranked = [pair for pair in self._ranked("maximum", subject) if pair[1].level == level]
        rows = [row for rank, row in ranked if rank == ranked[0][0]]
        if any(row.counts_toward_general for row in rows):
            rows += [row for _rank, row in ranked if row.scope.is_general and row not in rows]
        return tuple(rows)

    @_remembered
    def general(self, kind, level):
        return tuple(r for r in self.all(kind) if r.scope.is_general and r.level == level)

    @_remembered
    def maximums_charged(self, level, subject):
        """Maximum rows that a payment counts against; without a service the general ones."""
        return self.general("maximum", level) if subject is None else self.maximums(level, subject)

    @_remembered
    def deductibles_charged(self, level, subject):
        """Deductible rows that a collected deductible counts against.

        Whatever was collected counts to the general one. What belongs to no service counts to
        the general one too and, only if there is none, to every specific one.
        """
        general = self.general("deductible", level)
        if subject is None:
            return general or tuple(r for r in self.all("deductible") if r.level == level)
        reached = [r for r in self.matching("deductible", subject) if r.level == level]
        return (*general, *(r for r in reached if not r.scope.is_general))
