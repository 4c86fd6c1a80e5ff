# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """A print of a patient's record is a disclosure: it is logged, whatever its format."""
        model = self.env.get(report.model)
        if model is not None and hasattr(model, "_record_access") and docids:
            model.browse(docids)._record_access("print")
        return super()._get_rendering_context(report, docids, data)
