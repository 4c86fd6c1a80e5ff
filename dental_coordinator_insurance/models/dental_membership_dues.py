# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.dental_coordinator.models.one_by_one import one_by_one, reason

from .. import benefits

EVERY = [("1", "Month"), ("3", "Quarter"), ("6", "Half-year"), ("12", "Year")]


class DentalInsuranceCoverage(models.Model):
    """Who belongs to the clinic's own discount plan is billed its dues, period by period."""

    _inherit = "dental.insurance.coverage"

    dues_until = fields.Date(
        string="Dues billed until", readonly=True, copy=False, help="Last day that is billed."
    )
    dues_problem = fields.Char(
        string="Dues not billed because", readonly=True, copy=False, index="btree_not_null"
    )
    dues_move_ids = fields.One2many(
        "account.move",
        "dental_dues_coverage_id",
        string="Bills of dues",
        groups="dental_coordinator.group_billing",
    )
    dues_open = fields.Monetary(
        compute="_compute_dues_open",
        string="Dues not paid",
        currency_field="currency_id",
        groups="dental_coordinator.group_billing",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    has_dues = fields.Boolean(compute="_compute_has_dues", string="Has dues")

    # Computes

    @api.depends("dues_move_ids.amount_residual", "dues_move_ids.state")
    def _compute_dues_open(self):
        for cover in self:
            posted = cover.sudo().dues_move_ids.filtered(lambda move: move.state == "posted")
            cover.dues_open = sum(posted.mapped("amount_residual"))

    @api.depends("plan_id.kind", "plan_id.dues")
    def _compute_has_dues(self):
        for cover in self:
            cover.has_dues = cover.plan_id.kind == "discount" and cover.plan_id.dues > 0

    # Actions

    def action_bill_dues(self):
        """Bill the dues that are due; the bills are shown."""
        self.check_access("write")
        bills = self.sudo()._bill_dues(fields.Date.context_today(self))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bills of dues"),
            "res_model": "account.move",
            "domain": [("id", "in", bills.ids or self.sudo().dues_move_ids.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    # Business

    @api.model
    def _cron_bill_dues(self):
        """Bill the dues of all members, each kept by itself: one stops no other.

        A member whom another worker is billing is left to that one.
        """
        members = self.search([("plan_id.kind", "=", "discount"), ("plan_id.dues", ">", 0)])
        for company, covers in members.grouped("company_id").items():
            today = company._dental_day()
            one_by_one(
                self.env,
                covers._live(today),
                lambda cover, day=today: cover._bill_dues(day),
                type(self)._note_dues_problem,
            )

    def _note_dues_problem(self, error):
        """What hinders the bill stands on the cover, until it is billed."""
        self.dues_problem = reason(error, self.env)

    def _bill_dues(self, day):
        """Bill every period that has begun by ``day`` and is not billed yet.

        :return: the posted bills
        """
        bills = self.env["account.move"]
        for cover in self.filtered("has_dues")._live(day):
            months = int(cover.plan_id.dues_every)
            begins = cover._dues_from(day)
            while begins <= day:
                after = benefits.add_months(begins, months)
                ends = fields.Date.subtract(after, days=1)
                bills |= bills.create(cover._prepare_dues_vals(begins, ends, day))
                cover.dues_until, begins = ends, after
            cover.dues_problem = False
        bills.action_post()
        return bills

    def _dues_from(self, day):
        """First day that is not billed yet. What lies before the cover was entered is not."""
        if self.dues_until:
            return fields.Date.add(self.dues_until, days=1)
        return self.date_from or day

    def _prepare_dues_vals(self, begins, ends, day):
        """Values of a bill: it tells numbers and days, neither people nor treatment."""
        patient = self.patient_id
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": patient.guarantor_id.id,
            "currency_id": self.company_id.currency_id.id,
            "invoice_date": day,
            "ref": patient.number,
            "dental_kind": "dues",
            "dental_patient_id": patient.id,
            "dental_dues_coverage_id": self.id,
            "dental_dues_from": begins,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.env._(
                            "Membership, file %(number)s, %(begins)s to %(ends)s",
                            number=patient.number,
                            begins=begins,
                            ends=ends,
                        ),
                        "quantity": 1,
                        "price_unit": self.plan_id.dues,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }


class DentalInsurancePlan(models.Model):
    _inherit = "dental.insurance.plan"

    dues = fields.Monetary(help="What a member pays for belonging to the plan. 0: nothing.")
    dues_every = fields.Selection(EVERY, string="Dues are for a", required=True, default="12")

    _dues_positive = models.Constraint("CHECK (dues >= 0)", "Dues are not negative.")
