# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The answers that tests and demo write, read by the readers."""

from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import kinds, read_835, write_837d
from .x12 import answers
from .x12.claims import batch, claim, line, patient


class TestAnswers(BaseCase):
    def setUp(self):
        super().setUp()
        self.raw = write_837d(
            batch(
                claim(lines=(line(), line("L-2", "D1110", "90.5"))),
                claim("C-101", patient=patient(), kind="predetermination", service_date=None),
            )
        )

    def test_our_file_is_understood(self):
        first, second = answers.parse_837d(self.raw)
        self.assertEqual(
            (first["number"], first["reference"], first["set_control"], first["service_date"]),
            ("C-100", "B-301", "0001", "20260210"),
        )
        self.assertEqual(
            [(one["key"], one["code"], one["charge"]) for one in first["lines"]],
            [("L-1", "D2391", Decimal(180)), ("L-2", "D1110", Decimal("90.5"))],
        )
        self.assertEqual((second["first"], second["member_id"]), ("KAI", "M100"))
        self.assertEqual((second["predetermination"], second["service_date"]), (True, ""))

    def test_remittance_pays_what_the_adjustments_leave(self):
        raw = answers.era_for(
            self.raw,
            lambda _claim, _line: [("CO", "45", 20), ("PR", "2", Decimal("10.5"))],
            provider_adjustments=[("WO", "OLD", 5)],
        )
        (payment,) = read_835(raw).payments
        self.assertEqual(payment.findings, ())
        self.assertEqual(payment.amount, Decimal("204.5"))
        self.assertEqual([c.kind for c in payment.claims], ["payment", "predetermination"])
        paid = [(one.line_key, one.paid) for one in payment.claims[0].lines]
        self.assertEqual(paid, [("L-1", Decimal("149.5")), ("L-2", Decimal(60))])
        self.assertEqual(payment.claims[0].patient_share, Decimal(21))

    def test_kinds(self):
        for raw, kind in (
            (answers.ack_999(self.raw), "999"),
            (answers.ack_ta1(self.raw), "TA1"),
            (answers.claim_ack(self.raw), "277CA"),
            (answers.claim_ack(self.raw, batch_rejected="A3:24:41"), "277CA"),
            (answers.eligibility(["EB*1**35"]), "271"),
        ):
            self.assertEqual(kinds(raw), (kind,))
