# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which cuts of a payer decide themselves, and which wait for a person."""

from dataclasses import dataclass
from decimal import Decimal

CONTRACTUAL, PATIENT, PRIOR, OPEN = "contractual", "patient", "prior", "open"

# A payer's own word for "not yet" or "look again": never booked without a person, whatever group
# they come in. Missing data, duplicates, other payer first, late, not necessary, no precert,
# wants an attachment, changed on appeal.
ASK = frozenset(
    "4 5 11 16 18 19 20 21 22 26 27 29 31 49 50 97 107 109 129 146 150 151 163 183 193 197 198"
    " 226 227 234 242 243 250 251 252 256 A1 A7 B7 B13 B15 B16".split()
)
PRIOR_PAYER = "23"


@dataclass(frozen=True, slots=True)
class Cut:
    """One adjustment: CAS group, reason and amount; a positive amount lowers the payment."""

    group: str
    reason: str
    amount: Decimal


def kind_of(cut, contracted, first_payer=True, known=lambda reason: True):
    """What one cut is: contractual, patient, prior or open.

    :param contracted: whether the clinic has a contract by which it gives up what is above it
    :param first_payer: False for a claim to a second or later payer, where what the first one
        gave up must not be given up again
    :param known: says of a reason whether it has been seen before; the first of its kind waits
    """
    if cut.group == "PR":
        return OPEN if cut.reason in ASK else PATIENT
    if cut.reason == PRIOR_PAYER and cut.group in ("OA", "CO"):
        return OPEN if first_payer else PRIOR
    if cut.group != "CO" or cut.reason in ASK or not known(cut.reason):
        return OPEN
    return CONTRACTUAL if contracted and first_payer else OPEN
