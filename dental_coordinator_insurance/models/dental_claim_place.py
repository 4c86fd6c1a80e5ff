# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import api, fields, models

from .. import x12

# Treated without any place.
NO_PLACE = ("02", "10")
# In the clinic: its own address, or that of another office of it.
NO_ADDRESS = ("11", *NO_PLACE)


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    claim_place_id = fields.Many2one(
        "res.partner",
        string="Address there",
        ondelete="restrict",
        help="Hospital, home or school at which the patient is treated, as claims tell it.",
    )


class DentalClaim(models.Model):
    """Where else than in the clinic it was done, and who assisted or supervised."""

    _inherit = "dental.claim"

    place_id = fields.Many2one(
        "res.partner",
        string="Address of treatment",
        ondelete="restrict",
        help="Where it is not the clinic's own.",
    )
    assistant_id = fields.Many2one(
        "dental.provider", string="Assisting surgeon", ondelete="restrict"
    )
    supervising_id = fields.Many2one(
        "dental.provider", string="Supervising dentist", ondelete="restrict"
    )

    # Business

    @api.model
    def _prepare_claim_vals(self, coverage, shares, invoice):
        return {
            **super()._prepare_claim_vals(coverage, shares, invoice),
            "place_id": invoice.dental_appointment_id.claim_place_id.id,
        }

    def _hints(self):
        texts = super()._hints()
        if self.place not in NO_ADDRESS and not self.place_id:
            texts.insert(
                0,
                self.env._("Payers want the address of treatment: enter it under Particulars."),
            )
        return texts

    def _x12_document(self):
        claim = self.sudo()
        return replace(
            super()._x12_document(),
            service_place=claim._x12_service_place(),
            assistant=claim._x12_dentist(claim.assistant_id),
            supervising=claim._x12_dentist(claim.supervising_id),
        )

    def _x12_service_place(self):
        if not self.place_id or self.place in NO_PLACE:
            return None
        return x12.Provider(
            name=self.place_id.name or "",
            organization=True,
            address=self._x12_address(self.place_id),
        )

    @api.model
    def _x12_dentist(self, provider):
        if not provider:
            return None
        return x12.Provider(
            name=provider.last_name or provider.name,
            first=provider.first_name or "",
            npi=provider.npi or "",
            taxonomy=provider.taxonomy or "",
            license=provider.license_no or "",
        )

    def _service_place_field(self, rest):
        if rest.startswith("address") and self.place_id:
            return self.place_id, self._address_field(rest)
        return self, "place_id"

    def _assistant_field(self, rest):
        return self._dentist_field(self.assistant_id, "assistant_id", rest)

    def _supervising_field(self, rest):
        return self._dentist_field(self.supervising_id, "supervising_id", rest)
