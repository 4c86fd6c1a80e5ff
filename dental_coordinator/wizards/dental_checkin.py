# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalCheckin(models.TransientModel):
    """The check-in card: three clicks when all is in order, problems only where there are some."""

    _name = "dental.checkin"
    _inherit = "dental.access.mixin"
    _description = "Check-in card"

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="cascade"
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    birth_date = fields.Date(related="patient_id.birth_date")
    phone = fields.Char(related="patient_id.phone", readonly=False)
    email = fields.Char(related="patient_id.email", readonly=False)
    street = fields.Char(related="patient_id.street", readonly=False)
    zip = fields.Char(related="patient_id.zip", readonly=False)
    city = fields.Char(related="patient_id.city", readonly=False)
    problems = fields.Json(compute="_compute_problems")
    identity_ok = fields.Boolean(string="Name and birth date were asked and are right")
    contact_ok = fields.Boolean(string="Phone and address are right")
    health_ok = fields.Boolean(string="Health, medicines, allergies: asked, all still true")
    escort = fields.Char(string="Who came along")
    escort_phone = fields.Char(string="Escort's phone")
    words = fields.Char(string="New complaint", help="In the patient's own words.")

    # Computes

    @api.depends("appointment_id")
    def _compute_problems(self):
        for card in self:
            visit = card.appointment_id
            card.problems = {
                "id": visit.id,
                "items": [visit._describe_gate_item(item) for item in visit._checkin_items()],
            }

    # Actions

    def action_check_in(self):
        """The patient has arrived.

        :return: what `action_arrive` returns
        :raises UserError: unless two facts were asked
        """
        self.ensure_one()
        visit = self.appointment_id
        if not self.identity_ok:
            raise UserError(
                self.env._(
                    "%s: ask for name and birth date, compare them with the file, and tick the "
                    "first box.",
                    visit.number,
                )
            )
        result = visit.action_arrive()
        if visit.status == "arrived":
            self._keep()
        return {"type": "ir.actions.act_window_close"} if result is True else result

    # Business

    def _keep(self):
        """Write down who asked, what was said, and who came along."""
        visit = self.appointment_id
        visit.write({"identity_by_id": self.env.uid, "identity_at": fields.Datetime.now()})
        if self.health_ok:
            self.patient_id.condition_ids.filtered(
                lambda c: c.status == "active"
            ).action_still_true()
        if self.escort:
            self.env["dental.presence"].create(
                {
                    "kind": "escort",
                    "name": self.escort,
                    "phone": self.escort_phone,
                    "appointment_id": visit.id,
                }
            )
        if self.words:
            visit.intake_id = self.env["dental.intake"].create(
                {
                    "patient_id": self.patient_id.id,
                    "appointment_id": visit.id,
                    "source": "desk",
                    "words": self.words,
                }
            )
