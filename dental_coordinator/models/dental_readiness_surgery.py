# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import format_date

from .dental_readiness import Finding

BEFORE_START = ("sign_in", "time_out")


class DentalReadiness(models.AbstractModel):
    """What an operation needs, apart from what every visit needs."""

    _inherit = "dental.readiness"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "surgery_consent": self.env._("Surgery: consent signed"),
            "surgery_instructions": self.env._("Surgery: instructions given"),
            "surgery_escort": self.env._("Surgery: escort named and confirmed"),
            "surgery_fasting": self.env._("Surgery: fasting told"),
            "surgery_fasted": self.env._("Surgery: fasting asked on the day"),
            "surgery_clearance": self.env._("Surgery: medical clearance reviewed"),
            "surgery_premed": self.env._("Surgery: premedication told"),
            "surgery_asa": self.env._("Surgery: ASA class stated"),
            "surgery_tasks": self.env._("Surgery: tests and papers due"),
            "surgery_materials": self.env._("Surgery: materials at hand"),
            "surgery_calls": self.env._("Surgery: answers before it decided on"),
            "surgery_time_out": self.env._("Surgery: safety checklist to the time-out"),
            "surgery_discharge": self.env._("Surgery: discharged from recovery"),
            "surgery_sign_out": self.env._("Surgery: safety checklist closed"),
        }

    @api.model
    def _surgery_findings(self, visits, lacks, reason, fix, label):
        """A finding for each surgery that ``lacks`` what it needs."""
        for surgery in visits.surgery_ids.filtered(lacks):
            yield Finding(surgery.appointment_id, reason, fix, label)

    def _check_surgery_consent(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: not s.consent_ids.filtered(lambda c: not c.voided_at),
            self.env._("no consent is signed."),
            "action_surgery_consent",
            self.env._("Consent"),
        )

    def _check_surgery_instructions(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: not s.instructions_given,
            self.env._("the instructions before surgery were not given."),
            "action_surgery_instructions",
            self.env._("Instructions"),
        )

    def _check_surgery_escort(self, visits, rule):
        for surgery in visits.surgery_ids.filtered(
            lambda s: s.escort_needed and not s.escort_confirmed
        ):
            reason = (
                self.env._("the escort is named and has not confirmed.")
                if surgery.escort_name
                else self.env._("nobody is named who takes the patient home.")
            )
            yield Finding(
                surgery.appointment_id, reason, "action_surgery_escort", self.env._("Escort")
            )

    def _check_surgery_fasting(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: s.fasting_needed and not s.fasting_told,
            self.env._("the patient was not told to fast."),
            "action_surgery_fasting",
            self.env._("Fasting"),
        )

    def _check_surgery_fasted(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: s.fasting_needed and not (s.last_food_at and s.last_drink_at),
            self.env._("a clinician has not asked when the patient last ate and drank."),
            "action_surgery_fasting",
            self.env._("Fasting"),
        )

    def _check_surgery_clearance(self, visits, rule):
        for surgery in visits.surgery_ids.filtered("clearance_needed"):
            request = surgery.clearance_id
            if request.state in ("reviewed", "told"):
                continue
            reason = (
                self.env._("the medical clearance is here and not reviewed.")
                if request.state == "received"
                else self.env._("the medical clearance is not here.")
            )
            yield Finding(
                surgery.appointment_id,
                reason,
                "action_surgery_clearance",
                self.env._("Clearance"),
                request.owner_id or None,
            )

    def _check_surgery_premed(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: s.premed_needed and not (s.premed and s.premed_told),
            self.env._("premedication is needed and was not ordered and told."),
            "action_surgery_premed",
            self.env._("Premedication"),
        )

    def _check_surgery_asa(self, visits, rule):
        for surgery in visits.surgery_ids.filtered(lambda s: not s.asa_class):
            visit = surgery.appointment_id
            reason = self.env._("the dentist has not stated the ASA class.")
            owner = visit.provider_id.user_id or None
            yield Finding(visit, reason, "action_surgery_risk", self.env._("ASA class"), owner)

    def _check_surgery_tasks(self, visits, rule):
        for surgery in visits.surgery_ids:
            for task in surgery.task_ids.filtered(lambda t: not t.done_on):
                reason = self.env._(
                    "%(what)s: due %(day)s.",
                    what=task.name,
                    day=format_date(self.env, task.due_on),
                )
                yield Finding(
                    surgery.appointment_id,
                    reason,
                    "action_surgery_tasks",
                    self.env._("Due before"),
                    task.owner_id,
                    key=str(task.id),
                )

    def _check_surgery_materials(self, visits, rule):
        for surgery in visits.surgery_ids:
            waiting = surgery.material_ids.filtered(lambda m: not m._is_secured())
            if waiting:
                names = ", ".join(waiting.mapped("name"))
                yield Finding(
                    surgery.appointment_id,
                    self.env._("not set aside: %s.", names),
                    "action_surgery_materials",
                    self.env._("Materials"),
                )

    def _check_surgery_calls(self, visits, rule):
        for surgery in visits.surgery_ids:
            for call in surgery.call_ids.filtered(lambda c: c.state == "escalated"):
                surgeon = surgery.provider_id
                reason = self.env._(
                    "asked before surgery: %(why)s. %(who)s decides.",
                    why=call.advice_text or self.env._("see the call"),
                    who=surgeon.name,
                )
                yield Finding(
                    surgery.appointment_id,
                    reason,
                    "action_surgery_calls",
                    self.env._("Calls"),
                    surgeon.user_id or None,
                    key=str(call.id),
                )

    def _check_surgery_time_out(self, visits, rule):
        for surgery in visits.surgery_ids.filtered("check_ids"):
            refused = surgery._refused_checks()
            closed = set(surgery.phase_ids.mapped("phase"))
            if refused:
                names = ", ".join(refused.mapped("name"))
                reason = self.env._("answered with no: %s.", names)
            elif closed.issuperset(BEFORE_START):
                continue
            else:
                reason = self.env._("the time-out has not been held.")
            yield Finding(
                surgery.appointment_id, reason, "action_surgery_safety", self.env._("Safety")
            )

    def _check_surgery_sign_out(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: s.check_ids and "sign_out" not in s.phase_ids.mapped("phase"),
            self.env._("the safety checklist is not closed."),
            "action_surgery_safety",
            self.env._("Safety"),
        )

    def _check_surgery_discharge(self, visits, rule):
        return self._surgery_findings(
            visits,
            lambda s: s.started_at and s._needs_recovery() and not s.discharged_at,
            self.env._("the patient is not discharged from recovery."),
            "action_surgery_recovery",
            self.env._("Recovery"),
        )
