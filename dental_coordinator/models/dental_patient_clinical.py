# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_condition import LEVELS
from .dental_procedure import OPEN as OPEN_PROCEDURES
from .dental_referral import CLOSED as CLOSED_REFERRALS
from .dental_request import OPEN as OPEN_REQUESTS


class DentalPatient(models.Model):
    """The clinical part of a patient's file, and the one source of its alerts."""

    _inherit = "dental.patient"

    condition_ids = fields.One2many("dental.condition", "patient_id", string="Health")
    intake_ids = fields.One2many("dental.intake", "patient_id")
    exam_ids = fields.One2many("dental.exam", "patient_id")
    procedure_ids = fields.One2many("dental.procedure", "patient_id")
    treatment_plan_ids = fields.One2many(
        "dental.treatment.plan", "patient_id", string="Treatment plan"
    )
    chart_entry_ids = fields.One2many("dental.chart.entry", "patient_id")
    request_ids = fields.One2many("dental.request", "patient_id")
    image_ids = fields.One2many("dental.image", "patient_id", string="Images and results")
    referral_ids = fields.One2many("dental.referral", "patient_id")
    recall_ids = fields.One2many("dental.recall", "patient_id")
    contact_log_ids = fields.One2many("dental.contact.log", "patient_id", string="Contact log")
    open_procedure_count = fields.Integer(
        compute="_compute_open_counts", string="Open procedure count"
    )
    open_request_count = fields.Integer(compute="_compute_open_counts", string="Open request count")
    open_referral_count = fields.Integer(
        compute="_compute_open_counts", string="Open referral count"
    )
    intake_count = fields.Integer(compute="_compute_open_counts", string="Intake count")
    image_count = fields.Integer(compute="_compute_open_counts", string="Image count")
    recall_due = fields.Date(compute="_compute_recall_due", string="Next recall")

    # Computes

    @api.depends(
        "procedure_ids.state", "request_ids.state", "referral_ids.state", "intake_ids", "image_ids"
    )
    def _compute_open_counts(self):
        counted = {
            "open_procedure_count": ("dental.procedure", [("state", "in", OPEN_PROCEDURES)]),
            "open_request_count": ("dental.request", [("state", "in", OPEN_REQUESTS)]),
            "open_referral_count": ("dental.referral", [("state", "not in", CLOSED_REFERRALS)]),
            "intake_count": ("dental.intake", []),
            "image_count": ("dental.image", []),
        }
        for name, (model, domain) in counted.items():
            groups = self.env[model]._read_group(
                [("patient_id", "in", self.ids), *domain], ["patient_id"], ["__count"]
            )
            found = {patient.id: count for patient, count in groups}
            for patient in self:
                patient[name] = found.get(patient.id, 0)

    @api.depends("recall_ids.due", "recall_ids.disabled")
    def _compute_recall_due(self):
        groups = self.env["dental.recall"]._read_group(
            [("patient_id", "in", self.ids), ("disabled", "=", False), ("due", "!=", False)],
            ["patient_id"],
            ["due:min"],
        )
        due = {patient.id: day for patient, day in groups}
        for patient in self:
            patient.recall_due = due.get(patient.id)

    # Actions

    def action_open_records(self):
        """List this patient's records of the model in the context ``dental_model``."""
        self.ensure_one()
        model = self.env.context["dental_model"]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"dental_coordinator.{model.replace('.', '_')}_action"
        )
        return {
            **action,
            "domain": [("patient_id", "=", self.id)],
            "context": {"default_patient_id": self.id},
        }

    # Business

    def chart_data(self):
        """What the tooth chart draws, in one request; see ``dental.chart._data``."""
        self.ensure_one()
        self.check_access("read")
        self._record_reading()
        return self.env["dental.chart"]._data(self)

    def chart_add(self, values):
        """Enter something on one tooth or more; see ``dental.chart._add``.

        :return: the new ``chart_data``
        """
        self.ensure_one()
        self.env["dental.chart"]._add(self, values)
        return self.chart_data()

    def chart_mistake(self, entry_id):
        """Take out a chart entry made by mistake.

        :return: the new ``chart_data``
        """
        self.ensure_one()
        entries = self.env["dental.chart.entry"].search(
            [("id", "=", entry_id), ("patient_id", "=", self.id)]
        )
        entries.action_mistake()
        return self.chart_data()

    def _alerts_by_patient(self):
        """Each active condition is an alert; {id, kind, premedication} come with the usual keys."""
        alerts = super()._alerts_by_patient()
        conditions = self.env["dental.condition"]
        if conditions.has_access("read"):
            found = conditions.search_fetch(
                [("patient_id", "in", self.ids), ("status", "=", "active")],
                ["patient_id", "type_id", "reaction", "dose", "note"],
            )
            for condition in found:
                alerts[condition.patient_id.id].append(condition._prepare_alert())
        for rows in alerts.values():
            rows.sort(key=lambda alert: LEVELS.index(alert["level"]))
        return alerts

    def _header_facts(self, visits):
        due = self.recall_due
        fact = due and {
            "key": "recall",
            "label": self.env._("Recall due"),
            "date": due,
            "text": "",
            "level": "warning" if due < fields.Date.context_today(self) else False,
        }
        return super()._header_facts(visits) + ([fact] if fact else [])

    def _missing_teeth(self, on=None):
        """Teeth that are charted as missing on a day (today).

        :return: {canonical tooth: date since when, as far as known}
        """
        self.ensure_one()
        day = on or fields.Date.context_today(self)
        missing = self.chart_entry_ids.filtered(
            lambda e: e.status == "missing"
            and e.date <= day
            and not (e.date_to and e.date_to <= day)
        )
        return {entry.tooth: entry.date for entry in missing.sorted("date", reverse=True)}

    def _synchronise_recalls(self):
        """Bring the recalls of these patients up to date with what was done."""
        self.env["dental.recall"]._synchronise(self)
