# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import formatLang

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    guarantor_balance = fields.Monetary(
        string="Owes",
        compute="_compute_guarantor_balance",
        currency_field="money_currency_id",
        groups="dental_coordinator.group_staff",
    )
    money_currency_id = fields.Many2one(related="company_id.currency_id", string="Account currency")

    # Computes

    @api.depends("guarantor_id")
    def _compute_guarantor_balance(self):
        for company, patients in self.grouped("company_id").items():
            balances = patients.guarantor_id._dental_balances(company)
            for patient in patients:
                patient.guarantor_balance = balances.get(patient.guarantor_id, 0.0)

    @api.depends("restricted")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Bills are seen by those who may not open the file, and a link shows its target's name to
        whoever sees the link: there a restricted file has its number only."""
        result = super()._compute_display_name()
        for patient in self.filtered("restricted"):
            if not patient.may_open:
                patient.display_name = patient.number
        return result

    # Actions

    def action_take_payment(self):
        """Take a payment of the guarantor at the desk."""
        self.ensure_one()
        payment = self.env["dental.desk.payment"].create(
            {
                "guarantor_id": self.guarantor_id.id,
                "company_id": self.company_id.id,
                "amount": max(self.guarantor_balance, 0.0),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take a payment"),
            "res_model": payment._name,
            "res_id": payment.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_open_account(self):
        """The statements of this patient's account, and the button that makes a new one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Account"),
            "res_model": "dental.statement",
            "views": [(False, "list"), (False, "form")],
            "domain": [("guarantor_id", "=", self.guarantor_id.id)],
            "context": {
                "default_guarantor_id": self.guarantor_id.id,
                "default_company_id": self.company_id.id,
            },
        }

    def action_estimate(self):
        """Estimate all that is planned for this patient."""
        self.ensure_one()
        return self._planned_procedures()._open_estimate()

    # Business

    def _planned_procedures(self):
        """Treatment that still lies ahead, in the order in which it uses up benefits."""
        self.ensure_one()
        return self.env["dental.procedure"].search(
            [
                ("patient_id", "=", self.id),
                ("state", "in", OPEN),
            ],
            order="sequence, id",
        )

    def _header_facts(self, visits):
        """The money of the header: what the guarantor owes, what plans are expected to pay."""
        guarantor, company = self.sudo().guarantor_id, self.sudo().company_id
        facts = super()._header_facts(visits)
        owes = guarantor._dental_balance(company)
        pending = guarantor._dental_plan_pending(company)[guarantor]
        if owes:
            level = {"level": "warning"} if owes > 0 else {}
            label = self.env._("Owes") if owes > 0 else self.env._("Paid ahead")
            text = formatLang(self.env, abs(owes), currency_obj=company.currency_id)
            facts.append({"key": "owes", "label": label, "text": text, **level})
        if pending:
            text = formatLang(self.env, pending, currency_obj=company.currency_id)
            facts.append({"key": "pending", "label": self.env._("Plan pending"), "text": text})
        return facts
