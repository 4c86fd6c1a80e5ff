# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DentalOperatory(models.Model):
    """The turnover of a room."""

    _inherit = "dental.operatory"

    turn_ids = fields.One2many("dental.room.turn", "operatory_id")
    room_state = fields.Selection(
        [("dirty", "To clean"), ("cleaning", "Being cleaned"), ("ready", "Ready")],
        compute="_compute_room_state",
    )

    # Computes

    @api.depends("turn_ids.ready_at", "turn_ids.cleaning_at")
    def _compute_room_state(self):
        turns = self.env["dental.room.turn"].sudo()
        found = {
            turn.operatory_id.id: turn
            for turn in turns.search([("operatory_id", "in", self.ids), ("ready_at", "=", False)])
        }
        for room in self:
            turn = found.get(room.id)
            room.room_state = (turn.cleaning_at and "cleaning" or "dirty") if turn else "ready"

    # Actions

    def action_room_next(self):
        """One step on: a dirty room is being cleaned, then it is ready; a ready one is dirty."""
        self._check_room_keeper()
        now = fields.Datetime.now()
        for room in self:
            turn = room._open_turn()
            if not turn:
                room._make_dirty()
            elif not turn.cleaning_at:
                turn.write({"cleaning_at": now, "user_id": self.env.uid})
            else:
                turn.ready_at = now
        self._tell_rooms()
        return True

    def action_room_ready(self):
        """The room is ready, whatever was before."""
        self._check_room_keeper()
        for room in self:
            room._end_turn()
        self._tell_rooms()
        return True

    # Business

    def _check_room_keeper(self):
        """The whole team cleans; trainees and others only read.

        :raises AccessError: for anybody else
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("dental_coordinator.group_staff"):
            raise AccessError(self.env._("Rooms are changed by the dental team."))

    def _open_turn(self):
        """The turnover under way, locked so that two people do not take the same step.

        :raises UserError: when somebody else changes the room right now
        """
        self.ensure_one()
        turn = self.env["dental.room.turn"].sudo()
        turn = turn.search([("operatory_id", "=", self.id), ("ready_at", "=", False)])
        if turn and not turn.try_lock_for_update():
            raise UserError(
                self.env._("Somebody else changes %s right now. Look again.", self.name)
            )
        return turn

    def _end_turn(self):
        """The room is ready from now on."""
        now = fields.Datetime.now()
        turn = self._open_turn()
        if turn:
            turn.write({"ready_at": now, "user_id": self.env.uid})

    def _make_dirty(self, visit=None):
        """The room has to be cleaned from now on; one that has to be already stays as it is."""
        company = self.company_id or (visit.company_id if visit else self.env.company)
        turns = self.env["dental.room.turn"].sudo()
        if not turns.search_count([("operatory_id", "=", self.id), ("ready_at", "=", False)]):
            turns.create(
                {
                    "operatory_id": self.id,
                    "appointment_id": visit.id if visit else False,
                    "company_id": company.id,
                }
            )

    def _tell_rooms(self):
        for company in self.company_id or self.env.company:
            self.env["dental.today"]._tell(company)
