# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

IN_CHAIR = ("seated", "in_treatment")


class DentalAppointment(models.Model):
    """A visit and its room: who sits there, and what he leaves behind."""

    _inherit = "dental.appointment"

    # Actions

    def action_seat_in(self, operatory_id):
        """Seat a waiting patient in a chair, which need not be the one that was booked.

        :return: as `_set_status`
        :raises UserError: where the chair is held by another visit at that time
        """
        self.ensure_one()
        if self.status != "arrived":
            raise UserError(
                self.env._("%s is not in the waiting room. Refresh the screen.", self.number)
            )
        if self.operatory_id.id != operatory_id:
            self.operatory_id = operatory_id
            self._log_status(self.env._("To %s", self.operatory_id.name))
        return self.action_seat()

    def action_room_ready(self):
        """The room of this visit is clean."""
        return self.operatory_id.action_room_ready()

    def action_trainee_consent(self):
        """The patient was asked and agrees to the trainees of this visit."""
        self.write({"trainee_consent": True})
        self._log_status(self.env._("Agrees to the trainees"))
        return True

    # Business

    def _apply_status(self, status, note=None):
        """Whoever leaves the chair leaves a room to clean; where somebody sits, it was cleaned."""
        leaves = self.status in IN_CHAIR and status in ("checkout", "done")
        result = super()._apply_status(status, note)
        if leaves and self.company_id.dental_turnover:
            self.operatory_id._make_dirty(self)
        elif status in IN_CHAIR:
            self.operatory_id._end_turn()
        return result

    def _check_gate(self, step):
        """Nobody is seated in a room that is not ready, or takes a seat from somebody else."""
        items = super()._check_gate(step)
        if step == "seated":
            items += self._check_room() + self._check_trainees()
        return items

    def _check_room(self):
        room = self.operatory_id
        items = []
        if self.company_id.dental_turnover and room.room_state != "ready":
            items.append(
                {
                    "severity": "stop" if self.company_id.dental_seat_ready else "warn",
                    "reason": self.env._("%s is not ready: it has to be cleaned.", room.name),
                    "fix": "action_room_ready",
                    "fix_label": self.env._("The room is ready"),
                }
            )
        seated = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("operatory_id", "=", room.id),
                ("status", "in", IN_CHAIR),
            ],
            limit=1,
        )
        if seated:
            items.append(
                {
                    "severity": "warn",
                    "reason": self.env._(
                        "%(visit)s still sits in %(room)s.", visit=seated.number, room=room.name
                    ),
                }
            )
        return items

    def _check_trainees(self):
        if not self.sudo().trainee_ids or self.trainee_consent:
            return []
        return [
            {
                "severity": "stop",
                "reason": self.env._("a trainee is present and the patient has not been asked."),
                "fix": "action_trainee_consent",
                "fix_label": self.env._("The patient agrees"),
            }
        ]
