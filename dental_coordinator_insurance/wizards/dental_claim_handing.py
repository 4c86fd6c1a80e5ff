# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DentalClaimHanding(models.TransientModel):
    """Claims that went to their payers on paper, by fax or in a portal."""

    _name = "dental.claim.handing"
    _description = "Claims sent without a file"

    claim_ids = fields.Many2many("dental.claim", required=True, readonly=True)
    how = fields.Selection(
        [
            ("mail", "By mail"),
            ("fax", "By fax"),
            ("portal", "In the payer's portal"),
            ("other", "Another way"),
        ],
        required=True,
        default="mail",
    )
    day = fields.Date(string="Sent on", required=True, default=fields.Date.context_today)
    reference = fields.Char(help="Tracking number of the letter, or the portal's confirmation.")

    # Constraints

    @api.constrains("day")
    def _check_day(self):
        for wizard in self:
            if wizard.day > fields.Date.context_today(wizard):
                raise ValidationError(
                    self.env._("Sent on: %s has not come yet. Enter the day it went.", wizard.day)
                )

    # Actions

    def action_note(self):
        self.ensure_one()
        how = dict(self._fields["how"]._description_selection(self.env))[self.how]
        self.claim_ids._hand_over(", ".join(filter(None, (how, self.reference))), self.day)
        return True
