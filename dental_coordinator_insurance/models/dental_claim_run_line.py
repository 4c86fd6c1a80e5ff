# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

BATCH = 20


class DentalClaimRunLine(models.Model):
    """One bill of a run: workers take it by its lock, and what became of it stays with it."""

    _name = "dental.claim.run.line"
    _inherit = "dental.patient.mixin"
    _description = "Bill to file in the background"
    _order = "id"
    _rec_name = "run_id"

    run_id = fields.Many2one("dental.claim.run", required=True, ondelete="cascade", index=True)
    invoice_id = fields.Many2one(
        "account.move", required=True, readonly=True, ondelete="cascade", string="Bill"
    )
    procedure_ids = fields.Many2many("dental.procedure", string="Procedures", readonly=True)
    state = fields.Selection(
        [("waiting", "To file"), ("filed", "Filed"), ("failed", "Not filed")],
        required=True,
        readonly=True,
        default="waiting",
    )
    message = fields.Char(readonly=True, string="Why not")
    claim_ids = fields.Many2many("dental.claim", string="Claims", readonly=True)

    _waiting_idx = models.Index("(run_id, id) WHERE state = 'waiting'")

    # Business

    @api.model
    def _cron_file(self, batch=BATCH):
        """File so many bills at a time, and keep them, until none waits in a run that runs."""
        done = True
        while done:
            try:
                done = self._file_batch(batch)
                self.env.flush_all()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Another worker wrote to the same books and was first: what is left is looked at.
                self.env.cr.rollback()
                self.env.invalidate_all()
                continue
            if not self.env["ir.cron"]._commit_progress(done, remaining=self._count_waiting()):
                return

    @api.model
    def _file_batch(self, batch=BATCH):
        """Take some bills that no other worker has, and file them.

        :return: number of bills that are done, whether filed or not
        """
        waiting = self.sudo().search(self._waiting(), limit=10 * batch)
        lines = waiting.try_lock_for_update(limit=batch)
        # Another worker may have finished and let go of one between the search and the lock.
        lines.invalidate_recordset(["state"])
        lines = lines.filtered(lambda line: line.state == "waiting")
        for line in lines:
            line._file()
        # Others were perhaps busy with the last bills: who finds none any more looks again.
        runs = lines.run_id or self.env["dental.claim.run"].sudo().search(
            [("state", "=", "running")]
        )
        runs._finish()
        return len(lines)

    @api.model
    def _waiting(self):
        return [("state", "=", "waiting"), ("run_id.state", "=", "running")]

    @api.model
    def _count_waiting(self):
        return self.sudo().search_count(self._waiting())

    def _file(self):
        """File this bill with the rights of who began the run; say why when it cannot be filed."""
        run = self.run_id
        user = self.env(user=run.user_id.id, context={"allowed_company_ids": run.company_id.ids})
        try:
            with self.env.cr.savepoint():
                claims = user["dental.claim"]._file_procedures(self.procedure_ids.with_env(user))
        except UserError as error:
            self.write({"state": "failed", "message": str(error.args[0])})
        except IntegrityError:
            said = self.env._("Somebody filed it at the same moment. Look at its claims.")
            self.write({"state": "failed", "message": said})
        else:
            self.write({"state": "filed", "claim_ids": [fields.Command.set(claims.ids)]})
