# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..book import local
from .dental_appointment_status import BROKEN
from .say_moment import say_here

UNREACHED = ("left_message", "no_answer", "wrong_number")
MANY_TRIES = 3


class DentalAppointment(models.Model):
    """The lists in which visits are worked through: to confirm, planned, unscheduled, broken."""

    _name = "dental.appointment"
    _inherit = ["dental.appointment", "dental.outcome.mixin"]
    _contact_topic = "appointment"

    contact_log_ids = fields.One2many("dental.contact.log", "appointment_id", string="Contact log")
    tries = fields.Integer(compute="_compute_tries", help="Attempts to reach the patient.")
    last_try = fields.Char(compute="_compute_tries", string="Last attempt")
    family_id = fields.Many2one(related="patient_id.family_id")
    confirm_channel = fields.Selection(related="patient_id.confirm_channel", string="By")
    do_not_contact = fields.Boolean(related="patient_id.do_not_contact")
    medical_flag = fields.Char(compute="_compute_medical_flag", string="Medical")
    what_for = fields.Char(compute="_compute_what_for", string="For")

    # Computes

    @api.depends("contact_log_ids.taken_back_at")
    def _compute_tries(self):
        labels = dict(
            self.env["dental.contact.log"]._fields["outcome"]._description_selection(self.env)
        )
        for visit in self:
            logs = visit.contact_log_ids._counts()
            visit.tries = len(logs.filtered(lambda log: log.outcome in UNREACHED))
            last = logs[:1]
            visit.last_try = bool(last) and f"{labels[last.outcome]}, {say_here(self.env, last.at)}"

    @api.depends("patient_id")
    def _compute_medical_flag(self):
        for visit in self:
            alerts = visit.patient_id._alerts()
            visit.medical_flag = next((a["text"] for a in alerts if a["level"] == "stop"), False)

    @api.depends("procedure_ids", "type_id")
    def _compute_what_for(self):
        for visit in self:
            names = visit.procedure_ids.code_id.mapped("name")
            visit.what_for = ", ".join(names) or visit.type_id.name

    # Actions

    @api.model
    def action_confirm_list(self):
        """Visits of the next two business days that nobody confirmed yet."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dental_coordinator.dental_appointment_confirm_action"
        )
        return {**action, "domain": self._confirm_domain()}

    # Business

    @api.model
    def _confirm_domain(self, days=2):
        """Not confirmed, and within so many days on which the clinic is open."""
        today = self.env["dental.today"]
        zone, day = today._zone(), today._day()
        calendar = self.env.company.resource_calendar_id
        open_days = {int(line) for line in calendar.attendance_ids.mapped("dayofweek")} or set(
            range(7)
        )
        counted = 0
        while counted < days:
            day += timedelta(days=1)
            counted += day.weekday() in open_days
        return [
            ("status", "in", ("held", "scheduled")),
            ("start", ">", fields.Datetime.now()),
            ("start", "<", local.day_span(day, zone)[1]),
        ]

    @api.model
    def _outcomes(self):
        which = self.env.context.get("dental_list")
        contact = dict(self._contact_outcomes())
        lists = {
            "confirm": [
                ("confirmed", self.env._("Confirmed")),
                ("left_message", contact["left_message"]),
                ("no_answer", contact["no_answer"]),
                ("move", self.env._("Wants to move")),
                ("wrong_number", contact["wrong_number"]),
                ("refused", self.env._("Wants no contact")),
            ],
            "broken": [
                ("to_list", self.env._("To the list")),
                ("book", self.env._("Book again")),
                ("left_message", contact["left_message"]),
                ("no_answer", contact["no_answer"]),
                ("tray", self.env._("To my tray")),
                ("drop", self.env._("Nothing more")),
            ],
        }
        waiting = [
            ("book", self.env._("Book")),
            *self._contact_outcomes(),
            ("drop", self.env._("No visit needed")),
        ]
        return lists.get(which, waiting)

    def _prepare_contact_vals(self, outcome):
        return {**super()._prepare_contact_vals(outcome), "appointment_id": self.id}

    def _with_family(self):
        """These visits, and those of their families on the list: one call reaches them all."""
        families = self.family_id
        if self.env.context.get("dental_list") != "confirm" or not families:
            return self
        return self | self.search([*self._confirm_domain(), ("family_id", "in", families.ids)])

    def _outcome_confirmed(self):
        visits = self._with_family()
        visits._log_contact("reached")
        visits.action_confirm()
        return {"message": self._also(visits)}

    def _outcome_contact(self, outcome):
        visits = self._with_family() if outcome in ("left_message", "no_answer") else self
        super(DentalAppointment, visits)._outcome_contact(outcome)
        visits.invalidate_recordset(["tries"])
        lost = visits.filtered(lambda v: v.tries >= MANY_TRIES)
        lost.write({"next_action": self.env._("Not reached %s times: decide", MANY_TRIES)})
        return {"message": self._also(visits), "level": "warning" if lost else "info"}

    def _also(self, visits):
        others = visits - self
        if not others:
            return ""
        return self.env._("The same for the family: %s", ", ".join(others.mapped("number")))

    def _outcome_move(self):
        """Off the book into the tray; a search opens, and the place can be filled."""
        self._log_contact("reached", note=self.env._("Wants to move"))
        for visit in self:
            visit.action_break("cancelled", self.env._("Wants to move"), then="tray")
        return {"action": self.action_find_place()} if len(self) == 1 else {}

    def _outcome_book(self):
        if len(self) != 1:
            return {"message": self.env._("Choose one visit to book."), "level": "warning"}
        if self.status in BROKEN:
            self.write({"broken_then": "rebook"})
            self.action_to_list()
        return {"action": self.action_find_place()}

    def _outcome_to_list(self):
        self.write({"broken_then": "planned"})
        self.action_to_list()

    def _outcome_tray(self):
        self.write({"broken_then": "tray"})
        self.action_to_tray()

    def _outcome_drop(self):
        """No visit follows: what was planned is cancelled, what was broken leaves the list."""
        planned = self.filtered(lambda v: v.status == "planned")
        planned._set_status("cancelled", self.env._("No visit needed"))
        self.action_drop()
