# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_image import XRAYS

# What may go into a packet by its purpose; what is not named stays in the file.
FOR = {
    "payer": (*XRAYS, "photo", "scan", "perio"),
    "treatment": (*XRAYS, "photo", "scan", "perio", "biopsy", "clearance", "records"),
    "patient": None,
    "authority": None,
}


class DentalImage(models.Model):
    """Which documents of a file may be given away, and for what."""

    _inherit = "dental.image"

    kept_back = fields.Boolean(
        string="Only to the patient",
        help="Sensitive, such as a blood test: it goes into no packet but the patient's own.",
    )

    # Business

    def _for_purpose(self, purpose):
        """Those of these that may be given for a purpose (see `dental.disclosure`)."""
        kinds = FOR.get(purpose)
        return self.filtered(
            lambda image: (kinds is None or image.kind in kinds)
            and (purpose == "patient" or not image.kept_back)
        )
