# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .. import notation
from .dental_site_mixin import AREAS

OPEN = ("planned", "presented", "accepted", "scheduled")
DROPPED = ("declined", "referred", "cancelled")
INVOICED = ("billed", "claimed", "settled")
DONE = ("done", *INVOICED)

STATES = [
    ("planned", "Planned"),
    ("presented", "Presented"),
    ("accepted", "Accepted"),
    ("scheduled", "Scheduled"),
    ("done", "Done"),
    ("billed", "Billed"),
    ("claimed", "Claimed"),
    ("settled", "Settled"),
    ("declined", "Declined"),
    ("referred", "Referred"),
    ("cancelled", "Cancelled"),
]
# What a code's area rule asks for: the fields that must be filled, and the codes they may hold.
NEEDS = {
    "mouth": [("area", ("00",))],
    "arch": [("area", ("01", "02"))],
    "quadrant": [("area", ("10", "20", "30", "40"))],
    "sextant": [("area", ("03", "04", "05", "06", "07", "08"))],
    "tooth": [("tooth", None)],
    "surface": [("tooth", None), ("surfaces", None)],
    "range": [("tooth_range", None)],
}
# What stands on invoices and claims once it is billed.
FROZEN = frozenset(
    {"patient_id", "code_id", "tooth", "surfaces", "area", "tooth_range", "quantity", "date_done"}
)
# What whoever keeps the book may write about treatment that somebody else planned.
BOOKING = frozenset(
    {
        "appointment_id",
        "sequence",
        "owner_id",
        "next_action",
        "next_date",
        "not_before",
        "not_before_reason",
        "state",
    }
)


class DentalProcedure(models.Model):
    """One treatment of one patient, from the finding to the last payment."""

    _name = "dental.procedure"
    _inherit = [
        "dental.numbered.mixin",
        "dental.flow.mixin",
        "dental.site.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
    ]
    _description = "Procedure"
    _order = "sequence, id"
    _patient_links = ("appointment_id", "treatment_plan_id")
    _flow = {
        **dict.fromkeys(OPEN, (*OPEN, "done", *DROPPED)),
        **dict.fromkeys(DROPPED, (*OPEN, "done")),
        "done": (*OPEN, "billed", "cancelled"),
        "billed": ("done", "claimed", "settled"),
        "claimed": ("billed", "settled"),
        "settled": ("billed", "claimed"),
    }

    code_id = fields.Many2one(
        "dental.procedure.code", string="Procedure", required=True, ondelete="restrict", index=True
    )
    category_id = fields.Many2one(related="code_id.category_id", store=True, index=True)
    area_rule = fields.Selection(related="code_id.area_rule")
    tooth = fields.Char(help="Stored as ISO 3950 (FDI): 11 to 48, primary teeth 51 to 85.")
    surfaces = fields.Char(help="M mesial, O occlusal or I incisal, D distal, B/F outer, L inner.")
    area = fields.Selection(AREAS, compute="_compute_area", store=True, readonly=False)
    tooth_range = fields.Char(string="Teeth", help="As in 13-23, or 36, 37.")
    site = fields.Char(compute="_compute_site")
    quantity = fields.Integer(default=1, required=True)
    provider_id = fields.Many2one(
        "dental.provider",
        ondelete="restrict",
        index=True,
        compute="_compute_provider_id",
        store=True,
        readonly=False,
    )
    appointment_id = fields.Many2one("dental.appointment", ondelete="restrict", index=True)
    treatment_plan_id = fields.Many2one(
        "dental.treatment.plan", ondelete="restrict", index=True, string="Treatment plan"
    )
    sequence = fields.Integer(string="Priority", default=10)
    state = fields.Selection(STATES, required=True, default="planned", index=True)
    date_planned = fields.Date(default=fields.Date.context_today, string="Date planned")
    date_done = fields.Date(copy=False, index=True, string="Date done")
    prosthesis = fields.Selection(
        [("initial", "First one"), ("replacement", "Replaces one")], string="Crown, bridge, denture"
    )
    prior_placement_date = fields.Date(string="Placed before on")
    is_prosthesis = fields.Boolean(related="code_id.prosthesis")
    note = fields.Text()

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A procedure is done at least once."
    )
    _done_has_date = models.Constraint(
        "CHECK (state NOT IN ('done', 'billed', 'claimed', 'settled') OR date_done IS NOT NULL)",
        "A procedure that was done has a date.",
    )
    _open_idx = models.Index(
        "(next_date) WHERE state IN ('planned', 'presented', 'accepted', 'scheduled')"
    )

    # Computes

    @api.depends("tooth", "surfaces", "area", "tooth_range")
    @api.depends_context("uid")
    def _compute_site(self):
        for procedure in self:
            procedure.site = procedure._site_label()

    @api.depends("code_id.area_rule", "tooth")
    def _compute_area(self):
        for procedure in self:
            procedure.area = procedure._area_by_rule() or procedure.area

    @api.depends("appointment_id", "patient_id")
    def _compute_provider_id(self):
        for procedure in self:
            procedure.provider_id = (
                procedure.provider_id
                or procedure.appointment_id.provider_id
                or procedure.patient_id.primary_provider_id
            )

    # Constraints

    @api.constrains("code_id", "tooth", "surfaces", "area", "tooth_range")
    def _check_site(self):
        for procedure in self:
            for field, allowed in NEEDS.get(procedure.code_id.area_rule, ()):
                value = procedure[field]
                if not value or (allowed and value not in allowed):
                    procedure._raise_site(field)

    @api.constrains("date_done", "prior_placement_date")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for procedure in self:
            for name in ("date_done", "prior_placement_date"):
                if procedure[name] and procedure[name] > today:
                    raise ValidationError(
                        self.env._(
                            "%(number)s: %(field)s lies in the future. Correct the date.",
                            number=procedure.number,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state") in DONE:
                vals.setdefault("date_done", fields.Date.context_today(self))
            self._plans(vals)._check_open()
        procedures = super().create(vals_list)
        for procedure in procedures.filtered(lambda p: p._is_open() and not p.next_action):
            procedure.next_action = procedure._prepare_next_step(procedure.state)["next_action"]
        procedures._follow_appointment()
        procedures.filtered(lambda p: p.state in DONE)._after_done()
        return procedures

    def write(self, vals):
        self._check_may_write(vals)
        self._check_not_invoiced(vals)
        if "treatment_plan_id" in vals:
            (self.treatment_plan_id | self._plans(vals))._check_open()
        done_before = self.filtered(lambda p: p.state in DONE)
        if vals.get("state") == "done" and "date_done" not in vals:
            undated = self.filtered(lambda p: not p.date_done)
            super(DentalProcedure, undated).write({"date_done": fields.Date.context_today(self)})
        result = super().write(vals)
        if "appointment_id" in vals:
            self._follow_appointment()
        if "state" in vals:
            done = self.filtered(lambda p: p.state in DONE)
            if done - done_before:
                (done - done_before)._after_done()
            if done_before - done:
                (done_before - done)._after_undone()
        return result

    # Onchange

    @api.onchange("tooth", "surfaces", "tooth_range")
    def _onchange_site(self):
        """Show at once what will be kept, or what is wrong."""
        self.update(self._site_vals({n: self[n] for n in ("tooth", "surfaces", "tooth_range")}))

    # Actions

    def action_done(self, date=None):
        """Mark as done on ``date``, or today."""
        return self._set_state("done", date_done=date or fields.Date.context_today(self))

    def action_accept(self):
        return self._set_state("accepted")

    def action_decline(self):
        return self._set_state("declined")

    def action_cancel(self):
        return self._set_state("cancelled")

    def action_plan_again(self):
        """Back to planned: it was declined, cancelled, or marked done by mistake."""
        return self._set_state("planned", date_done=False, appointment_id=False)

    # Business

    def _set_state(self, state, **vals):
        """Move to ``state`` and name the next step; further values are written along.

        :raises UserError: where the step does not follow
        """
        self.check_access("write")
        for procedure in self:
            procedure.write({"state": state, **procedure._prepare_next_step(state), **vals})
        return True

    def _is_open(self):
        return self.state in OPEN

    def _prepare_next_step(self, state):
        """Next action and its date when a state is reached."""
        today = fields.Date.context_today(self)
        steps = {
            "planned": (self.env._("Present the plan"), 7),
            "presented": (self.env._("Ask for the decision"), 7),
            "accepted": (self.env._("Book the visit"), 3),
        }
        if state == "scheduled":
            visit = self.appointment_id
            day = visit._local_day() if visit.start else today
            return {"next_action": self.env._("Visit"), "next_date": day}
        if state not in steps:
            return {"next_action": False}
        action, days = steps[state]
        return {"next_action": action, "next_date": today + timedelta(days=days)}

    def _follow_appointment(self):
        """Open procedures are scheduled while they have a visit, and not without one."""
        for procedure in self:
            if procedure.appointment_id and procedure.state in OPEN[:-1]:
                procedure._set_state("scheduled")
            elif not procedure.appointment_id and procedure.state == "scheduled":
                accepted = procedure.treatment_plan_id.state == "accepted"
                procedure._set_state("accepted" if accepted else "planned")

    def _after_done(self):
        """What follows from treatment that was done: missing teeth, recalls. Addons add to it."""
        self.env["dental.chart.entry"]._chart_removed(self)
        self.patient_id._synchronise_recalls()

    def _after_undone(self):
        """Takes back what ``_after_done`` did. Addons add to it."""
        self.env["dental.chart.entry"]._unchart(self)
        self.patient_id._synchronise_recalls()

    def _plans(self, vals):
        return self.env["dental.treatment.plan"].browse(vals.get("treatment_plan_id") or [])

    def _area_by_rule(self):
        """The area that a code's rule and the tooth leave no doubt about, or False."""
        rule = self.code_id.area_rule
        if rule == "mouth":
            return "00"
        readers = {
            "arch": notation.arch,
            "quadrant": notation.quadrant,
            "sextant": notation.sextant,
        }
        if rule not in readers or not self.tooth:
            return False
        try:
            return readers[rule](notation.parse_tooth(self.tooth))
        except notation.ToothError:
            return False  # the tooth itself is refused elsewhere, with its own message

    def _raise_site(self, field):
        remedies = {
            "tooth": self.env._("Enter the tooth, for example 36."),
            "surfaces": self.env._("Enter the surfaces, for example MO."),
            "tooth_range": self.env._("Enter the teeth, for example 13-23."),
        }
        rules = dict(self._fields["area_rule"]._description_selection(self.env))
        remedy = remedies.get(field) or self.env._(
            "Choose the area: this code is done by %(rule)s.",
            rule=rules[self.code_id.area_rule].lower(),
        )
        raise ValidationError(
            self.env._(
                "%(number)s, %(field)s: code %(code)s needs it. %(remedy)s",
                number=self.number,
                field=self._fields[field]._description_string(self.env),
                code=self.code_id.code,
                remedy=remedy,
            )
        )

    def _check_may_write(self, vals):
        """Whoever keeps the book schedules treatment but does not change it."""
        charting = ("dental_coordinator.group_clinician", "dental_coordinator.group_coordinator")
        booking = not vals.keys() - BOOKING and vals.get("state", "planned") in OPEN
        if self.env.su or booking:
            return
        if not any(self.env.user.has_group(group) for group in charting):
            raise AccessError(
                self.env._(
                    "You may book and follow up procedures, not change the treatment. Ask the "
                    "coordinator or the dentist."
                )
            )

    def _check_not_invoiced(self, vals):
        changed = FROZEN & vals.keys()
        invoiced = self.filtered(lambda p: p.state in INVOICED)
        if changed and invoiced:
            raise UserError(
                self.env._(
                    "%(number)s is billed: it stands on an invoice. Reverse the invoice first.",
                    number=invoiced[0].number,
                )
            )
