# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from .dental_procedure import OPEN


class DentalAppointment(models.Model):
    """The treatment that a kind of visit brings along or asks for."""

    _inherit = "dental.appointment"

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._add_codes()
        visits._check_has_procedures()
        return visits

    def _add_codes(self):
        """Plan the procedures that the kind of visit adds; those planned already are put on it."""
        for visit in self.filtered("type_id.adds_codes"):
            procedures = self.env["dental.procedure"].sudo()
            missing = visit.type_id.code_ids - visit.procedure_ids.code_id
            planned = procedures.search(
                [
                    ("patient_id", "=", visit.patient_id.id),
                    ("code_id", "in", missing.ids),
                    ("appointment_id", "=", False),
                    ("state", "in", OPEN),
                ]
            )
            first = {procedure.code_id: procedure for procedure in planned.sorted(reverse=True)}
            procedures.union(*first.values()).write({"appointment_id": visit.id})
            missing -= planned.code_id
            procedures.create(
                [
                    {
                        "patient_id": visit.patient_id.id,
                        "appointment_id": visit.id,
                        "code_id": code.id,
                        "owner_id": self.env.uid,
                    }
                    for code in missing.filtered(lambda c: c.area_rule in ("none", "mouth"))
                ]
            )

    def _check_has_procedures(self):
        for visit in self.filtered(lambda v: v._has_place() and not v.procedure_ids):
            if visit.company_id._dental_needs_procedure():
                raise UserError(
                    self.env._(
                        "%(number)s: this clinic books no visit without a procedure. Choose "
                        "planned treatment, or a type that adds its procedures.",
                        number=visit.number,
                    )
                )

    def _obstacles(self):
        obstacles = super()._obstacles()
        rule = self.type_id.code_rule
        if not rule:
            return obstacles
        codes = self.type_id.code_ids
        found = self.procedure_ids.code_id & codes
        if (rule == "one" and not found) or (rule == "all" and codes - found):
            names = ", ".join((codes - found).mapped("code"))
            reason = self.env._("%(type)s is for: %(names)s", type=self.type_id.name, names=names)
            obstacles.append({"severity": "warn", "reason": reason})
        return obstacles
