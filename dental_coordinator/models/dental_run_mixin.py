# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DentalRunMixin(models.AbstractModel):
    """Work over many records that is done in the background, by as many workers as there are.

    A few records are kept at a time: a run can be stopped and gone on with at any moment, and one
    record that fails stops no other. A model that runs has ``line_ids`` of a model with
    `dental.run.line.mixin`, and says how its outcome is told (`_told`).
    """

    _name = "dental.run.mixin"
    _inherit = "dental.numbered.mixin"
    _description = "Work in the background"
    _order = "id desc"

    #: XML id of the scheduled action that works
    _run_cron = None

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        string="Begun by",
        help="The work is done with the rights of this person.",
    )
    state = fields.Selection(
        [("running", "Running"), ("stopped", "Stopped"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
        copy=False,
        index=True,
    )
    total = fields.Integer(compute="_compute_counts", string="In all")
    done = fields.Integer(compute="_compute_counts")
    failed = fields.Integer(compute="_compute_counts", string="Not done")
    waiting = fields.Integer(compute="_compute_counts", string="Still to do")
    progress = fields.Float(compute="_compute_counts", aggregator=None)

    # Computes

    @api.depends(lambda self: ["line_ids.state"] if "line_ids" in self._fields else [])
    def _compute_counts(self):
        groups = self.line_ids._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {(run.id, state): count for run, state, count in groups}
        for run in self:
            run.done, run.failed, run.waiting = (
                counts.get((run.id, state), 0) for state in ("done", "failed", "waiting")
            )
            run.total = run.done + run.failed + run.waiting
            run.progress = 100 * (run.done + run.failed) / run.total if run.total else 0

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody begins work that is done with the rights of somebody else."""
        own = {} if self.env.su else {"user_id": self.env.uid, "state": "running"}
        return super().create([{**vals, **own} for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "%s: what is worked on, and with whose rights, stays as it was begun. Use the "
                    "buttons to stop it and to go on.",
                    ", ".join(self.mapped("number")),
                )
            )
        return super().write(vals)

    # Actions

    def action_stop(self):
        """What no worker has yet stays as it is."""
        self.check_access("write")
        for run in self:
            if run.state != "running":
                raise UserError(
                    self.env._("%s is not running. Refresh the screen to see it.", run.number)
                )
        self.sudo().state = "stopped"
        return True

    def action_go_on(self):
        """Do what is left, and try again what failed."""
        self.check_access("write")
        for run in self:
            if run.state == "running":
                raise UserError(
                    self.env._("%s is running. Refresh the screen to see it.", run.number)
                )
        runs = self.sudo()
        runs.line_ids.filtered(lambda line: line.state == "failed").write(
            {"state": "waiting", "message": False}
        )
        runs.state = "running"
        runs._finish()
        self._wake()
        return True

    # Business

    @api.model
    def _wake(self):
        """Call the workers: one for each scheduled action that does the work of this one.

        A scheduled action runs once at a time; a copy of it is another worker.
        """
        cron = self.env.ref(self._run_cron).sudo()
        same = cron.search([("model_id", "=", cron.model_id.id), ("code", "=", cron.code)])
        for each in same:
            each._trigger()

    def _finish(self):
        """Those of these whose last record is done are done, and who began them is told."""
        whole = self.filtered(lambda run: run.state == "running" and not run.waiting)
        for run in whole.try_lock_for_update():
            run.state = "done"
            run.user_id._bus_send(
                "simple_notification",
                {"type": "warning" if run.failed else "success", "message": run._told()},
            )

    def _told(self):
        """What who began it is told at the end."""
        return self.env._(
            "%(number)s: %(done)s done, %(failed)s not.",
            number=self.number,
            done=self.done,
            failed=self.failed,
        )
