# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .one_by_one import reason

_logger = logging.getLogger(__name__)


class DentalRunLineMixin(models.AbstractModel):
    """One record of a run: workers take it by its lock, and what became of it stays with it.

    A model has ``run_id``, does the work (`_do`) and names what it is about (`_subject`).
    """

    _name = "dental.run.line.mixin"
    _description = "Record to work on in the background"

    #: how many are kept at a time
    _batch = 20

    state = fields.Selection(
        [("waiting", "To do"), ("done", "Done"), ("failed", "Not done")],
        required=True,
        readonly=True,
        default="waiting",
    )
    message = fields.Char(readonly=True, string="Why not")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody puts anything into a run that is done with the rights of somebody else."""
        runs = self.run_id.browse([vals.get("run_id") for vals in vals_list]).sudo()
        if not self.env.su and runs.user_id != self.env.user:
            self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._refuse()
        return super().write(vals)

    # Actions

    def action_open_subject(self):
        """Show the record that is to be mended."""
        self.ensure_one()
        subject = self._subject()
        return {
            "type": "ir.actions.act_window",
            "res_model": subject._name,
            "res_id": subject.id,
            "views": [(False, "form")],
        }

    # Business

    @api.model
    def _cron_work(self, batch=None):
        """Do so many at a time, and keep them, until none waits in a run that runs."""
        done = True
        while done:
            try:
                done = self._work_batch(batch or self._batch)
                self.env.flush_all()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Another worker wrote to the same rows and was first: what is left is looked at.
                self.env.cr.rollback()
                self.env.invalidate_all()
                continue
            if not self.env["ir.cron"]._commit_progress(done, remaining=self._count_waiting()):
                return

    @api.model
    def _work_batch(self, batch):
        """Take some that no other worker has, and do them.

        :return: number of those that are through, whether done or not
        """
        waiting = self.sudo().search(self._waiting(), limit=10 * batch)
        lines = waiting.try_lock_for_update(limit=batch)
        # Another worker may have finished and let go of one between the search and the lock.
        lines.invalidate_recordset(["state"])
        lines = lines.filtered(lambda line: line.state == "waiting")
        for line in lines:
            line._work()
        # Others were perhaps busy with the last ones: who finds none any more looks again.
        runs = lines.run_id or self.run_id.sudo().search([("state", "=", "running")])
        runs._finish()
        return len(lines)

    def _refuse(self):
        raise AccessError(
            self.env._("A run works on what it was begun with. Begin another one for the rest.")
        )

    @api.model
    def _waiting(self):
        return [("state", "=", "waiting"), ("run_id.state", "=", "running")]

    @api.model
    def _count_waiting(self):
        return self.sudo().search_count(self._waiting())

    def _work(self):
        """Do this one with the rights of who began the run; say why when it cannot be done."""
        try:
            with self.env.cr.savepoint():
                vals = self._do(self._env_of_beginner())
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # one that fails, however it fails, stops no other
            self.write({"state": "failed", "message": self._why(error)})
        else:
            self.write({"state": "done", **vals})

    def _env_of_beginner(self):
        run, user = self.run_id, self.run_id.user_id
        context = {"allowed_company_ids": run.company_id.ids, "lang": user.lang, "tz": user.tz}
        return self.env(user=user.id, su=False, context=context)

    def _why(self, error):
        """The reason in words; what only the administrator understands goes to the log."""
        if isinstance(error, UserError):
            return str(error.args[0])
        if isinstance(error, IntegrityError):
            return self.env._("Somebody did it at the same moment. Look at the record.")
        _logger.warning("%s %s failed: %s", self._name, self.id, type(error).__name__)
        return reason(error, self.env)

    def _do(self, env):
        """Do the work in the environment of who began the run.

        :return: values of this line that say what was made
        """
        raise NotImplementedError

    def _subject(self):
        """The record to look at when it could not be done."""
        raise NotImplementedError
