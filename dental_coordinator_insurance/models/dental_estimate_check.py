# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN as AHEAD
from odoo.addons.dental_coordinator.models.one_by_one import reason

BATCH = 100
WAITING = [("problem", "=", False)]
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
    problem = fields.Char(
        readonly=True, help="Why it could not be reckoned. It waits for somebody to try again."
    )

    # Computes

    def _compute_display_name(self):
        for check in self:
            check.display_name = f"{check.patient_id.number}: {check.reason}"

    # Actions

    def action_try_again(self):
        """Reckon these once more."""
        self.check_access("read")
        self.sudo().write({"problem": False})
        self._wake()
        return True

    def action_open_patient(self):
        return self.patient_id.action_open()

    # Business

    @api.model
    def _enqueue(self, patients, reason):
        """Note these patients, as far as they have an estimate that still counts: once work on it
        has begun, it is not reckoned again."""
        if not patients:
            return
        estimates = self.env["dental.estimate"]
        estimates.flush_model(["state", "patient_id", "superseded_by_id", "company_id"])
        self.env["dental.procedure"].flush_model(["state"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dental_estimate_check
                    (patient_id, company_id, reason, user_id, create_uid, create_date)
                SELECT DISTINCT patient_id, company_id, %(reason)s, %(uid)s, %(uid)s,
                       now() at time zone 'UTC'
                  FROM dental_estimate estimate
                 WHERE patient_id IN %(patients)s
                   AND superseded_by_id IS NULL
                   AND state IN %(states)s
                   AND NOT EXISTS (
                        SELECT FROM dental_estimate_line line
                          JOIN dental_procedure procedure ON procedure.id = line.procedure_id
                         WHERE line.estimate_id = estimate.id
                           AND procedure.state NOT IN %(ahead)s)
                """,
                reason=reason,
                uid=self.env.uid,
                patients=tuple(patients.ids),
                states=OPEN,
                ahead=AHEAD,
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
            left = self.search_count(WAITING)
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _check_batch(self, batch=BATCH):
        """Take some patients that no other worker has, and compare their estimates.

        :return: number of lines taken off the list
        """
        checks = self.sudo().search(WAITING, limit=batch * 10)
        patients = checks.patient_id[:batch].try_lock_for_update()
        checks = checks.filtered(lambda one: one.patient_id in patients)
        if not checks:
            return 0
        try:
            with self.env.cr.savepoint():
                checks._reckon()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:  # one of them cannot be reckoned, and stops no other
            for own in checks.grouped("patient_id").values():
                own._reckon_or_note()
        done = len(checks)
        checks.filtered(lambda one: not one.problem).unlink()
        return done

    def _reckon(self):
        reasons = {check.patient_id: check.reason for check in self}
        self.env["dental.estimate.change"].sudo()._compare(reasons)

    def _reckon_or_note(self):
        """Reckon the estimates of one patient; what hinders it stands on the list."""
        try:
            with self.env.cr.savepoint():
                self._reckon()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            self.problem = reason(error, self.env)
