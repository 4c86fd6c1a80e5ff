# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class DentalBreakGlass(models.TransientModel):
    """Ask for a restricted file: a reason, a time, and somebody reviews it."""

    _name = "dental.break.glass"
    _description = "Open a restricted file"

    patient_number = fields.Char(required=True, string="File number")
    reason = fields.Char(required=True)
    hours = fields.Integer(required=True, default=4)

    def action_open(self):
        """Grant access for the hours asked, log it, tell the privacy officers, open the file."""
        self.ensure_one()
        if not 1 <= self.hours <= 72:
            raise UserError(self.env._("Hours: ask for 1 to 72 hours."))
        grant = self._grant()
        patient = grant.patient_id.sudo(False)
        patient._record_access("break_glass", reason=self.reason)
        return patient.action_open_file()

    def _grant(self):
        self.env["dental.patient"].check_access("read")
        patient = (
            self.env["dental.patient"]
            .sudo()
            .search(
                [
                    ("number", "=", self.patient_number.strip()),
                    ("company_id", "in", self.env.companies.ids),
                ]
            )
        )
        if not patient:
            raise UserError(
                self.env._(
                    "File number: there is no file %(number)s in this clinic. Check the number.",
                    number=self.patient_number,
                )
            )
        now = fields.Datetime.now()
        grant = (
            self.env["dental.access.grant"]
            .sudo()
            .with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
            .create(
                {
                    "user_id": self.env.uid,
                    "patient_id": patient.id,
                    "reason": self.reason,
                    "date_from": now,
                    "until": now + timedelta(hours=self.hours),
                }
            )
        )
        grant._tell_privacy_officers()
        return grant
