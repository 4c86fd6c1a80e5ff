# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalTrainee(models.Model):
    """A student's attendance: in, out, and the hours that come of it."""

    _inherit = "dental.trainee"

    presence_ids = fields.One2many("dental.presence", "trainee_id", string="Attendance")
    minutes_done = fields.Integer(compute="_compute_hours")
    hours_done = fields.Float(compute="_compute_hours", string="Hours done")
    inside = fields.Boolean(
        compute="_compute_hours", search="_search_inside", string="In the house"
    )
    forgotten = fields.Boolean(
        compute="_compute_hours", string="Not signed out", help="Came on an earlier day."
    )

    # Computes

    @api.depends("presence_ids.minutes", "presence_ids.out_at")
    def _compute_hours(self):
        """Of the own placement also for a student, who does not read the door log."""
        door = self.env["dental.presence"].sudo()
        sums = door._read_group([("trainee_id", "in", self.ids)], ["trainee_id"], ["minutes:sum"])
        minutes = {trainee.id: total for trainee, total in sums}
        open_ones = door.search([("trainee_id", "in", self.ids), ("out_at", "=", False)])
        start, _stop = self.env["dental.today"]._day_span()
        forgotten = open_ones.filtered(lambda presence: presence.in_at < start)
        for trainee in self:
            trainee.minutes_done = minutes.get(trainee._origin.id, 0)
            trainee.hours_done = trainee.minutes_done / 60
            trainee.inside = trainee._origin in open_ones.trainee_id
            trainee.forgotten = trainee._origin in forgotten.trainee_id

    def _search_inside(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("presence_ids", "any", [("out_at", "=", False)])]

    # Actions

    def action_sign_out(self):
        """The student leaves; of an earlier day it is asked when that was.

        :raises UserError: for who is not in
        """
        self.ensure_one()
        presence = self.presence_ids.filtered(lambda each: not each.out_at)
        if not presence:
            raise UserError(
                self.env._("%s is not signed in. Refresh the screen.", self.display_name)
            )
        return presence.action_leave()

    def action_end(self):
        """Whoever is still in is signed out with the placement."""
        for trainee in self.filtered("inside"):
            if trainee.forgotten:
                raise UserError(
                    self.env._(
                        "%s was not signed out. Say when the student left, then end the placement.",
                        trainee.display_name,
                    )
                )
            trainee.action_sign_out()
        return super().action_end()

    # Business

    def _prepare_presence(self):
        return {
            "kind": "student",
            "trainee_id": self.id,
            "supervisor_id": self.env.context.get("dental_supervisor") or self.supervisor_id.id,
        }
