# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Second opinions: oxedi on the equations of the 835, x12sdk on what we ask."""

import importlib.util
import random
import re
import unittest
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import (
    EligibilityInquiry,
    Payer,
    Provider,
    StatusInquiry,
    StatusRequest,
    read_835,
    write_270,
    write_276,
    write_837d,
)
from .x12 import answers
from .x12.claims import NPI, batch, claim, patient, subscriber
from .x12.files import own, sample, samples

# our finding: oxedi's balancing rule
RULES = {
    "line_balance": "service_balance",
    "claim_balance": "claim_balance",
    "payment_balance": "transaction_balance",
}


def needs(package):
    if importlib.util.find_spec(package) is None:
        raise unittest.SkipTest(f"{package} is not here")


def ours(raw):
    """{(rule, number of the segment)} of what does not balance."""
    return {
        (RULES[finding.code], finding.position)
        for payment in read_835(raw).payments
        for finding in payment.findings
        if finding.code in RULES
    }


def theirs(raw):
    import oxedi

    found = set()
    for one in oxedi.parse(raw).diagnostics:
        match = re.match(r'balancing rule "(\w+)" fails .*?opened at segment #(\d+)', one.rule)
        if match:
            # they count from 0 and name ST for the whole set, where we name BPR behind it
            rule, number = match[1], int(match[2]) + 1
            found.add((rule, number + (rule == "transaction_balance")))
    return found


class TestBalanceOracle(BaseCase):
    def setUp(self):
        super().setUp()
        needs("oxedi")

    def test_published_files_have_the_same_verdict(self):
        for name in samples("835"):
            raw = sample(name).replace(b"\r", b"").replace(b"\n", b"")
            self.assertEqual(ours(raw), theirs(raw), name)

    def test_own_files_balance_for_both(self):
        raw = write_837d(batch(claim("C-1"), claim("C-2", patient=patient())))
        era = answers.era_for(raw, lambda _claim, _line: [("CO", "45", 20), ("PR", "2", 30)])
        for file in (own("remittance.edi"), era):
            self.assertEqual((ours(file), theirs(file)), (set(), set()))

    def test_changed_amounts_have_the_same_verdict(self):
        """One digit of an amount changed, two hundred times."""
        chance = random.Random(835)
        raw = own("remittance.edi")
        places = [
            place
            for match in re.finditer(rb"^(?:CLP|SVC|CAS|BPR|PLB)\*.*", raw, re.MULTILINE)
            for amount in re.finditer(rb"(?<=\*)-?\d+(?:\.\d+)?(?=[*~])", match[0])
            for place in range(match.start() + amount.start(), match.start() + amount.end())
            if raw[place : place + 1].isdigit()
        ]
        unbalanced = 0
        for _run in range(200):
            place = chance.choice(places)
            changed = raw[:place] + str(chance.randrange(10)).encode() + raw[place + 1 :]
            self.assertEqual(ours(changed), theirs(changed), changed[place - 20 : place + 5])
            unbalanced += bool(ours(changed))
        self.assertGreater(unbalanced, 50)


class TestInquiryOracle(BaseCase):
    def setUp(self):
        super().setUp()
        needs("x12sdk")
        self.payer = Payer("Harbor Dental Plan", "HARB1")
        self.clinic = Provider("Bridge Dental", NPI, organization=True)

    def models(self, raw):
        from x12sdk.io import X12ModelReader

        with X12ModelReader(raw.decode().replace("\n", "")) as reader:
            return [type(model).__name__ for model in reader.models()]

    def test_270(self):
        # a question for one code (EQ02 without EQ01) is left out: it does not know that form
        asked = [
            EligibilityInquiry(
                self.payer,
                self.clinic,
                subscriber(),
                trace,
                "9999999999",
                patient=someone,
                date=date(2026, 3, 2),
                service_types=("35", "23"),
            )
            for trace, someone in (("T-1", None), ("T-2", patient()))
        ]
        raw = write_270(batch().envelope, asked, "R-1")
        self.assertEqual(self.models(raw), ["EligibilityInquiry"] * 2)

    def test_276(self):
        claims = (
            StatusInquiry(subscriber(), "T-1", "C-1", charge=Decimal(180), date=date(2026, 2, 10)),
            StatusInquiry(subscriber(), "T-2", "C-2", patient=patient(), payer_number="H-2"),
        )
        request = StatusRequest(self.payer, batch().submitter, self.clinic, claims)
        raw = write_276(batch().envelope, request, "R-1")
        self.assertEqual(self.models(raw), ["HealthCareClaimsStatusRequest"])

    def test_our_answers_are_ones_for_it_too(self):
        raw = write_837d(batch())
        era = answers.era_for(raw, lambda _claim, _line: [("CO", "45", 20)])
        self.assertEqual(self.models(era), ["HealthCareClaimPayment"])
        eligibility = answers.eligibility(["EB*1**35", "EB*C*IND*35***23*50*****Y"])
        self.assertEqual(self.models(eligibility), ["EligibilityBenefit"])
