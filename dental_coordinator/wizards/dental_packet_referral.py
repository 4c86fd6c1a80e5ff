# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalPacket(models.TransientModel):
    """A packet that goes with a referral: its cover tells what is asked of the practice."""

    _inherit = "dental.packet"

    referral_id = fields.Many2one("dental.referral", readonly=True, ondelete="cascade")

    # Business

    def _check_packet(self):
        referral = self.referral_id
        if referral and referral.patient_id != self.patient_id:
            raise UserError(
                self.env._(
                    "%(number)s is another patient's. Make the packet from the referral itself.",
                    number=referral.number,
                )
            )
        return super()._check_packet()

    def _prepare_disclosure_vals(self, images, content):
        vals = super()._prepare_disclosure_vals(images, content)
        return {**vals, "referral_id": self.referral_id.id}

    def _cover_lines(self, images):
        lines = super()._cover_lines(images)
        if self.referral_id:
            lines[-1:-1] = [*self._referral_lines(), ""]
        return lines

    def _referral_lines(self):
        referral = self.referral_id
        urgency = dict(referral._fields["urgency"]._description_selection(self.env))
        asked = [
            (self.env._("Why: %s"), referral.reason),
            (self.env._("How soon: %s"), urgency[referral.urgency]),
            (self.env._("Where: %s"), referral.site),
            (self.env._("Sent by: %s"), referral.provider_id.name),
            (self.env._("Insurance referral number: %s"), referral.authorisation),
            *(
                (self.env._("Treatment: %s"), f"{one.site or ''} {one.code_id.name}".strip())
                for one in referral.procedure_ids
            ),
        ]
        return [text % value for text, value in asked if value]
