# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..refill import Candidate
from .dental_weekdays_mixin import WEEKDAYS


class DentalWaitlistEntry(models.Model):
    """A patient who would come sooner, or at all, and when that is possible."""

    _name = "dental.waitlist.entry"
    _inherit = [
        "dental.numbered.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
        "dental.outcome.mixin",
        "dental.weekdays.mixin",
    ]
    _description = "Waiting list"
    _order = "urgent desc, priority desc, since, id"
    _patient_links = ("appointment_id",)
    _contact_topic = "appointment"

    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("booked", "Booked"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="waiting",
        copy=False,
        index=True,
    )
    appointment_id = fields.Many2one(
        "dental.appointment",
        string="Visit",
        ondelete="restrict",
        index=True,
        help="The visit that should be sooner. Empty: none is booked yet.",
    )
    type_id = fields.Many2one(
        "dental.appointment.type",
        string="Kind of visit",
        compute="_compute_from_visit",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    pattern = fields.Char(
        compute="_compute_from_visit", store=True, readonly=False, precompute=True, required=True
    )
    minutes = fields.Integer(compute="_compute_minutes")
    provider_id = fields.Many2one(
        "dental.provider",
        compute="_compute_from_visit",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    provider_only = fields.Boolean(string="Nobody else")
    since = fields.Date(required=True, default=fields.Date.context_today, string="Waits since")
    date_from = fields.Date(string="Not before")
    date_to = fields.Date(string="Not after")
    part_of_day = fields.Selection(
        [("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening")],
        string="Part of day",
    )
    notice_hours = fields.Integer(string="Notice needed (hours)", default=2)
    priority = fields.Selection(
        [("0", "Normal"), ("1", "Higher"), ("2", "High"), ("3", "Highest")],
        required=True,
        default="0",
    )
    urgent = fields.Boolean(help="In pain, or medically pressing.")
    urgency_reason = fields.Char(string="Urgency reason")
    availability = fields.Char(compute="_compute_availability")
    line_ids = fields.One2many("dental.slot.offer.line", "entry_id", string="Offers")
    asked = fields.Integer(compute="_compute_asked", string="Times asked")
    age_days = fields.Integer(compute="_compute_age_days", string="Waits (days)")
    phone = fields.Char(related="patient_id.phone")
    do_not_contact = fields.Boolean(related="patient_id.do_not_contact")

    _one_waiting = models.UniqueIndex(
        "(appointment_id) WHERE state = 'waiting'", "This visit is on the waiting list already."
    )

    # Computes

    @api.depends("appointment_id", "type_id")
    def _compute_from_visit(self):
        for entry in self:
            visit = entry.appointment_id
            entry.type_id = entry.type_id or visit.type_id
            entry.pattern = entry.pattern or visit.pattern or entry.type_id.pattern
            entry.provider_id = entry.provider_id or visit.provider_id

    @api.depends("pattern")
    def _compute_minutes(self):
        for entry in self:
            entry.minutes = 10 * len(entry.pattern or "")

    @api.depends(*WEEKDAYS, "part_of_day", "date_from", "date_to", "notice_hours")
    def _compute_availability(self):
        parts = dict(self._fields["part_of_day"]._description_selection(self.env))
        for entry in self:
            days = [
                self._fields[day]._description_string(self.env)[:3]
                for day in WEEKDAYS
                if entry[day]
            ]
            words = [
                ", ".join(days),
                parts.get(entry.part_of_day),
                entry.date_from and self.env._("from %s", entry.date_from),
                entry.date_to and self.env._("until %s", entry.date_to),
                entry.notice_hours and self.env._("%s h notice", entry.notice_hours),
            ]
            entry.availability = " · ".join(filter(None, words)) or self.env._("any time")

    @api.depends("line_ids.state")
    def _compute_asked(self):
        for entry in self:
            entry.asked = len(entry.line_ids.filtered(lambda line: line.state != "candidate"))

    @api.depends("since")
    def _compute_age_days(self):
        today = fields.Date.context_today(self)
        for entry in self:
            entry.age_days = max(0, (today - (entry.since or today)).days)

    # Constraints

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for entry in self:
            if entry.date_from and entry.date_to and entry.date_from > entry.date_to:
                raise ValidationError(
                    self.env._(
                        "%(number)s, Not after: it lies before Not before. Correct one of them.",
                        number=entry.number,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("next_action", self.env._("Look for a sooner place"))
        return super().create(vals_list)

    # Actions

    def action_cancel(self):
        return self.write({"state": "cancelled"})

    def action_find_place(self):
        """Look for a place in the book."""
        self.ensure_one()
        finder = self.env["dental.slot.finder"].create(
            {
                "patient_id": self.patient_id.id,
                "type_id": self.type_id.id,
                "pattern": self.pattern,
                "appointment_id": self.appointment_id.id,
                "provider_id": self.provider_id.id if self.provider_only else False,
            }
        )
        return finder.action_search()

    # Business

    def _open_fields(self):
        return ["state"]

    def _is_open(self):
        return self.state == "waiting"

    @api.model
    def _outcomes(self):
        return [
            ("book", self.env._("Book")),
            *self._contact_outcomes(),
            ("cancel", self.env._("Not any more")),
        ]

    def _prepare_contact_vals(self, outcome):
        vals = super()._prepare_contact_vals(outcome)
        return {**vals, "appointment_id": self.appointment_id.id}

    def _outcome_book(self):
        if len(self) != 1:
            return {"message": self.env._("Choose one patient to book."), "level": "warning"}
        return {"action": self.action_find_place()}

    def _outcome_cancel(self):
        self._log_contact("reached", note=self.env._("Not any more"))
        self.action_cancel()

    @api.model
    def _expire(self):
        """Whoever cannot come any more, or came meanwhile, waits no longer."""
        waiting = [("state", "=", "waiting")]
        limited = self.search([*waiting, ("date_to", "!=", False)])
        today = {company: company._dental_day() for company in limited.company_id}
        limited.filtered(lambda entry: entry.date_to < today[entry.company_id]).write(
            {"state": "expired"}
        )
        over = [
            ("appointment_id.start", "<", fields.Datetime.now()),
            ("appointment_id.status", "not in", ("planned",)),
        ]
        self.search([*waiting, *over]).write({"state": "expired"})

    def _prepare_candidate(self, figures):
        """This entry for the package ``refill``; ``figures`` as `_figures` of the offer gives."""
        return Candidate(
            key=("entry", self.id),
            minutes=self.minutes,
            pattern=self.pattern,
            since=self.since,
            provider=self.provider_id.id or None,
            provider_only=self.provider_only,
            current=self.appointment_id.start if self.appointment_id._is_coming_up() else None,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            weekdays=self._weekdays(),
            part=self.part_of_day or None,
            notice=self.notice_hours,
            priority=int(self.priority),
            urgent=self.urgent,
            **figures,
        )

    def _prepare_offered(self):
        """What is offered to whoever waits, as values of a candidate."""
        return {
            "entry_id": self.id,
            "appointment_id": self.appointment_id.id,
            "type_id": self.type_id.id,
            "pattern": self.pattern,
        }
