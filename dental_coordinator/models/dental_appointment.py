# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..book import Pattern
from .dental_appointment_status import (
    BROKEN,
    COMING,
    FOLLOWS,
    INSIDE,
    STAMPS,
    STATUSES,
    WITHOUT_PLACE,
)
from .insert_rows import insert_rows

# The calendar event is made in silence: it invites, mails, reminds and logs nobody.
QUIET = {
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "skip_attendee_notification": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}
# Nor does a new one stand for whoever books, or for the record that is open on the screen.
NEW = {
    **QUIET,
    "default_partner_ids": [fields.Command.clear()],
    "active_model": False,
    "active_id": False,
}


class DentalAppointment(models.Model):
    """A visit of one patient. Its time is a calendar event, which says nothing of the patient."""

    _name = "dental.appointment"
    _inherit = ["dental.numbered.mixin", "dental.patient.mixin"]
    _inherits = {"calendar.event": "event_id"}
    _description = "Appointment"
    _order = "start desc, id desc"

    # The unique constraints below are the indexes of these two.
    event_id = fields.Many2one("calendar.event", required=True, ondelete="restrict", index=False)
    number = fields.Char(index=False)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        related="patient_id.company_id", store=True, precompute=True, index=True
    )
    status = fields.Selection(
        STATUSES, required=True, default="scheduled", readonly=True, copy=False, index=True
    )
    type_id = fields.Many2one(
        "dental.appointment.type", required=True, ondelete="restrict", index=True
    )
    provider_id = fields.Many2one("dental.provider", required=True, ondelete="restrict", index=True)
    operatory_id = fields.Many2one(
        "dental.operatory", string="Chair", required=True, ondelete="restrict", index=True
    )
    pattern = fields.Char(
        compute="_compute_pattern",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="One character for ten minutes: X the provider is needed, / somebody else.",
    )
    is_new = fields.Boolean(string="New patient")
    source = fields.Selection(
        [
            ("phone", "Phone"),
            ("desk", "At the desk"),
            ("portal", "Portal"),
            ("recall", "Recall"),
            ("referral", "Referral"),
            ("walk_in", "Walk-in"),
        ],
        default="phone",
    )
    note = fields.Text(
        groups="dental_coordinator.group_staff", help="For the team. It does not leave the clinic."
    )
    color = fields.Integer(related="provider_id.color")
    # Moments
    confirmed_at = fields.Datetime(readonly=True, copy=False, string="Confirmed at")
    arrived_at = fields.Datetime(readonly=True, copy=False, string="Arrived at")
    seated_at = fields.Datetime(readonly=True, copy=False, string="Seated at")
    treated_at = fields.Datetime(readonly=True, copy=False)
    dismissed_at = fields.Datetime(readonly=True, copy=False, string="Dismissed at")
    # Around
    reservation_ids = fields.One2many("dental.reservation", "appointment_id")
    visit_event_ids = fields.One2many("dental.visit.event", "appointment_id", string="Visit log")
    trainee_ids = fields.Many2many("res.users", string="Trainees present")
    trainee_consent = fields.Boolean(string="Patient agrees to the trainees")

    _event_uniq = models.Constraint("UNIQUE (event_id)", "This event is another appointment.")
    _number_uniq = models.Constraint("UNIQUE (number)", "This appointment number is taken.")

    # Computes

    @api.depends("type_id")
    def _compute_pattern(self):
        for visit in self:
            visit.pattern = visit.pattern or visit.type_id.pattern

    @api.depends("number", "type_id")
    @api.depends_context("dental_names", "dental_book")
    def _compute_display_name(self):
        """The book shows who comes for what; everywhere else a visit is its number."""
        named = self.env.context.get("dental_book") and self.env.context.get("dental_names")
        for visit in self:
            visit.display_name = (
                f"{visit.patient_id.display_name} · {visit.type_id.name}" if named else visit.number
            )

    # Constraints

    @api.constrains("pattern")
    def _check_pattern(self):
        for visit in self:
            try:
                Pattern(visit.pattern)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(number)s: the pattern is a row of X and /, one for ten minutes.",
                        number=visit.number,
                    )
                ) from error

    @api.constrains("provider_id", "operatory_id", "patient_id")
    def _check_company(self, fnames=None):
        for visit in self:
            others = (visit.provider_id.company_id | visit.operatory_id.company_id).filtered("id")
            if others - visit.company_id:
                raise ValidationError(
                    self.env._(
                        "%(number)s: patient, provider and chair belong to different clinics. "
                        "Choose those of one clinic.",
                        number=visit.number,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(**NEW)
        self._fetch_to_book(vals_list)
        visits = super(DentalAppointment, quiet).create(
            [self._prepare_visit_vals(vals) for vals in self._numbered(vals_list)]
        )
        visits._log_status()
        visits.with_context(dental_new=True)._reserve()
        return visits.with_env(self.env)

    def write(self, vals):
        if "start" in vals and "stop" not in vals:
            vals = {**vals, **self._prepare_stop(vals)}
        if not self.env.context.get("dont_notify"):
            return self.with_context(**QUIET).write(vals)
        result = super().write(vals)
        if self._reserving_fields() & vals.keys() and not self.env.context.get("dental_reserving"):
            self._reserve()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Appointments are kept. Cancel the appointment instead."))

    # Actions

    def action_confirm(self):
        return self._set_status("confirmed")

    def action_arrive(self):
        return self._set_status("arrived")

    def action_seat(self):
        return self._set_status("seated")

    def action_treat(self):
        return self._set_status("in_treatment")

    def action_checkout(self):
        return self._set_status("checkout")

    def action_done(self):
        return self._set_status("done")

    def action_miss(self):
        return self._set_status("missed")

    def action_cancel(self):
        return self._set_status("cancelled")

    def action_back(self):
        """Take the last step back, as for a click on the wrong line."""
        for visit in self:
            steps = visit._steps_taken()
            if len(steps) < 2 or visit.status == "done":
                raise UserError(
                    self.env._("%(number)s: there is no step to take back.", number=visit.number)
                )
            stamp = STAMPS.get(visit.status)
            taking_back = visit.with_context(dental_takes_back=visit.status)
            taking_back._apply_status(steps[-2], self.env._("Step taken back"))
            if stamp:
                visit.write({stamp: False})
        return True

    def action_break(self, how, reason=None):
        """Give the visit's time back: the patient did not come, or somebody called it off.

        :param how: ``missed``, ``cancelled_late``, ``cancelled`` or ``cancelled_clinic``
        """
        if how not in BROKEN:
            raise UserError(self.env._("Say who broke the visit, and whether in time."))
        return self._set_status(how, reason or None)

    # Business

    def _set_status(self, status, note=None):
        """Move to ``status``, stamp the moment, log it.

        :return: True, or the action that shows the closed gate to who asked for it on a screen
        :raises UserError: where the step does not follow, or a gate is closed
        """
        self.check_access("write")
        shown = self._closed_gate(status)
        if shown:
            return shown
        for visit in self:
            if visit.status == status:
                continue
            if status not in FOLLOWS[visit.status]:
                labels = dict(self._fields["status"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(number)s is %(now)s and cannot become %(then)s. Refresh the screen: "
                        "someone may have changed it.",
                        number=visit.number,
                        now=labels[visit.status],
                        then=labels[status],
                    )
                )
            visit._pass_gate(status)
            visit._apply_status(status, note)
        return True

    def _apply_status(self, status, note=None):
        vals = {"status": status}
        if status in STAMPS:
            vals[STAMPS[status]] = fields.Datetime.now()
        had_place = self.status not in WITHOUT_PLACE
        self.write(vals)
        self._log_status(note)
        if had_place != (status not in WITHOUT_PLACE):
            self._reserve()
        if (status in WITHOUT_PLACE) == self.event_id.active:
            self.event_id.with_context(**QUIET).active = status not in WITHOUT_PLACE

    def _log_status(self, note=None):
        """Add the present status to the visit log; only the server writes there."""
        log = self.env["dental.visit.event"].sudo()
        insert_rows(log, [visit._prepare_log_vals(note) for visit in self])
        log.invalidate_model(["taken_back_ids"], flush=False)
        self.invalidate_recordset(["visit_event_ids"], flush=False)

    def _prepare_log_vals(self, note=None):
        return {
            "appointment_id": self.id,
            "status": self.status,
            "at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "note": note,
            "start": self.start,
        }

    def _steps_taken(self):
        """Statuses that led to the present one, those taken back left out."""
        steps = []
        for status in self.visit_event_ids.sorted("id").mapped("status"):
            steps = steps[: steps.index(status)] if status in steps else steps
            steps.append(status)
        return steps

    def _is_inside(self):
        return self.status in INSIDE

    def _is_coming(self):
        return self.status in COMING

    def _is_today(self):
        """Whether this visit is on the clinic's present day."""
        start, stop = self.env["dental.today"]._day_span()
        return start <= self.start < stop

    def _prepare_visit_vals(self, vals):
        """Values of a new visit: calendar event without the patient, end by the pattern."""
        vals = dict(vals)
        number = vals["number"]
        provider = self.env["dental.provider"].browse(vals.get("provider_id"))
        user = provider.sudo().user_id
        vals.update(
            name=number,
            user_id=user.id,
            partner_ids=[fields.Command.set(user.partner_id.ids)],
            attendee_ids=[fields.Command.clear()],
            activity_ids=[],
            description=False,
            alarm_ids=[],
            privacy="confidential",
            show_as="busy",
        )
        self._fill_pattern(vals)
        self._fill_known(vals)
        if vals.get("start") and not vals.get("stop"):
            start = fields.Datetime.to_datetime(vals["start"])
            vals["stop"] = start + timedelta(minutes=10 * len(vals["pattern"]))
        if vals.get("start") and fields.Datetime.to_datetime(
            vals["stop"]
        ) <= fields.Datetime.to_datetime(vals["start"]):
            raise ValidationError(
                self.env._("%s ends before it starts. Correct start or end.", number)
            )
        if vals.get("start"):
            # Given, so that the event needs no second write for it.
            length = fields.Datetime.to_datetime(vals["stop"]) - fields.Datetime.to_datetime(
                vals["start"]
            )
            vals["duration"] = round(length.total_seconds() / 3600, 2)
        return vals

    def _fill_known(self, vals):
        """What would be computed from patient and kind: given, it costs no record on the way."""
        patient = self.env["dental.patient"].sudo().browse(vals.get("patient_id"))
        kind = self.env["dental.appointment.type"].sudo().browse(vals["type_id"])
        if patient:
            vals["company_id"] = patient.company_id.id
            vals.setdefault("arrive_early_minutes", patient.arrive_early_minutes)
        if self.env.su or self.env.user.has_group("dental_coordinator.group_staff"):
            vals.setdefault("postop_call", kind.postop_call)

    def _local_day(self):
        """The clinic's day of this visit."""
        self.ensure_one()
        return self.company_id._dental_day(self.start)

    def _prepare_stop(self, vals):
        """A visit that is moved keeps its length."""
        start = fields.Datetime.to_datetime(vals["start"])
        lengths = {visit.stop - visit.start for visit in self}
        if "pattern" in vals:
            lengths = {timedelta(minutes=10 * len(vals["pattern"]))}
        return {"stop": start + lengths.pop()} if len(lengths) == 1 else {}
