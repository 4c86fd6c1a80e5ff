# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError


class DentalPatientLinksMixin(models.AbstractModel):
    """What a record of one patient points to belongs to the same patient."""

    _name = "dental.patient.links.mixin"
    _inherit = "dental.patient.mixin"
    _description = "Linked within one patient's file"

    #: relational fields whose records have a ``patient_id``
    _patient_links = ()

    @api.constrains(lambda self: ["patient_id", *self._patient_links])
    def _check_patient_links(self):
        for record in self.sudo():
            for name in self._patient_links:
                if record[name].patient_id - record.patient_id:
                    raise ValidationError(
                        self.env._(
                            "%(name)s: %(field)s belongs to another patient. Choose one of the "
                            "same file.",
                            name=record.display_name,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
