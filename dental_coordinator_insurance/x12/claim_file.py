# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing claims to a file: batches, sets, and claims that are too long for one."""

from dataclasses import replace
from itertools import chain, count

from .claim import MAX_LINES, SETS
from .claim_gaps import batch_gaps
from .claim_segments import billing_rows, claim_rows, patient_rows, subscriber_rows
from .errors import X12Error
from .remittance import ZERO
from .segments import contact, firm, interchange, row
from .values import ccyymmdd, clean


def write_837d(batch, today=None):
    """Bytes of the interchange with every claim of a batch.

    :param today: services after this day are a gap; default: the day of writing
    :raises X12Error: when anything is missing or wrong; its ``gaps`` has all of it
    """
    found = batch_gaps(batch, today)
    if found:
        first, more = found[0], len(found) - 1
        reason = first.message + (f" (and {more} more)" if more else "")
        raise X12Error(reason, first.element, remedy=first.remedy, gaps=found)
    return render_837d(batch)


def render_837d(batch):
    """The same without a check, for previews."""
    parts = _parts(batch.claims, SETS)
    return interchange(
        batch.envelope,
        "HC",
        "837",
        (_set_rows(batch, number, claims) for number, claims in enumerate(parts, 1)),
    )


def _parts(claims, size):
    for start in range(0, len(claims), size):
        yield claims[start : start + size]


def _set_rows(batch, number, claims):
    when = batch.envelope.when
    reference = clean(batch.reference) + (f"-{number}" if number > 1 else "")
    resend = "18" if batch.resend else "00"
    yield row("", "BHT", "0019", resend, reference, ccyymmdd(when), f"{when:%H%M}", "CH")
    sender = batch.submitter
    kind, first = ("1", clean(sender.first)) if sender.first else ("2", "")
    yield row(
        "1000A", "NM1", "41", kind, clean(sender.name), first, *[""] * 3, "46", clean(sender.id)
    )
    yield contact("1000A", sender.contact)
    yield firm("1000B", "40", batch.receiver.name, "46", batch.receiver.id)
    yield from _levels(claims)


def _levels(claims):
    """HL tree: billing provider, then for each coverage its subscriber, patient and claims."""
    numbers = count(1)
    for billing, some in _grouped(claims, lambda claim: claim.billing):
        billing_level = str(next(numbers))
        yield row("2000A", "HL", billing_level, "", "20", "1")
        yield from billing_rows(billing)
        for (*_coverage, patient), own in _grouped(some, _coverage_of):
            level = str(next(numbers))
            yield row("2000B", "HL", level, billing_level, "22", "1" if patient else "0")
            yield from subscriber_rows(own[0])
            if patient:
                yield row("2000C", "HL", str(next(numbers)), level, "23", "0")
                yield from patient_rows(patient)
            yield from chain.from_iterable(map(claim_rows, own))


def _coverage_of(claim):
    return claim.subscriber, claim.payer, claim.patient


def _grouped(claims, key):
    groups = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    return groups.items()


def split_claim(claim, limit=MAX_LINES):
    """Claims of at most ``limit`` lines, numbered ``N``, ``N-2``, ``N-3`` …

    What the patient paid goes with the first, attachments with each. Earlier payers' answers are
    divided when they were given by line.

    :raises X12Error: when an earlier payer answered for the claim as a whole
    """
    if len(claim.lines) <= limit:
        return (claim,)
    for other in claim.others:
        answered = any(a.payer_id == other.id for line in claim.lines for a in line.adjudications)
        if other.adjustments or (other.paid and not answered):
            raise X12Error(
                f"claim {claim.number} has {len(claim.lines)} lines, and {other.name} answered for"
                " all of them together",
                "CLM",
                remedy=f"Split it by hand into claims of at most {limit} lines.",
            )
    return tuple(
        _part(claim, number, lines) for number, lines in enumerate(_parts(claim.lines, limit), 1)
    )


def _part(claim, number, lines):
    others = tuple(
        replace(other, paid=_paid(other, lines), owed=_owed(other, lines), non_covered=None)
        for other in claim.others
    )
    if number == 1:
        return replace(claim, lines=lines, others=others, total=None)
    return replace(
        claim,
        number=f"{claim.number}-{number}",
        lines=lines,
        others=others,
        total=None,
        patient_paid=None,
    )


def _paid(other, lines):
    if other.paid is None:
        return None
    return sum((a.paid for line in lines for a in _answers(other, line)), ZERO)


def _owed(other, lines):
    owed = [a.owed for line in lines for a in _answers(other, line) if a.owed is not None]
    return sum(owed, ZERO) if other.owed is not None else None


def _answers(other, line):
    return (answer for answer in line.adjudications if answer.payer_id == other.id)
