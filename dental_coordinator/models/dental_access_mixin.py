# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

from odoo import api, models

# Nobody who calls from outside knows it: a client cannot say that its reading is logged already.
RECORDED = secrets.token_hex()


class DentalAccessMixin(models.AbstractModel):
    """Every reading of a patient's record by a person leaves a line in the access log.

    Reads made by the server on its own behalf (superuser) are not logged: they disclose nothing.
    """

    _name = "dental.access.mixin"
    _description = "Readings are logged"

    def web_read(self, specification):
        self._record_reading()
        return super(DentalAccessMixin, self._access_recorded()).web_read(specification)

    def read(self, fields=None, load="_classic_read"):
        self._record_reading()
        return super(DentalAccessMixin, self._access_recorded()).read(fields, load)

    @api.model
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **kwargs):
        self.search(domain or [], offset=offset, limit=limit, order=order)._record_reading()
        return super(DentalAccessMixin, self._access_recorded()).search_read(
            domain, fields, offset, limit, order, **kwargs
        )

    @api.model
    def web_search_read(self, *args, **kwargs):
        return super().web_search_read(*args, **kwargs)

    def export_data(self, fields_to_export):
        self._record_access("export")
        return super(DentalAccessMixin, self._access_recorded()).export_data(fields_to_export)

    # The log is written, so these must not run on a read-only cursor.
    web_read._readonly = False
    read._readonly = False
    search_read._readonly = False
    web_search_read._readonly = False

    def _access_patients(self):
        """Patients whose file these records belong to."""
        return self.patient_id

    def _access_recorded(self):
        """The same records, whose lines and tabs are part of the reading already logged."""
        return self.with_context(dental_access_recorded=RECORDED)

    def _record_reading(self):
        if not self.env.su and self.env.context.get("dental_access_recorded") != RECORDED:
            self._record_access("open" if len(self) == 1 else "list")

    def _record_access(self, action, reason=None):
        """Write who did ``action`` (see `dental.access.log`) to the file of these patients.

        A record that is only being filled in has no id yet; its patient may be there already.
        """
        self.env["dental.access.log"]._record(
            self.sudo()._access_patients()._origin,
            action,
            model=self._name,
            res_id=self._origin.id or None if len(self) == 1 else None,
            reason=reason,
        )
