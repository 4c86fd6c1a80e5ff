# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import groupby

from .. import recall
from ..book import Interval
from .dental_procedure import DONE
from .dental_recall_type import parse_interval

# Whoever is due is called this long before.
LEAD = timedelta(days=30)


class DentalRecall(models.Model):
    """When one patient is due for one kind of recall, and who calls when."""

    _name = "dental.recall"
    _inherit = [
        "dental.numbered.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
    ]
    _description = "Recall"
    _order = "due, id"

    type_id = fields.Many2one(
        "dental.recall.type", string="Recall", required=True, ondelete="restrict", index=True
    )
    interval = fields.Char(
        compute="_compute_interval", store=True, readonly=False, precompute=True, required=True
    )
    previous_date = fields.Date(readonly=True, string="Last done")
    calculated_due = fields.Date(readonly=True, string="Due by interval")
    due = fields.Date(index=True, help="A date entered by hand is kept until the recall is done.")
    priority = fields.Boolean(help="Call first.")
    disabled = fields.Boolean(help="Not called.")
    disabled_until = fields.Date(help="Not called before.", string="Disabled until")
    disabled_reason = fields.Char(string="Disabled reason")
    note = fields.Char(help="Cleared when the recall is done.")
    contact_log_ids = fields.One2many("dental.contact.log", "recall_id", string="Contact log")
    reminders = fields.Integer(compute="_compute_reminders")
    last_reminder = fields.Date(compute="_compute_reminders", string="Last reminder")
    appointment_id = fields.Many2one(
        "dental.appointment", compute="_compute_appointment_id", string="Booked"
    )
    age_days = fields.Integer(compute="_compute_age_days", string="Overdue days")
    phone = fields.Char(related="patient_id.phone")
    contact_channel = fields.Selection(related="patient_id.contact_channel")
    do_not_contact = fields.Boolean(related="patient_id.do_not_contact")

    _patient_type = models.Constraint(
        "UNIQUE (patient_id, type_id)", "This patient already has this recall."
    )
    _open_idx = models.Index("(next_date) WHERE NOT COALESCE(disabled, FALSE)")

    # Computes

    @api.depends("type_id")
    def _compute_interval(self):
        for record in self:
            record.interval = record.interval or record.type_id.interval

    @api.depends("contact_log_ids.at", "contact_log_ids.taken_back_at", "previous_date")
    def _compute_reminders(self):
        for record in self:
            record.reminders, record.last_reminder = record._count_reminders()

    @api.depends("patient_id", "type_id")
    def _compute_appointment_id(self):
        booked = self.env["dental.procedure"].search(
            [
                ("patient_id", "in", self.patient_id.ids),
                ("state", "=", "scheduled"),
                ("code_id.recall_type_id", "in", self.type_id.ids),
            ]
        )
        visits = {(p.patient_id, p.code_id.recall_type_id): p.appointment_id for p in booked}
        for record in self:
            record.appointment_id = visits.get((record.patient_id, record.type_id))

    @api.depends("due")
    def _compute_age_days(self):
        today = fields.Date.context_today(self)
        for record in self:
            record.age_days = max(0, (today - record.due).days) if record.due else 0

    # Constraints

    @api.constrains("interval")
    def _check_interval(self):
        for record in self:
            parse_interval(record)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._recalculate()
        return records

    def write(self, vals):
        result = super().write(vals)
        if {"interval", "disabled"} & vals.keys():
            self._recalculate()
        return result

    # Actions

    def action_log_contact(self):
        """Note an attempt to reach the patient."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contact"),
            "res_model": "dental.contact.log",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_patient_id": self.patient_id.id,
                "default_recall_id": self.id,
                "default_topic": "recall",
            },
        }

    def action_left_message(self):
        return self._log("left_message")

    def action_no_answer(self):
        return self._log("no_answer")

    def action_book(self):
        """Look for a place in the book."""
        self.ensure_one()
        return self.patient_id.action_book()

    # Business

    def _open_fields(self):
        return ["disabled"]

    def _is_open(self):
        return not self.disabled

    def _log(self, outcome):
        self.env["dental.contact.log"].create(
            [
                {
                    "patient_id": record.patient_id.id,
                    "recall_id": record.id,
                    "topic": "recall",
                    "outcome": outcome,
                }
                for record in self
            ]
        )
        return True

    def _policy(self):
        """How long a reminded patient is left in peace."""
        return recall.ReminderPolicy()

    def _count_reminders(self):
        """(number since it was last done, date of the newest or None)"""
        dates = [self.company_id._dental_day(log.at) for log in self.contact_log_ids._counts()]
        return recall.count_reminders(dates, self.previous_date or None)

    def _after_reminder(self):
        """The next attempt waits as long as the policy says."""
        for record in self:
            after = record._policy().next_date(*record._count_reminders())
            record.write(
                {
                    "next_action": self.env._("Remind again"),
                    "next_date": after or fields.Date.context_today(self) + timedelta(days=182),
                }
            )

    def _recalculate(self):
        """A person changed what the due date follows from."""
        if not self.env.context.get("dental_recall_kept"):
            self._synchronise(self.patient_id)

    @api.model
    def _synchronise(self, patients):
        """Bring recalls up to date with what was done; a due date entered by hand stays.

        The server's own work: whoever may mark treatment as done need not own the recalls.
        """
        types = self.env["dental.recall.type"].sudo().search([("trigger_code_ids", "!=", False)])
        definitions = [kind._definition() for kind in types]
        services = self._services(patients, types.trigger_code_ids)
        for patient in patients:
            recalls = patient.sudo().recall_ids.filtered(lambda r: r.type_id in types)
            before = {record.type_id.id: record._state() for record in recalls}
            after = recall.synchronise(definitions, before, services.get(patient.id, []))
            for key, state in after.items():
                if before.get(key) is not state:
                    recalls._keep(patient, key, state)

    @api.model
    def _services(self, patients, codes):
        """{patient id: services done here that set off a recall}"""
        done = (
            self.env["dental.procedure"]
            .sudo()
            .search_fetch(
                [
                    ("patient_id", "in", patients.ids),
                    ("code_id", "in", codes.ids),
                    ("state", "in", DONE),
                ],
                ["patient_id", "code_id", "date_done"],
            )
        )
        return {
            patient.id: [recall.Service(p.code_id.id, p.date_done) for p in procedures]
            for patient, procedures in groupby(done, lambda p: p.patient_id)
        }

    def _state(self):
        """This record for the package recall."""
        return recall.Recall(
            interval=Interval.parse(self.interval),
            previous=self.previous_date or None,
            calculated=self.calculated_due or None,
            due=self.due or None,
            note=self.note or "",
            disabled=self.disabled,
            until=self.disabled_until or None,
        )

    def _keep(self, patient, type_id, state):
        """Store the new state of one recall of a patient."""
        vals = {
            "interval": str(state.interval),
            "previous_date": state.previous,
            "calculated_due": state.calculated,
            "due": state.due,
            "note": state.note,
            "disabled": state.disabled,
            "disabled_until": state.until,
        }
        record = self.filtered(lambda r: r.type_id.id == type_id)
        kept = self.sudo().with_context(dental_recall_kept=True)
        if not record or record.due != (state.due or False):
            vals.update(self._prepare_next(state.due))
        if record:
            record.with_env(kept.env).write(vals)
        else:
            kept.create({"patient_id": patient.id, "type_id": type_id, **vals})

    def _prepare_next(self, due):
        today = fields.Date.context_today(self)
        return {
            "next_action": self.env._("Call and book"),
            "next_date": max(today, due - LEAD) if due else today,
        }

    @api.model
    def _change_default(self, kind, old):
        """A type's interval was changed: recalls that followed the old one follow the new."""
        new = Interval.parse(kind.interval)
        for record in self.sudo().search([("type_id", "=", kind.id)]):
            before = record._state()
            after = recall.change_default(before, old, new)
            if after is not before:
                record._keep(record.patient_id, kind.id, after)
