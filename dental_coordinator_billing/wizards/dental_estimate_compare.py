# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import formatLang


class DentalEstimateCompare(models.TransientModel):
    """An estimate beside the same treatment done on another day: nothing is kept of it."""

    _name = "dental.estimate.compare"
    _description = "Estimate on another day"

    estimate_id = fields.Many2one("dental.estimate", required=True, readonly=True)
    currency_id = fields.Many2one(related="estimate_id.currency_id")
    as_of = fields.Date(string="If done on", required=True, readonly=True)
    line_ids = fields.One2many("dental.estimate.compare.line", "compare_id", readonly=True)
    patient_now = fields.Monetary(string="You pay now", readonly=True)
    patient_then = fields.Monetary(string="You pay then", readonly=True)
    sentence = fields.Char(compute="_compute_sentence")

    @api.depends("patient_now", "patient_then")
    def _compute_sentence(self):
        for compare in self:
            compare.sentence = compare._sentence()

    # Business

    @api.model
    def _open(self, estimate, as_of):
        """Reckon the procedures of an estimate again for another day and show both."""
        procedures = estimate.line_ids.procedure_id._estimate_order()
        then = {row["procedure_id"]: row for row in procedures._estimate_rows(as_of)}
        compare = self.create(
            {
                "estimate_id": estimate.id,
                "as_of": as_of,
                "patient_now": estimate.total_patient,
                "patient_then": sum(row["patient_amount"] for row in then.values()),
                "line_ids": [
                    Command.create(self._prepare_line_vals(line, then[line.procedure_id.id]))
                    for line in estimate.line_ids
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("If done on another day"),
            "res_model": self._name,
            "res_id": compare.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _prepare_line_vals(self, line, then):
        names = ("fee", "allowed", "plan_amount", "write_off", "patient_amount")
        return {
            "description": line.description,
            "patient_now": line.patient_amount,
            "trace": then["trace"],
            "unknowns": then["unknowns"],
            **{name: then[name] for name in names},
        }

    def _sentence(self):
        change = self.currency_id.round(self.patient_then - self.patient_now)

        def money(amount):
            return formatLang(self.env, amount, currency_obj=self.currency_id)

        if not change:
            return self.env._("You would pay %s, the same as now.", money(self.patient_then))
        words = (
            self.env._("You would pay %(then)s, %(change)s more than now.")
            if change > 0
            else self.env._("You would pay %(then)s, %(change)s less than now.")
        )
        return words % {"then": money(self.patient_then), "change": money(abs(change))}
