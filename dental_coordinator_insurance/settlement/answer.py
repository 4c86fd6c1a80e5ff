# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an answer of a payer says of one service, in the figures that the books need."""

from dataclasses import dataclass

from .position import ZERO

DEDUCTIBLE = "1"


@dataclass(frozen=True, slots=True)
class Answer:
    """:param contract: cut by contract
    :param patient: said to be the patient's; ``deductible`` is the part of it that is one
    :param open: the cuts that wait for a person
    """

    paid: object = ZERO
    contract: object = ZERO
    patient: object = ZERO
    deductible: object = ZERO
    open: tuple = ()

    def __add__(self, other):
        return Answer(
            self.paid + other.paid,
            self.contract + other.contract,
            self.patient + other.patient,
            self.deductible + other.deductible,
            self.open + other.open,
        )

    @classmethod
    def of(cls, paid, cuts):
        """:param cuts: (Cut, kind) pairs, kinds as of :func:`reasons.kind_of`"""
        sums = {"contractual": ZERO, "patient": ZERO, "prior": ZERO}
        waiting, deductible = [], ZERO
        for cut, kind in cuts:
            if kind in sums:
                sums[kind] += cut.amount
            elif cut.amount:
                waiting.append(cut)
            if kind == "patient" and cut.reason == DEDUCTIBLE:
                deductible += cut.amount
        return cls(paid, sums["contractual"], sums["patient"], deductible, tuple(waiting))
