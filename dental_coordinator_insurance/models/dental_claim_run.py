# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalClaimRun(models.Model):
    """Bills of many visits that are filed in the background, by as many workers as there are.

    One bill after the other is kept: a run can be stopped and gone on with at any moment, and one
    bill that cannot be filed stops no other.
    """

    _name = "dental.claim.run"
    _inherit = "dental.numbered.mixin"
    _description = "Filing in the background"
    _order = "id desc"

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
        help="The claims are made with the rights of this person.",
    )
    state = fields.Selection(
        [("running", "Running"), ("stopped", "Stopped"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("dental.claim.run.line", "run_id", string="Bills")
    total = fields.Integer(compute="_compute_counts", string="Bills in all")
    filed = fields.Integer(compute="_compute_counts")
    failed = fields.Integer(compute="_compute_counts", string="Not filed")
    waiting = fields.Integer(compute="_compute_counts", string="Still to file")
    progress = fields.Float(compute="_compute_counts", aggregator=None)

    # Computes

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["dental.claim.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {(run.id, state): count for run, state, count in groups}
        for run in self:
            run.filed, run.failed, run.waiting = (
                counts.get((run.id, state), 0) for state in ("filed", "failed", "waiting")
            )
            run.total = run.filed + run.failed + run.waiting
            run.progress = 100 * (run.filed + run.failed) / run.total if run.total else 0

    # Actions

    def action_stop(self):
        """The bills that no worker has yet stay as they are."""
        for run in self:
            if run.state != "running":
                raise UserError(
                    self.env._("%s is not running. Refresh the screen to see it.", run.number)
                )
        self.state = "stopped"
        return True

    def action_go_on(self):
        """File what is left, and try again what could not be filed."""
        for run in self:
            if run.state == "running":
                raise UserError(
                    self.env._("%s is running. Refresh the screen to see it.", run.number)
                )
        self.line_ids.filtered(lambda line: line.state == "failed").write(
            {"state": "waiting", "message": False}
        )
        self.state = "running"
        self._finish()
        self._wake()
        return True

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

    @api.model
    def _wake(self):
        self.env.ref("dental_coordinator_insurance.cron_file_claims").sudo()._trigger()

    def _finish(self):
        """Those of these whose last bill is done are done, and who began them is told."""
        whole = self.filtered(lambda run: run.state == "running" and not run.waiting)
        for run in whole.try_lock_for_update():
            run.state = "done"
            run.user_id._bus_send(
                "simple_notification",
                {
                    "type": "warning" if run.failed else "success",
                    "message": self.env._(
                        "%(number)s: %(filed)s bills filed, %(failed)s not.",
                        number=run.number,
                        filed=run.filed,
                        failed=run.failed,
                    ),
                },
            )
