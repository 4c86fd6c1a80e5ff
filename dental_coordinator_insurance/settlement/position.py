# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the fee of one service on one claim stands, and the entry that a change of it needs."""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Position:
    """What a claim's line holds on the accounts, against the invoice alone.

    :param insurance: owed by the payer
    :param adjustment: given up by contract
    :param patient: taken off the guarantor (negative)
    :param cash: received from the payer

    The four always add up to zero, so the difference of two positions is a balanced entry.
    """

    insurance: Decimal = ZERO
    adjustment: Decimal = ZERO
    patient: Decimal = ZERO
    cash: Decimal = ZERO

    def __add__(self, other):
        return Position(
            self.insurance + other.insurance,
            self.adjustment + other.adjustment,
            self.patient + other.patient,
            self.cash + other.cash,
        )

    def __sub__(self, other):
        return self + Position(-other.insurance, -other.adjustment, -other.patient, -other.cash)

    def __bool__(self):
        return any((self.insurance, self.adjustment, self.patient, self.cash))


@dataclass(frozen=True, slots=True)
class Share:
    """One service on one claim.

    :param plan: what the payer is expected to pay
    :param write_off: what the contract is expected to take off
    :param paid: what the payer has paid so far
    :param written_off: what has been written off, once the line is settled
    :param settled: True when the payer has nothing more to say; whatever is neither paid nor
        written off is then the patient's (or the next payer's)
    :param filed: False before filing and after voiding: the patient owes it all
    """

    plan: Decimal = ZERO
    write_off: Decimal = ZERO
    paid: Decimal = ZERO
    written_off: Decimal = ZERO
    settled: bool = False
    filed: bool = True

    @property
    def position(self):
        if not self.filed:
            # Money that came all the same is the patient's credit.
            return Position(patient=-self.paid, cash=self.paid)
        if self.settled:
            gone = self.paid + self.written_off
            return Position(adjustment=self.written_off, patient=-gone, cash=self.paid)
        return Position(
            self.plan - self.paid, self.write_off, -(self.plan + self.write_off), self.paid
        )


def total(positions):
    return sum(positions, Position())
