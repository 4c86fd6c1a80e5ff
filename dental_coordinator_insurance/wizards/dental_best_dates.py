# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .. import benefits


class DentalBestDates(models.TransientModel):
    """When planned treatment costs the patient least. Advice: the dentist says what can wait."""

    _name = "dental.best.dates"
    _description = "Best dates for planned treatment"

    patient_id = fields.Many2one("dental.patient", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    line_ids = fields.One2many("dental.best.dates.line", "advice_id")
    patient_now = fields.Monetary(readonly=True, string="If all is done now")
    patient_then = fields.Monetary(readonly=True, string="On the best dates")
    saved = fields.Monetary(readonly=True)
    proven = fields.Boolean(readonly=True)

    # Actions

    def action_reckon(self):
        """Look again, with what cannot wait."""
        self.ensure_one()
        latest = {line.procedure_id.id: line.latest for line in self.line_ids.filtered("latest")}
        return self._open(self.line_ids.procedure_id, latest)

    # Business

    @api.model
    def _open(self, procedures, latest=None):
        """Show the best dates for these procedures of one patient.

        :param latest: {procedure id: last day on which it may be done}
        """
        found, texts = self._search_dates(procedures, latest or {})
        patient = procedures.patient_id
        advice = self.create(
            {
                "patient_id": patient.id,
                "currency_id": patient.company_id.currency_id.id,
                "patient_now": float(found.now),
                "patient_then": float(found.then),
                "saved": float(found.saved),
                "proven": found.proven,
                "line_ids": [
                    Command.create(
                        {
                            "sequence": number,
                            "procedure_id": one.ref,
                            "day": one.day,
                            "reason": ", ".join(texts[key] for key in one.reasons),
                            "patient_now": float(one.patient_now),
                            "patient_then": float(one.patient_then),
                            "latest": (latest or {}).get(one.ref),
                        }
                    )
                    for number, one in enumerate(found.advices)
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Best dates"),
            "res_model": self._name,
            "res_id": advice.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _search_dates(self, procedures, latest):
        today = fields.Date.context_today(self)
        wanted = procedures.filtered(lambda one: one._is_open())._estimate_order()
        engine = self.env["dental.estimate.engine"]
        requests = engine._requests({0: wanted}, today) if wanted else None
        if not requests:
            raise UserError(
                self.env._("Without a plan every day costs the same. Add the insurance first.")
            )
        texts = {
            "new_year": self.env._("a new benefit year begins"),
            "waiting": self.env._("the waiting period is over"),
            "frequency": self.env._("it is paid again"),
            "cover_starts": self.env._("the cover begins"),
            "cover_ends": self.env._("the cover has ended"),
            "rollover": self.env._("carried-over benefits begin or end"),
            "age": self.env._("an age limit is passed"),
            "same_day": self.env._("it is not the same day"),
        }
        limits = benefits.Limits(latest, self._after(wanted))
        return benefits.plan_dates(requests[0][0], limits), texts

    @api.model
    def _after(self, procedures):
        """{procedure id: ids of those before it}: treatment of one tooth keeps its order."""
        return {
            one.id: [
                other.id for other in procedures[:place] if one.tooth and other.tooth == one.tooth
            ]
            for place, one in enumerate(procedures)
        }


class DentalBestDatesLine(models.TransientModel):
    _name = "dental.best.dates.line"
    _description = "Best date of a procedure"
    _order = "sequence, id"

    advice_id = fields.Many2one("dental.best.dates", required=True, ondelete="cascade")
    sequence = fields.Integer()
    procedure_id = fields.Many2one("dental.procedure", required=True, readonly=True)
    site = fields.Char(related="procedure_id.site")
    code_id = fields.Many2one(related="procedure_id.code_id", string="Code")
    currency_id = fields.Many2one(related="advice_id.currency_id")
    day = fields.Date(readonly=True, string="From")
    reason = fields.Char(readonly=True, string="Because then")
    patient_now = fields.Monetary(readonly=True, string="You pay now")
    patient_then = fields.Monetary(readonly=True, string="You pay then")
    latest = fields.Date(string="Cannot wait beyond")


class DentalTreatmentPlan(models.Model):
    _inherit = "dental.treatment.plan"

    # Actions

    def action_best_dates(self):
        self.ensure_one()
        return self.env["dental.best.dates"]._open(self.procedure_ids)


class DentalEstimate(models.Model):
    _inherit = "dental.estimate"

    # Actions

    def action_best_dates(self):
        self.ensure_one()
        return self.env["dental.best.dates"]._open(self.line_ids.procedure_id)
