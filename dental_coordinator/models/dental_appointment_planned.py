# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_appointment import QUIET
from .dental_appointment_status import BROKEN, WITHOUT_PLACE


class DentalAppointment(models.Model):
    """A planned visit waits for its place in the book; somebody sees to it by a date."""

    _name = "dental.appointment"
    _inherit = ["dental.appointment", "dental.work.mixin"]

    tray_user_id = fields.Many2one(
        "res.users",
        string="In the tray of",
        copy=False,
        index="btree_not_null",
        help="Who wants to put this visit into the book next.",
    )
    was_booked = fields.Boolean(
        copy=False, help="It had a place in the book before; else it was only ever planned."
    )
    age_days = fields.Integer(compute="_compute_age_days", string="Age")
    phone = fields.Char(related="patient_id.phone")

    _planned_idx = models.Index("(next_date) WHERE status = 'planned'")

    # Computes

    @api.depends("create_date")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for visit in self:
            visit.age_days = (now - (visit.create_date or now)).days

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        planned = visits.filtered(lambda v: v.status in WITHOUT_PLACE)
        if planned:
            planned._leave_calendar()
        return visits

    # Actions

    def action_to_list(self):
        """Take the visit off the book; it waits on the list for another place."""
        self.write({"tray_user_id": False})
        return self._set_status("planned")

    def action_to_tray(self):
        """Take the visit off the book and keep it at hand for the present user."""
        self._set_status("planned")
        return self.write({"tray_user_id": self.env.uid})

    def action_find_place(self):
        """Look for a place in the book for this very visit."""
        self.ensure_one()
        finder = self.env["dental.slot.finder"].create(self._prepare_finder_vals())
        return finder.action_search()

    # Business

    def _open_fields(self):
        return ["status"]

    def _is_open(self):
        return self.status == "planned"

    def _leave_calendar(self):
        """A visit without a place is no event in anybody's calendar."""
        self.event_id.with_context(**QUIET).active = False

    def _prepare_visit_vals(self, vals):
        if vals.get("status") == "planned":
            vals = {**self._prepare_planned_vals(vals), **vals}
            vals.setdefault("next_action", self.env._("Find a place"))
        return super()._prepare_visit_vals(vals)

    def _prepare_planned_vals(self, vals):
        """What every visit must have, for one of which only the purpose is known.

        Its start says when it should take place at the earliest; it holds nothing.
        """
        patient = self.env["dental.patient"].browse(vals.get("patient_id"))
        company = patient.company_id or self.env.company
        own = [("company_id", "in", (False, company.id))]
        provider = patient.primary_provider_id or self.env["dental.provider"].search(own, limit=1)
        chair = self.env["dental.operatory"].search(own, limit=1)
        if not provider or not chair:
            raise UserError(self.env._("Add a dentist and a chair before planning a visit."))
        return {
            "provider_id": provider.id,
            "operatory_id": chair.id,
            "start": fields.Datetime.now().replace(second=0, microsecond=0),
        }

    def _prepare_finder_vals(self):
        return {
            "patient_id": self.patient_id.id,
            "type_id": self.type_id.id,
            "pattern": self.pattern,
            "appointment_id": self.id,
        }

    def _place(self, start, provider, chair):
        """Give this visit a place in the book, or another one than it has.

        :raises UserError: where something of it is taken
        """
        self.ensure_one()
        waiting = self.status in WITHOUT_PLACE
        self.write(
            {
                "start": start,
                "stop": start + timedelta(minutes=10 * len(self.pattern)),
                "provider_id": provider.id,
                "operatory_id": chair.id,
                "tray_user_id": False,
            }
        )
        if waiting:
            self._set_status("scheduled")
        return True

    def _apply_status(self, status, note=None):
        """What a visit was for stays with it while it waits, and comes back when it is restored."""
        before = self.status
        if before not in WITHOUT_PLACE and status in WITHOUT_PLACE:
            self.was_booked = True
        if status == "planned":
            self._await_place()
        result = super()._apply_status(status, note)
        if "planned" in (before, status) and status not in BROKEN:
            self.procedure_ids._follow_appointment()
        return result

    def _await_place(self):
        """Name who books it again, by when: whoever took it off the book."""
        by_person = not self.env.user._is_superuser()
        self.write(
            {
                "owner_id": self.env.uid if by_person or not self.owner_id else self.owner_id.id,
                "next_date": fields.Date.context_today(self),
                "next_action": self.env._("Find a place"),
            }
        )


class DentalProcedure(models.Model):
    _inherit = "dental.procedure"

    def _follow_appointment(self):
        """Treatment for a visit that waits for a place is not scheduled yet."""
        waiting = self.filtered(lambda p: p.appointment_id.status == "planned")
        for procedure in waiting.filtered(lambda p: p.state == "scheduled"):
            accepted = procedure.treatment_plan_id.state == "accepted"
            procedure._set_state("accepted" if accepted else "planned")
        return super(DentalProcedure, self - waiting)._follow_appointment()
