# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase

SERVICES = ("exam", "cleaning")  # of which the plan pays each, all the year
FEW, MANY = 2, 6


@tagged("post_install", "-at_install")
class TestClaimSpeed(DentalInsuranceCase):
    """What is done to many claims at once asks the database as often as for few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        visits = [cls._new_visit(*SERVICES, days_ago=day) for day in range(1, 2 + FEW + MANY)]
        for visit in visits:
            cls._check_out(visit)
        claims = cls.env["dental.claim"].with_user(cls.billing)
        claims = claims.search(
            [("appointment_id", "in", [visit.id for visit in visits])], order="id"
        )
        cls.one, cls.few, cls.many = claims[:1], claims[1 : 1 + FEW], claims[1 + FEW :]

    def _queries(self, function):
        """How many statements a call needs that begins with an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _file(self, claims):
        claims.action_send()
        return claims.exchange_id._bytes()

    def _remittance(self, claims):
        def cuts(claim, line):
            ours = self.env["dental.claim.line"].search([("key", "=", line["key"])])
            return [("CO", "45", ours.write_off), ("PR", "2", ours.patient_amount)]

        raw = self._file(claims)
        told = {"trace": claims[0].number}
        return self._pay(raw, lambda *of: [row for row in cuts(*of) if row[2]], **told)

    def test_writing_a_file(self):
        self._file(self.one)  # sequences and settings are read once
        few = self._queries(self.few.action_send)
        many = self._queries(self.many.action_send)
        self.assertLessEqual(many, few, "a claim more is no query more")
        self.assertLessEqual(many, 110)

    def test_posting_a_remittance(self):
        first, few, many = map(self._remittance, (self.one, self.few, self.many))
        first.action_post()
        asked_few = self._queries(few.action_post)
        asked_many = self._queries(many.action_post)
        self.assertEqual(set(self.many.mapped("state")), {"closed"})
        self.assertEqual(set((few | many).mapped("state")), {"posted"})
        self.assertEqual(sum(self.many.mapped("open_amount")), 0.0)
        self.assertLessEqual(asked_many, asked_few, "a claim more is no query more")
        self.assertLessEqual(asked_many, 300)
