# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import format_date

from .dental_readiness import Finding

WAITING = ("to_ask", "asked", "received")


class DentalReadiness(models.AbstractModel):
    """Checks of the file that every clinic needs."""

    _inherit = "dental.readiness"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "history": self.env._("Health asked about"),
            "requests": self.env._("X-rays and results are here"),
            "alerts": self.env._("Alerts reviewed by a clinician"),
            "guardian": self.env._("Minor has guardian and guarantor"),
            "contact": self.env._("Contact data complete"),
        }

    def _check_history(self, visits, rule):
        """Health was asked about within the rule's days before the visit."""
        latest = self._history_dates(visits.patient_id)
        for visit in visits:
            last = latest.get(visit.patient_id.id)
            if last and (visit._local_day() - last).days <= rule.days:
                continue
            reason = (
                self.env._("health was last asked about on %s.", format_date(self.env, last))
                if last
                else self.env._("health was never asked about.")
            )
            label = self.env._("Ask")
            yield Finding(visit, reason, "action_fix_history", label)

    @api.model
    def _history_dates(self, patients):
        """{patient id: day on which health was last asked about}. Addons add their sources."""
        asked = self.env["dental.intake"]._read_group(
            [("patient_id", "in", patients.ids), ("medical_review", "!=", False)],
            ["patient_id"],
            ["started_at:max"],
        )
        still_true = self.env["dental.condition"]._read_group(
            [("patient_id", "in", patients.ids), ("confirmed_on", "!=", False)],
            ["patient_id"],
            ["confirmed_on:max"],
        )
        days = {patient.id: patient.company_id._dental_day(at) for patient, at in asked}
        for patient, day in still_true:
            days[patient.id] = max(day, days.get(patient.id, day))
        return days

    def _check_requests(self, visits, rule):
        """What was asked for and is needed for the visit has come and was looked at."""
        domain = [
            ("patient_id", "in", visits.patient_id.ids),
            ("state", "in", WAITING),
            "|",
            ("appointment_id", "in", visits.ids),
            "&",
            ("appointment_id", "=", False),
            ("due_on", "!=", False),
        ]
        requests = self.env["dental.request"].search(domain)
        for visit in visits:
            for request in requests.filtered(lambda r, v=visit: self._is_needed(r, v)):
                yield self._request_finding(visit, request)

    @api.model
    def _is_needed(self, request, visit):
        if request.appointment_id:
            return request.appointment_id == visit
        return request.patient_id == visit.patient_id and request.due_on <= visit._local_day()

    @api.model
    def _request_finding(self, visit, request):
        kinds = dict(request._fields["kind"]._description_selection(self.env))
        words = {"what": kinds[request.kind], "number": request.number}
        if request.state == "received":
            reason = self.env._("%(what)s (%(number)s) is here and not reviewed.", **words)
        else:
            reason = self.env._("%(what)s (%(number)s) is not here.", **words)
        label = self.env._("Open request")
        return Finding(
            visit, reason, "action_fix_requests", label, request.owner_id, key=request.number
        )

    def _check_alerts(self, visits, rule):
        """Every condition that warns was verified by a clinician."""
        groups = self.env["dental.condition"]._read_group(
            [
                ("patient_id", "in", visits.patient_id.ids),
                ("status", "=", "active"),
                ("alert_level", "in", ("stop", "warn")),
                ("verified_at", "=", False),
            ],
            ["patient_id"],
            ["type_id:recordset"],
        )
        unread = {patient.id: kinds for patient, kinds in groups}
        for visit in visits.filtered(lambda v: v.patient_id.id in unread):
            names = ", ".join(unread[visit.patient_id.id].mapped("name"))
            reason = self.env._("not reviewed by a clinician: %s.", names)
            label = self.env._("Open alerts")
            yield Finding(
                visit, reason, "action_fix_alerts", label, visit.provider_id.user_id or None
            )

    def _check_guardian(self, visits, rule):
        """A minor has somebody who may consent, and somebody else who pays."""
        label = self.env._("Open file")
        for visit in visits:
            patient, day = visit.patient_id, visit._local_day()
            if not patient._is_minor(day):
                continue
            if not patient.guardian_ids.filtered(lambda g, d=day: g._may_consent(d)):
                reason = self.env._("a minor, and nobody is named who may consent.")
                yield Finding(visit, reason, fix_label=label, key="guardian")
            if patient.guarantor_id == patient.partner_id:
                reason = self.env._("a minor, and nobody else is named who gets the bills.")
                yield Finding(visit, reason, fix_label=label, key="guarantor")

    def _check_contact(self, visits, rule):
        """Whoever must be reached or billed can be."""
        label = self.env._("Open file")
        for visit in visits:
            patient = visit.patient_id
            wanted = {
                self.env._("phone"): patient.phone,
                self.env._("birth date"): patient.birth_date,
                self.env._("address"): patient.street and patient.city,
            }
            missing = ", ".join(name for name, value in wanted.items() if not value)
            if missing:
                reason = self.env._("missing on the file: %s.", missing)
                yield Finding(visit, reason, fix_label=label)
