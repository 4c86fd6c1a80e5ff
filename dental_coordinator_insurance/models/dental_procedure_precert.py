# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, fields, models

# From the harmless to what stops a visit.
STATUSES = [
    ("none", "Not needed"),
    ("granted", "Answered"),
    ("advised", "Advised"),
    ("waiting", "Asked, no answer yet"),
    ("missing", "Required, not asked"),
    ("expired", "Answer expired"),
    ("denied", "Denied"),
]
BLOCKING = ("waiting", "missing", "expired", "denied")


class Need(NamedTuple):
    """Where a procedure stands with its first payer."""

    status: str
    rule: object
    precert: object


class DentalProcedure(models.Model):
    """What the payer wants to know of a procedure before it is done."""

    _inherit = "dental.procedure"

    precert_status = fields.Selection(
        STATUSES, compute="_compute_precert_status", string="Precertification"
    )

    # Computes

    @api.depends(
        "state",
        "fee",
        "code_id",
        "provider_id",
        "keep_from_plan",
        "precert_line_ids.precert_id.state",
    )
    def _compute_precert_status(self):
        needs = self._precert_needs()
        for procedure in self:
            need = needs.get(procedure)
            procedure.precert_status = need.status if need else "none"

    # Business

    def _precert_needs(self):
        """{procedure: :class:`Need`} of those that are open and of which a rule speaks."""
        today = fields.Date.context_today(self)
        still = self.filtered(lambda one: one._is_open() and not one.keep_from_plan).sudo()
        engine = self.env["dental.estimate.engine"]
        covers = engine._coverages(still.patient_id)._live(today)
        first = {patient: own[:1] for patient, own in covers.grouped("patient_id").items()}
        rules = self.env["dental.precert.rule"]._for_procedures(still, first)
        return {
            procedure.with_env(self.env): procedure._precert_need(rule, first)
            for procedure, rule in rules.items()
        }

    def _precert_need(self, rule, first):
        coverage = first[self.patient_id]
        lines = self.precert_line_ids.filtered(
            lambda line: line.coverage_id == coverage and line.precert_id.state != "withdrawn"
        ).sorted("id")
        line = lines[-1:]
        precert = line.precert_id
        if rule.requirement == "none":
            return Need("none", rule, precert)
        if not line:
            return Need("missing" if rule.requirement == "required" else "advised", rule, precert)
        return Need(self._answer_status(line, rule), rule, precert)

    def _answer_status(self, line, rule):
        precert, optional = line.precert_id, rule.requirement == "advised"
        if precert._is_open():
            return "advised" if optional else "waiting"
        day = self.appointment_id._visit_day() or fields.Date.context_today(self)
        if precert.state == "expired" or (precert.valid_until and precert.valid_until < day):
            return "advised" if optional else "expired"
        if line.approved == "no":
            return "advised" if optional else "denied"
        return "granted"
