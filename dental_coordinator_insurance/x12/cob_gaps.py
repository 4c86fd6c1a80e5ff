# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the answers of earlier payers lack, and the sums they must keep.

line        charge = paid (SVD02) + its adjustments, for each payer that answered by line
by line     paid of the payer (AMT D) = sum of SVD02 - adjustments at claim level
as a whole  charge of the claim = paid (AMT D) + adjustments at claim level
"""

from .claim_line_gaps import check_amount
from .remittance import ZERO
from .remittance_balance import total
from .values import clean, plain

ORDER = tuple("PSTABCDEFGH")
RELATIONS = ("01", "19", "20", "21", "39", "40", "53", "G8")  # of a patient to the subscriber
FILINGS = (
    *("09", "11", "12", "13", "14", "15", "16", "17", "AM", "BL", "CH", "CI", "DS", "FI"),
    *("HM", "LM", "MA", "MB", "MC", "OF", "TV", "VA", "WC", "ZZ"),
)
GROUPS = ("CO", "CR", "OA", "PI", "PR")
_REMEDY = "Compare with that payer's explanation of benefits."


def check_others(found, claim):
    _order(found, claim)
    ids = [clean(other.id) for other in claim.others]
    for index, other in enumerate(claim.others):
        path = f"others[{index}]"
        who = f"Other payer {other.name}"
        found.text("2330B", "NM103", f"{path}.name", other.name, "The other payer's name", 60)
        found.text("2330B", "NM109", f"{path}.id", other.id, f"{who}: the payer id", 80)
        found.names("2330A", f"{path}.subscriber", other.subscriber, f"{who}, its subscriber")
        member, field = other.subscriber.member_id, f"{path}.subscriber.member_id"
        found.text("2330A", "NM109", field, member, f"{who}: the member id", 80)
        message = f"{who}: the id {other.id} is there twice"
        found.require(ids.count(clean(other.id)) == 1, "2330B", "NM109", f"{path}.id", message, "")
        for element, field, what, allowed in (
            ("SBR02", "relation", "relation", ("18", *RELATIONS)),
            ("SBR09", "filing", "plan kind", FILINGS),
            ("OI03", "assigned", "assignment of benefits", ("N", "W", "Y")),
            ("OI06", "release", "release of information", ("I", "Y")),
        ):
            value = getattr(other, field)
            found.chosen("2320", element, f"{path}.{field}", value, f"{who}: {what}", allowed)
        _reasons(found, "2320", path, other.adjustments, who)
        _answer(found, claim, other, path, who)
    for index, line in enumerate(claim.lines):
        for number, answer in enumerate(line.adjudications):
            _line_answer(found, line, answer, ids, f"lines[{index}].adjudications[{number}]")


def _order(found, claim):
    """Each payer has its own place, and those before this one are all there."""
    taken = [claim.subscriber.sequence, *(other.sequence for other in claim.others)]
    for index, other in enumerate(claim.others):
        message = f"Two payers have the place {other.sequence!r}, or it is none"
        good = taken.count(other.sequence) == 1 and other.sequence in ORDER
        field = f"others[{index}].sequence"
        found.require(good, "2320", "SBR01", field, message, "Put the payers in order.")
    own = claim.subscriber.sequence
    before = ORDER[: ORDER.index(own)] if own in ORDER else ()
    for missing in (one for one in before if one not in taken):
        message = (
            f"The claim goes to payer {claim.subscriber.sequence} but payer {missing} is missing"
        )
        found.add("2320", "SBR01", "others", message, "Add the payers that come before.")


def _reasons(found, loop, path, adjustments, who):
    for index, one in enumerate(adjustments):
        field = f"{path}.adjustments[{index}]"
        found.chosen(loop, "CAS01", f"{field}.group", one.group, f"{who}: group", GROUPS)
        found.text(loop, "CAS02", f"{field}.reason", one.reason, f"{who}: the reason", 5)
        check_amount(found, loop, "CAS03", f"{field}.amount", one.amount, who, negative=True)


def _answers(claim, other):
    return [
        answer
        for line in claim.lines
        for answer in line.adjudications
        if clean(answer.payer_id) == clean(other.id)
    ]


def _answer(found, claim, other, path, who):
    answers = _answers(claim, other)
    adjusted = total(other.adjustments)
    figures = (("D", "paid"), ("EAF", "owed"), ("A8", "non_covered"))
    for qualifier, field in figures:
        value = getattr(other, field)
        if value is not None:
            element = f"AMT {qualifier}"
            check_amount(found, "2320", element, f"{path}.{field}", value, who, negative=True)
    if other.paid is None:
        message = f"{who}: it answered, but what it paid is missing"
        good = not answers and not other.adjustments
        found.require(good, "2320", "AMT D", f"{path}.paid", message, "Enter the amount, 0 too.")
        return
    if answers:
        paid = sum((answer.paid for answer in answers), ZERO) - adjusted
        message = f"{who} paid {plain(other.paid)}, its lines come to {plain(paid)}"
        found.require(paid == other.paid, "2320", "AMT D", f"{path}.paid", message, _REMEDY)
        silent = [line.code for line in claim.lines if not _spoken(line, other)]
        message = f"{who} did not answer for {', '.join(silent)}"
        found.require(not silent, "2430", "SVD", f"{path}.paid", message, _REMEDY)
        return
    message = (
        f"{who}: paid {plain(other.paid)} and adjustments {plain(adjusted)} do not make up the"
        f" charge {plain(claim.charge)}"
    )
    good = other.paid + adjusted == claim.charge
    found.require(good, "2320", "AMT D", f"{path}.paid", message, _REMEDY)
    message, remedy = f"{who}: the date of its answer is missing", "Enter the date."
    found.require(other.date, "2330B", "DTP 573", f"{path}.date", message, remedy)


def _spoken(line, other):
    return any(clean(answer.payer_id) == clean(other.id) for answer in line.adjudications)


def _line_answer(found, line, answer, ids, path):
    message = f"{line.code}: payer {answer.payer_id!r} answered but is none of the other payers"
    good = clean(answer.payer_id) in ids
    found.require(good, "2430", "SVD01", f"{path}.payer_id", message, "Add that payer.")
    _reasons(found, "2430", path, answer.adjustments, f"{line.code}, payer {answer.payer_id}")
    adjusted = total(answer.adjustments)
    message = (
        f"{line.code}: paid {plain(answer.paid)} and adjustments {plain(adjusted)} of payer"
        f" {answer.payer_id} do not make up the charge {plain(line.charge)}"
    )
    good = answer.paid + adjusted == line.charge
    found.require(good, "2430", "SVD02", f"{path}.paid", message, _REMEDY)
    message, remedy = f"{line.code}: the date of the payer's answer is missing", "Enter the date."
    found.require(answer.date, "2430", "DTP 573", f"{path}.date", message, remedy)
