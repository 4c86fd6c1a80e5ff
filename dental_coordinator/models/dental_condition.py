# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dental_condition_type import KINDS

LEVELS = ("stop", "warn", "info")


class DentalCondition(models.Model):
    """A condition, allergy or medicine of one patient: the one source of every alert."""

    _name = "dental.condition"
    _inherit = ["dental.numbered.mixin", "dental.clinician.mixin", "dental.patient.mixin"]
    _description = "Condition of a patient"
    _order = "status, id"
    _clinician_fields = frozenset({"verified_by_id", "verified_at"})

    type_id = fields.Many2one(
        "dental.condition.type", string="Condition", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(KINDS, compute="_compute_kind", store=True)
    alert_level = fields.Selection(related="type_id.alert_level")
    effect = fields.Char(related="type_id.effect")
    status = fields.Selection(
        [("active", "Active"), ("inactive", "May return"), ("resolved", "Resolved")],
        required=True,
        default="active",
    )
    since = fields.Date()
    until = fields.Date()
    reaction = fields.Char(help="What happened, as for an allergy.")
    severity = fields.Selection([("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")])
    source = fields.Selection(
        [("patient", "Patient"), ("doctor", "Doctor"), ("form", "Form")], default="patient"
    )
    dose = fields.Char()
    frequency = fields.Char()
    prescriber = fields.Char()
    note = fields.Char()
    confirmed_on = fields.Date(
        string="Still true on", help="When the patient last said that it still holds."
    )
    verified_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Verified by"
    )
    verified_at = fields.Datetime(readonly=True, copy=False, string="Verified at")

    _span_positive = models.Constraint(
        "CHECK (until IS NULL OR since IS NULL OR since <= until)",
        "A condition ends after it begins.",
    )
    _active_idx = models.Index("(patient_id) WHERE status = 'active'")

    # Computes

    @api.depends("type_id.kind")
    def _compute_kind(self):
        for condition in self:
            condition.kind = condition.type_id.kind

    # Constraints

    @api.constrains("patient_id", "type_id", "status")
    def _check_twice(self):
        for condition in self.filtered(lambda c: c.status == "active"):
            twin = self.search_count(
                [
                    ("id", "!=", condition.id),
                    ("patient_id", "=", condition.patient_id.id),
                    ("type_id", "=", condition.type_id.id),
                    ("status", "=", "active"),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "%(type)s is already on this file. Change the line that is there.",
                        type=condition.type_id.name,
                    )
                )

    # Actions

    def action_still_true(self):
        """The patient says that it still holds."""
        self.write({"confirmed_on": fields.Date.context_today(self), "status": "active"})
        return True

    def action_resolve(self):
        self.write({"status": "resolved", "until": fields.Date.context_today(self)})
        return True

    def action_verify(self):
        """A clinician has checked it."""
        self.write({"verified_by_id": self.env.uid, "verified_at": fields.Datetime.now()})
        return True

    # Business

    def _prepare_alert(self):
        """What the header shows of it.

        :return: {id, level: stop|warn|info, kind, text, detail, premedication}
        """
        kind = self.type_id
        details = (self.reaction, self.dose, kind.effect, self.note)
        return {
            "id": self.id,
            "level": kind.alert_level,
            "kind": kind.kind,
            "text": kind.name,
            "detail": ". ".join(detail for detail in details if detail),
            "premedication": kind.premedication,
        }
