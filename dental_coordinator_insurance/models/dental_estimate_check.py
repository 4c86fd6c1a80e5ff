# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 100
OPEN = ("current", "signed")


class DentalEstimateCheck(models.Model):
    """A patient whose open estimates must be reckoned again, since a fact behind them changed.

    Lines are only added and, once done, removed: whoever changes a plan never waits for a worker.
    Several workers share the list; each takes patients that no other has.
    """

    _name = "dental.estimate.check"
    _inherit = "dental.patient.mixin"
    _description = "Estimates to reckon again"
    _order = "id"

    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, string="Changed by")

    # Computes

    def _compute_display_name(self):
        for check in self:
            check.display_name = f"{check.patient_id.number}: {check.reason}"

    # Business

    @api.model
    def _enqueue(self, patients, reason):
        """Note these patients, as far as they have an estimate that still counts."""
        if not patients:
            return
        estimates = self.env["dental.estimate"]
        estimates.flush_model(["state", "patient_id", "superseded_by_id", "company_id"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dental_estimate_check
                    (patient_id, company_id, reason, user_id, create_uid, create_date)
                SELECT DISTINCT patient_id, company_id, %(reason)s, %(uid)s, %(uid)s,
                       now() at time zone 'UTC'
                  FROM dental_estimate
                 WHERE patient_id IN %(patients)s
                   AND superseded_by_id IS NULL
                   AND state IN %(states)s
                """,
                reason=reason,
                uid=self.env.uid,
                patients=tuple(patients.ids),
                states=OPEN,
            )
        )
        if self.env.cr.rowcount:
            self.invalidate_model()
            self._wake()

    @api.model
    def _wake(self):
        cron = self.env.ref(
            "dental_coordinator_insurance.cron_check_estimates", raise_if_not_found=False
        )
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _cron_check(self, batch=BATCH):
        """Reckon estimates again, so many patients at a time, until the list is empty."""
        while True:
            done = self._check_batch(batch)
            if not done:
                return
            left = self.search_count([])
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _check_batch(self, batch=BATCH):
        """Take some patients that no other worker has, and compare their estimates.

        :return: number of lines taken off the list
        """
        checks = self.sudo().search([], limit=batch * 10)
        patients = checks.patient_id[:batch].try_lock_for_update()
        checks = checks.filtered(lambda one: one.patient_id in patients)
        if not checks:
            return 0
        reasons = {check.patient_id: check.reason for check in checks}
        self.env["dental.estimate.change"].sudo()._compare(reasons)
        done = len(checks)
        checks.unlink()
        return done
