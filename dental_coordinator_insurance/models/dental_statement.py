# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalStatement(models.Model):
    """What of an orthodontic treatment is open is told by the treatment, not by its bill."""

    _inherit = "dental.statement"

    # Business

    def _other_rows(self, items):
        others = items.filtered(lambda item: not item.dental_appointment_id)
        rows = super()._other_rows(items)
        for row, item in zip(rows, others, strict=True):
            step = item.sudo().move_id.invoice_line_ids.dental_procedure_id.ortho_step_id[:1]
            if step:
                row["label"] = step._statement_label()
        return rows


class DentalOrthoStep(models.Model):
    _inherit = "dental.ortho.step"

    # Business

    def _statement_label(self):
        """The part as the guarantor reads it; of a restricted file nothing but numbers."""
        words = {"case": self.case_id.number, "number": self.number}
        if self.patient_id.restricted:
            return self.env._("%(case)s, part %(number)s", **words)
        return self.env._("Orthodontic treatment %(case)s, part %(number)s", **words)
