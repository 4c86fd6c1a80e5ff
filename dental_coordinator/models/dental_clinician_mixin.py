# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError


class DentalClinicianMixin(models.AbstractModel):
    """Some facts of a record are a clinician's to state, though others may write the record."""

    _name = "dental.clinician.mixin"
    _description = "Holds facts that a clinician states"

    #: names of fields that only a clinician sets
    _clinician_fields = frozenset()
    #: states that only a clinician gives
    _clinician_states = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # A form sends every field: only what says something counts.
            self._check_clinician({name: value for name, value in vals.items() if value})
        return super().create(vals_list)

    def write(self, vals):
        self._check_clinician(vals)
        return super().write(vals)

    @api.model
    def _is_clinician(self):
        return self.env.su or self.env.user.has_group("dental_coordinator.group_clinician")

    def _check_clinician(self, vals):
        """Refuse a clinician's fact from anybody else.

        :raises AccessError: naming the fields
        """
        names = self._clinician_fields & vals.keys()
        if vals.get("state") in self._clinician_states:
            names |= {"state"}
        if names and not self._is_clinician():
            labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
            raise AccessError(
                self.env._(
                    "%(fields)s: only a clinician states this. Ask the dentist to do it.",
                    fields=", ".join(labels),
                )
            )
