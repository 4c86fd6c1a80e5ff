# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalClaimRun(models.Model):
    """Bills of many visits that are filed in the background."""

    _name = "dental.claim.run"
    _inherit = "dental.run.mixin"
    _description = "Filing in the background"
    _run_cron = "dental_coordinator_insurance.cron_file_claims"

    line_ids = fields.One2many("dental.claim.run.line", "run_id", string="Bills")
    failed_line_ids = fields.One2many(
        "dental.claim.run.line", "run_id", domain=[("state", "=", "failed")], string="Failed bills"
    )

    # Business

    @api.model
    def _begin(self, procedures):
        """Note the bills of these procedures, and wake the workers.

        :return: the run
        """
        bills = procedures.sudo().grouped(lambda one: one.invoice_line_id.move_id)
        run = self.create(
            {
                "line_ids": [
                    fields.Command.create(
                        {
                            "patient_id": own.patient_id[:1].id,
                            "invoice_id": bill.id,
                            "procedure_ids": [fields.Command.set(own.ids)],
                        }
                    )
                    for bill, own in bills.items()
                ]
            }
        )
        self._wake()
        return run

    def _told(self):
        return self.env._(
            "%(number)s: %(filed)s bills filed, %(failed)s not.",
            number=self.number,
            filed=self.done,
            failed=self.failed,
        )
