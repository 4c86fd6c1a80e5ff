# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from .dental_procedure import DROPPED

USUAL_DAYS = 8  # between seven and ten


class DentalAppointmentType(models.Model):
    _inherit = "dental.appointment.type"

    suture_days = fields.Integer(
        string="Sutures out after",
        compute="_compute_suture_days",
        store=True,
        readonly=False,
        help="Days after which sutures are taken out. 0: none, unless a procedure has them.",
    )
    suture_type_id = fields.Many2one(
        "dental.appointment.type",
        string="Sutures are removed in",
        ondelete="restrict",
        help="Kind of visit. Empty: suture removal.",
    )

    _suture_days_positive = models.Constraint(
        "CHECK (suture_days >= 0)", "Sutures are removed after the visit, not before it."
    )

    @api.depends("is_surgery")
    def _compute_suture_days(self):
        for kind in self:
            kind.suture_days = kind.suture_days or (USUAL_DAYS if kind.is_surgery else 0)


class DentalProcedureCode(models.Model):
    _inherit = "dental.procedure.code"

    suture_days = fields.Integer(
        string="Sutures out after", help="Days. 0: as the kind of visit says."
    )

    _suture_days_positive = models.Constraint(
        "CHECK (suture_days >= 0)", "Sutures are removed after the treatment, not before it."
    )


class DentalAppointment(models.Model):
    """Sutures that were put in are taken out: whoever closes the visit sees to the next one."""

    _inherit = "dental.appointment"

    suture_of_id = fields.Many2one(
        "dental.appointment",
        string="Sutures of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The visit in which the sutures were put in.",
    )
    suture_due = fields.Date(string="Sutures due out", readonly=True, copy=False)
    suture_visit_ids = fields.One2many(
        "dental.appointment",
        "suture_of_id",
        string="Suture removal",
        groups="dental_coordinator.group_staff",
    )

    _suture_once = models.UniqueIndex(
        "(suture_of_id)", "The removal of these sutures is planned already."
    )

    # Actions

    def action_book_sutures(self):
        """The removal of the sutures: find its place, or show the one it has."""
        self.ensure_one()
        removal = self.suture_visit_ids or self._plan_suture_visits(USUAL_DAYS)
        if removal.status == "planned":
            return removal.action_find_place()
        return removal.action_open()

    # Business

    def _apply_status(self, status, note=None):
        result = super()._apply_status(status, note)
        if status in ("checkout", "done"):
            self._plan_suture_visits()
        return result

    def _suture_days(self):
        """After how many days: the longest that a procedure asks for, else the kind of visit."""
        done = self.procedure_ids.filtered(lambda p: p.state not in DROPPED)
        return max(done.code_id.mapped("suture_days"), default=0) or self.type_id.suture_days

    def _plan_suture_visits(self, usual=0):
        """A planned visit for each of these that put sutures in, to be booked by the next day.

        :param usual: days where nothing says after how many
        """
        vals_list = []
        for visit in self.sudo():
            days = visit._suture_days() or usual
            if days and not visit.suture_of_id and not visit.suture_visit_ids:
                vals_list.append(visit._prepare_suture_vals(days))
        return self.sudo().create(vals_list).with_env(self.env)

    def _prepare_suture_vals(self, days):
        day = self._local_day()
        due = self._next_open_day(day + timedelta(days=days - 1))
        kind = self.type_id.suture_type_id or self.env.ref(
            "dental_coordinator.appointment_type_sutures"
        )
        return {
            "status": "planned",
            "patient_id": self.patient_id.id,
            "type_id": kind.id,
            "provider_id": self.provider_id.id,
            "operatory_id": self.operatory_id.id,
            "start": self.start + (due - day),
            "suture_of_id": self.id,
            "suture_due": due,
            "owner_id": self.env.uid,
            "next_date": self._next_open_day(day),
            "next_action": self.env._("Book: sutures out on %s", format_date(self.env, due)),
        }

    def _prepare_finder_vals(self):
        """The search begins on the day on which the sutures are due out."""
        vals = super()._prepare_finder_vals()
        if self.suture_due and self.suture_due > fields.Date.context_today(self):
            vals["earliest"] = self.suture_due
        return vals


class DentalPostopCall(models.Model):
    """While the patient is on the phone: when the sutures come out."""

    _inherit = "dental.postop.call"

    suture_words = fields.Char(compute="_compute_suture_words", string="Sutures out")

    @api.depends("appointment_id.suture_visit_ids.status", "appointment_id.suture_visit_ids.start")
    def _compute_suture_words(self):
        for call in self:
            removal = call.appointment_id.suture_visit_ids
            call.suture_words = call._suture_words(removal) if removal else False

    def action_book_sutures(self):
        self.ensure_one()
        return self.appointment_id.action_book_sutures()

    def _suture_words(self, removal):
        if removal.status == "planned":
            return self.env._("to book, from %s", format_date(self.env, removal.suture_due))
        status = dict(removal._fields["status"]._description_selection(self.env))[removal.status]
        day = format_date(self.env, removal._local_day())
        return self.env._("%(day)s, %(status)s", day=day, status=status.lower())
