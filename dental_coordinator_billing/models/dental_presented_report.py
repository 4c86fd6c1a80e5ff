# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class DentalPresentedReport(models.Model):
    """What presented treatment is worth: gross at the office fees, net without write-offs."""

    _inherit = "dental.presented.report"
    _depends = {
        "dental.procedure": ["fee"],
        "dental.estimate.line": ["procedure_id", "write_off"],
    }

    currency_id = fields.Many2one(related="company_id.currency_id")
    gross = fields.Monetary(string="Presented, at office fees", readonly=True)
    gross_accepted = fields.Monetary(string="Accepted, at office fees", readonly=True)
    gross_scheduled = fields.Monetary(string="Scheduled, at office fees", readonly=True)
    gross_completed = fields.Monetary(string="Done, at office fees", readonly=True)
    net = fields.Monetary(
        string="Presented, net",
        readonly=True,
        help="Office fee less the write-off: of the payer's answer where it came, else of the "
        "last estimate. Without either, the office fee.",
    )
    net_accepted = fields.Monetary(string="Accepted, net", readonly=True)
    net_scheduled = fields.Monetary(string="Scheduled, net", readonly=True)
    net_completed = fields.Monetary(string="Done, net", readonly=True)

    @api.model
    def _columns(self):
        columns = dict(super()._columns())
        gross = SQL("COALESCE(treatment.fee, 0)")
        net = SQL("(%s - COALESCE(%s, 0))", gross, self._write_off())
        for name, worth in (("gross", gross), ("net", net)):
            columns[name] = worth
            for step in ("accepted", "scheduled", "completed"):
                columns[f"{name}_{step}"] = SQL("%s * %s", columns[step], worth)
        return [*columns.items()]

    @api.model
    def _write_off(self):
        """What is given up of a procedure's fee, as it was told last. Insurance knows better."""
        return SQL(
            """(SELECT line.write_off FROM dental_estimate_line line
                 WHERE line.procedure_id = treatment.id ORDER BY line.id DESC LIMIT 1)"""
        )
