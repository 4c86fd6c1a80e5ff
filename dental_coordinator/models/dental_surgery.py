# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dental_appointment_status import BROKEN, COMING

# What a surgery takes from its visit and may be entered here: the visit keeps it.
BOOKING = ("type_id", "provider_id", "operatory_id", "start", "pattern", "equipment_ids")
# Stamped by the steps themselves, never entered.
STAMPED = {
    "started_at",
    "ended_at",
    "signed_by_id",
    "signed_at",
    "discharged_at",
    "discharged_by_id",
}


class DentalSurgery(models.Model):
    """An operation: a visit with a team, preparations that are checked, and a signed record.

    Room, surgeon and time are those of the visit, and so is how far it has come: the state
    follows the visit's status until a clinician signs.
    """

    _name = "dental.surgery"
    _inherit = [
        "dental.numbered.mixin",
        "dental.clinician.mixin",
        "dental.patient.links.mixin",
    ]
    _description = "Surgery"
    _order = "start desc, id desc"
    _patient_links = ("appointment_id", "clearance_id")
    _clinician_fields = frozenset(
        {
            "asa_class",
            "airway",
            "fasting_rule",
            "last_food_at",
            "last_drink_at",
            "premed",
            "report",
            "discharge_reason",
            *(f"risk_{name}" for name in ("ischaemic_heart", "heart_failure", "stroke")),
            *(f"risk_{name}" for name in ("insulin", "creatinine", "high_risk_surgery")),
        }
    )

    appointment_id = fields.Many2one(
        "dental.appointment", string="Visit", required=True, ondelete="restrict", index=True
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("in_progress", "In progress"),
            ("done", "Done"),
            ("signed", "Signed"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    classification = fields.Selection(
        [
            ("optional", "Optional"),
            ("required", "Required"),
            ("urgent", "Urgent"),
            ("emergency", "Emergency"),
        ],
        required=True,
        default="required",
    )
    # Of the visit
    visit_status = fields.Selection(related="appointment_id.status", string="Visit is")
    type_id = fields.Many2one(related="appointment_id.type_id", readonly=False)
    provider_id = fields.Many2one(
        related="appointment_id.provider_id", string="Surgeon", readonly=False, store=True
    )
    operatory_id = fields.Many2one(
        related="appointment_id.operatory_id", string="Room", readonly=False, store=True
    )
    start = fields.Datetime(related="appointment_id.start", readonly=False, store=True)
    stop = fields.Datetime(related="appointment_id.stop")
    pattern = fields.Char(related="appointment_id.pattern", readonly=False)
    procedure_ids = fields.One2many(related="appointment_id.procedure_ids", readonly=False)
    readiness = fields.Json(related="appointment_id.readiness")
    readiness_level = fields.Selection(related="appointment_id.readiness_level")
    facility_id = fields.Many2one(
        "res.partner",
        string="Hospital or centre",
        ondelete="restrict",
        help="Where it is done, if not here.",
    )
    # Time
    planned_minutes = fields.Integer(compute="_compute_minutes", string="Planned")
    started_at = fields.Datetime(string="Started at", readonly=True, copy=False)
    ended_at = fields.Datetime(string="Ended at", readonly=True, copy=False)
    elapsed_minutes = fields.Integer(compute="_compute_minutes", string="Elapsed")
    # Record
    report = fields.Text(string="Operation report")
    signed_by_id = fields.Many2one(
        "res.users", string="Signed by", readonly=True, copy=False, ondelete="restrict"
    )
    signed_at = fields.Datetime(string="Signed at", readonly=True, copy=False)

    _number_uniq = models.Constraint("UNIQUE (number)", "This surgery number is taken.")
    _appointment_uniq = models.Constraint(
        "UNIQUE (appointment_id)", "This visit is a surgery already. Open the one that is there."
    )

    # Computes

    @api.depends("signed_at", "appointment_id.status", "appointment_id.confirmed_at")
    def _compute_state(self):
        for surgery in self:
            surgery.state = "signed" if surgery.signed_at else surgery._state_of_visit()

    @api.depends("start", "stop", "started_at", "ended_at")
    def _compute_minutes(self):
        for surgery in self:
            surgery.planned_minutes = self._minutes(surgery.start, surgery.stop)
            surgery.elapsed_minutes = self._minutes(surgery.started_at, surgery.ended_at)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        surgeries = super().create([self._booked(dict(vals)) for vals in vals_list])
        surgeries.appointment_id.sudo().write({"postop_call": True})
        return surgeries

    def write(self, vals):
        self._check_unsigned()
        if STAMPED & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("%s: start, finish and sign by the buttons.", self[:1].number)
            )
        moved = {name: vals[name] for name in BOOKING if name in vals}
        if moved:
            self.appointment_id.write(moved)
        return super().write({name: vals[name] for name in vals if name not in moved})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Surgeries are kept. Cancel the visit instead."))

    # Actions

    def action_confirm(self):
        """Confirm the visit, through its gate."""
        self.ensure_one()
        return self.appointment_id.action_confirm()

    def action_arrive(self):
        self.ensure_one()
        return self.appointment_id.action_arrive()

    def action_seat(self):
        self.ensure_one()
        return self.appointment_id.action_seat()

    def action_start(self):
        """The operation begins, through its gate."""
        self.ensure_one()
        return self.appointment_id.action_treat()

    def action_finish(self):
        """The operation is over; the patient goes on to the desk."""
        self.ensure_one()
        return self.appointment_id.action_checkout()

    def action_sign(self):
        """A clinician answers for the record; from now on it does not change."""
        self.ensure_one()
        self.check_access("write")
        self._check_clinician({"report": True})
        if self.state != "done":
            raise UserError(
                self.env._(
                    "%(number)s cannot be signed: it is not done, or signed already by %(who)s. "
                    "Refresh the screen.",
                    number=self.number,
                    who=self.signed_by_id.name or self.env._("nobody"),
                )
            )
        if not self.report:
            raise UserError(
                self.env._("%s, Operation report: write it before signing.", self.number)
            )
        self.sudo().write({"signed_by_id": self.env.uid, "signed_at": fields.Datetime.now()})
        return True

    def action_open_visit(self):
        self.ensure_one()
        return self.appointment_id.action_open()

    # Business

    @api.model
    def _minutes(self, start, stop):
        return int((stop - start).total_seconds() // 60) if start and stop else 0

    def _state_of_visit(self):
        visit = self.appointment_id
        if visit.status in BROKEN:
            return "cancelled"
        if visit.status in ("checkout", "done"):
            return "done"
        if visit.status == "in_treatment":
            return "in_progress"
        standing = visit.status not in ("planned", *COMING) or visit.status == "confirmed"
        return "confirmed" if standing and visit.confirmed_at else "draft"

    @api.model
    def _booked(self, vals):
        """The same values with the visit, which is booked where there is none yet."""
        booking = {name: vals.pop(name) for name in BOOKING if name in vals}
        visits = self.env["dental.appointment"].with_context(dental_surgery_made=True)
        visit = visits.browse(vals.get("appointment_id"))
        if not visit:
            procedures = {"procedure_ids": vals.pop("procedure_ids", [])}
            visit = visits.create({**booking, **procedures, "patient_id": vals["patient_id"]})
        return {**vals, "appointment_id": visit.id, "patient_id": visit.patient_id.id}

    def _stamp_progress(self, status):
        """The visit took a step: note when the operation began and ended."""
        now = fields.Datetime.now()
        for surgery in self.sudo().filtered(lambda s: not s.signed_at):
            if status == "in_treatment":
                surgery.write({"started_at": surgery.started_at or now, "ended_at": False})
            elif status in ("checkout", "done") and not surgery.ended_at:
                surgery.ended_at = now

    def _check_unsigned(self):
        """Refuse to change what is signed.

        :raises UserError: naming the record and the remedy
        """
        signed = self.filtered("signed_at")[:1]
        if signed:
            raise UserError(
                self.env._(
                    "%(number)s is signed by %(who)s and stays as it is. Note what came later in "
                    "the patient's file.",
                    number=signed.number,
                    who=signed.signed_by_id.name,
                )
            )
