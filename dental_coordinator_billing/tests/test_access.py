# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged, users

from .common import DentalBillingCase

MODELS = (
    "dental.estimate",
    "dental.estimate.line",
    "dental.statement",
    "dental.statement.line",
    "dental.checkout",
    "dental.checkout.line",
    "dental.desk.payment",
    "dental.estimate.compare",
    "dental.statement.run",
    "dental.statement.round",
    "dental.statement.round.line",
    "dental.merged.print",
)
MOVE_FIELDS = {"dental_patient_id", "dental_appointment_id", "dental_kind", "dental_undone"}


@tagged("post_install", "-at_install")
class TestAccess(DentalBillingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls._new_visit("crown")
        cls.checkout = cls._check_out(cls.visit, pay=50.0)
        cls.checkout.action_print()
        cls.accountant = new_test_user(
            cls.env,
            "accountant",
            groups="account.group_account_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.portal = new_test_user(cls.env, "portal.patient", groups="base.group_portal")
        cls.portal.partner_id = cls.guarantor

    def _as(self, user, records):
        return records.with_user(user).with_company(self.company)

    @users("outsider", "accountant", "trainee", "portal.patient")
    def test_outsiders_reach_nothing(self):
        for model in MODELS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].search([])

    def test_the_accountant_sees_bills_but_not_whose(self):
        invoice = self._as(self.accountant, self._invoice(self.visit))
        data = invoice.read()[0]
        self.assertEqual(data["amount_total"], 1150.0)
        self.assertFalse(MOVE_FIELDS & data.keys())
        line = invoice.invoice_line_ids.read()[0]
        self.assertFalse({"dental_procedure_id", "dental_appointment_id"} & line.keys())
        for name in ("dental_patient_id", "dental_appointment_id"):
            with self.assertRaises(AccessError):
                invoice.read([name])
            with self.assertRaises(AccessError):
                invoice.search([(name, "!=", False)])
        with self.assertRaises(AccessError):
            invoice._read_group([], ["dental_patient_id"], ["__count"])

    def test_the_accountants_screens_are_as_they_were(self):
        for view_type in ("form", "list", "search"):
            arch = self._as(self.accountant, self.env["account.move"]).get_view(
                view_type=view_type
            )["arch"]
            self.assertNotIn("dental", arch)

    def test_the_dental_team_finds_bills_by_patient(self):
        moves = self._as(self.billing, self.env["account.move"])
        self.assertEqual(
            moves.search([("dental_patient_id", "=", self.patient.id)]), self._invoice(self.visit)
        )
        arch = moves.get_view(view_type="form")["arch"]
        self.assertIn("action_dental_undo", arch)

    def test_the_desk_has_no_rights_in_the_ledger(self):
        for model in ("account.move", "account.move.line", "account.payment", "account.journal"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._as(self.front_desk, self.env[model]).search([])

    def test_a_restricted_file_is_closed_to_the_rest_of_the_team(self):
        closed = (
            self.checkout.sudo(),
            self.checkout.sudo().estimate_id,
            self.checkout.sudo().estimate_id.line_ids,
            self.checkout.sudo().statement_id,
            self.checkout.sudo().statement_id.line_ids,
        )
        self.patient.restricted = True
        self.env.flush_all()
        for role in ("coordinator", "billing", "front_desk"):
            user = getattr(self, role)
            with self.subTest(role=role):
                for records in closed:
                    mine = self._as(user, records.sudo(False))
                    self.assertFalse(mine.search([]), records)
                    with self.assertRaises(AccessError):
                        mine.read([])
        self.patient.care_team_ids = self.coordinator
        self.env.invalidate_all()
        self.assertTrue(self._as(self.coordinator, self.env["dental.statement"]).search([]))

    def test_the_bill_of_a_restricted_file_does_not_name_the_patient(self):
        invoice = self._as(self.coordinator, self._invoice(self.visit))
        shown = {"dental_patient_id": {"fields": {"display_name": {}}}}
        named = invoice.with_context(dental_names=True)
        self.assertEqual(
            named.web_read(shown)[0]["dental_patient_id"]["display_name"], "Marta Kowalski"
        )
        self.patient.restricted = True
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            named.web_read(shown)[0]["dental_patient_id"]["display_name"], self.patient.number
        )

    def test_another_clinic_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        stranger = self._new_user("stranger", "group_manager", other)
        for model in ("dental.estimate", "dental.statement", "dental.statement.line"):
            records = self.env[model].with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.with_user(stranger).search([]), model)

    def test_kept_prints_follow_their_record(self):
        documents = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "dental.statement"), ("res_field", "=", "document")])
        )
        self.assertTrue(documents)
        for user in (self.accountant, self.outsider, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                documents.with_user(user).read(["raw"])
        self.assertFalse(documents.mapped("public")[0])
        self.assertFalse(documents.access_token)

    def test_readings_and_prints_are_logged(self):
        statement = self._as(self.billing, self.checkout.statement_id)
        statement.web_read({"number": {}})
        statement.action_print()
        lines = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("user_id", "=", self.billing.id)]
        )
        self.assertLessEqual({"open", "print"}, set(lines.mapped("action")))

    def test_nothing_dental_is_tracked_in_the_chatter(self):
        for name in MOVE_FIELDS:
            self.assertFalse(getattr(self.env["account.move"]._fields[name], "tracking", None))
        self.assertNotIn("message_ids", self.env["dental.estimate"]._fields)
        self.assertNotIn("message_ids", self.env["dental.statement"]._fields)

    def test_every_role_opens_its_screens(self):
        for role in ("front_desk", "coordinator", "billing", "clinician", "manager"):
            user = getattr(self, role)
            for model, views in (
                ("dental.estimate", ("form", "list", "search")),
                ("dental.statement", ("form", "list", "search")),
                ("dental.patient", ("form",)),
                ("dental.appointment", ("form", "list")),
            ):
                for view_type in views:
                    self._as(user, self.env[model]).get_view(view_type=view_type)
