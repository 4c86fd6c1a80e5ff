# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalAppointment(models.Model):
    """The route slip of a visit: boxes and steps that apply to it, and which are ticked."""

    _inherit = "dental.appointment"

    tick_ids = fields.One2many("dental.visit.tick", "appointment_id")
    slip = fields.Json(compute="_compute_slip", string="Route slip")

    # Computes

    @api.depends("tick_ids", "type_id")
    def _compute_slip(self):
        """List of {id, name, kind, before, done, by, at}, steps first."""
        for visit in self:
            visit.slip = visit._origin._describe_slip()

    # Actions

    def tick(self, check_id):
        """Tick a box of the slip, or take the tick away.

        :return: the slip
        :raises UserError: for a box that is not one of this visit
        """
        self.ensure_one()
        self.check_access("write")
        check = (
            self.env["dental.visit.check"]
            ._of_visits(self)[self]
            .filtered(lambda check: check.id == check_id)
        )
        if not check:
            raise UserError(
                self.env._("%s: this box is not on its slip. Refresh the screen.", self.number)
            )
        ticked = self.sudo().tick_ids.filtered(lambda tick: tick.check_id == check)
        if ticked:
            ticked.unlink()
        else:
            ticked.create(
                {"appointment_id": self.id, "check_id": check.id, "user_id": self.env.uid}
            )
        self._tell_today()
        self.invalidate_recordset(["tick_ids", "slip"])
        return self.slip

    # Business

    def _describe_slip(self):
        checks = self.env["dental.visit.check"].with_context(active_test=False)._of_visits(self)
        ticks = {tick.check_id.id: tick for tick in self.tick_ids}
        return [
            self._describe_check(check, ticks.get(check.id))
            for check in checks.get(self, ())
            if check.active or check.id in ticks
        ]

    def _describe_check(self, check, tick):
        return {
            "id": check.id,
            "name": check.name,
            "kind": check.kind,
            "before": check.before,
            "done": bool(tick),
            "by": tick.user_id.name if tick else "",
            "at": fields.Datetime.to_string(tick.at) if tick else "",
        }

    def _check_gate(self, step):
        """Steps of the slip that this step waits for."""
        items = super()._check_gate(step)
        return items + [
            {
                "severity": "stop",
                "reason": self.env._("not done yet: %s.", check["name"]),
                "fix": {"method": "tick", "args": [check["id"]]},
                "fix_label": self.env._("It is done"),
            }
            for check in self._describe_slip()
            if check["before"] == step and not check["done"]
        ]
