# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The equations that an 835 must hold before a cent of it is posted.

line      SVC02 - sum of its CAS = SVC03
claim     CLP03 - claim CAS - line CAS = CLP04, and CLP03 = sum of SVC02 when there are lines
payment   BPR02 = sum of CLP04 - sum of PLB, and nothing is sent by a mere notice (BPR01 H)
The patient's share (CLP05) should be the sum of group PR; payers leave it empty or fill it without
a CAS, so a difference is only shown.
"""

from .errors import ERROR, Finding
from .remittance import FORWARDED, PREDETERMINATION, ZERO
from .values import plain

_GROUPS = frozenset(("CO", "PR", "OA", "PI", "CR"))


def total(adjustments):
    return sum([a.amount for a in adjustments], ZERO)


def check_claim(claim):
    """Findings of one ClaimPayment, in the order of its segments."""
    found = []
    line_total = line_charge = ZERO
    for line in claim.lines:
        adjusted = total(line.adjustments)
        line_total += adjusted
        line_charge += line.charge
        if line.charge - adjusted != line.paid:
            found.append(_line_finding(claim, line, adjusted))
    adjusted = total(claim.adjustments) + line_total
    if claim.charge - adjusted != claim.paid:
        found.append(
            _error(
                "claim_balance",
                f"Claim {claim.claim_number}: charge {plain(claim.charge)} less adjustments"
                f" {plain(adjusted)} is {plain(claim.charge - adjusted)}, but"
                f" {plain(claim.paid)} is paid (CLP04)",
                claim,
            )
        )
    if claim.lines and line_charge != claim.charge:
        found.append(
            _error(
                "claim_lines",
                f"Claim {claim.claim_number}: its lines charge {plain(line_charge)}, the claim"
                f" {plain(claim.charge)} (CLP03)",
                claim,
            )
        )
    found += _check_words(claim)
    return found


def _line_finding(claim, line, adjusted):
    return Finding(
        "line_balance",
        f"Claim {claim.claim_number}, {line.code}: charge {plain(line.charge)} less adjustments"
        f" {plain(adjusted)} is {plain(line.charge - adjusted)}, but {plain(line.paid)} is paid"
        " (SVC03)",
        "SVC",
        line.position,
        ERROR,
        claim.claim_number,
    )


def _check_words(claim):
    found = []
    share = claim.patient_share
    if share is not None and share != claim.patient_responsibility:
        found.append(
            Finding(
                "patient_share",
                f"Claim {claim.claim_number}: the patient's share is {plain(share)} (CLP05), the"
                f" reasons of group PR add up to {plain(claim.patient_responsibility)}",
                "CLP",
                claim.position,
                ref=claim.claim_number,
            )
        )
    if claim.status == PREDETERMINATION and claim.paid:
        found.append(
            _error(
                "predetermination_paid",
                f"Claim {claim.claim_number} is a predetermination but pays {plain(claim.paid)}",
                claim,
            )
        )
    if claim.status == FORWARDED and claim.paid:
        found.append(
            _error(
                "forwarded_paid",
                f"Claim {claim.claim_number} was sent on to another payer but pays"
                f" {plain(claim.paid)}",
                claim,
            )
        )
    unknown = {
        a.group
        for some in (claim.adjustments, *(line.adjustments for line in claim.lines))
        for a in some
        if a.group not in _GROUPS
    }
    for group in sorted(unknown):
        message = f"Claim {claim.claim_number}: adjustment group {group!r} is not known (CAS01)"
        found.append(_error("group", message, claim))
    return found


def check_payment(head, claims_paid, adjustments, position):
    """Findings of the whole set.

    :param claims_paid: sum of CLP04
    :param adjustments: ProviderAdjustments
    """
    taken = sum((a.amount for a in adjustments), ZERO)
    expected, sent = claims_paid - taken, plain(head.signed_amount)
    found = []
    if expected != head.signed_amount:
        found.append(
            (
                "payment_balance",
                f"Payment {head.trace}: claims pay {plain(claims_paid)} less provider adjustments"
                f" {plain(taken)} is {plain(expected)}, but {sent} is sent (BPR02)",
            )
        )
    if head.notification and head.amount:
        found.append(
            (
                "notification_amount",
                f"Payment {head.trace} only informs (BPR01 H), yet names {sent} as sent (BPR02)",
            )
        )
    return [Finding(code, text, "BPR", position, ERROR, head.trace) for code, text in found]


def _error(code, message, claim):
    return Finding(code, message, "CLP", claim.position, ERROR, claim.claim_number)
