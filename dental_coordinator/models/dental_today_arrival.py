# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL


class DentalToday(models.AbstractModel):
    """A row says when it was the patient himself who told that he is here, and where he waits."""

    _inherit = "dental.today"

    def _row_columns(self):
        return {**super()._row_columns(), "arrived_by": SQL.identifier("visit", "arrived_by")}

    def _prepare_row(self, row, flags, seated):
        told = row["arrived_by"] or ""
        return {**super()._prepare_row(row, flags, seated), "arrived_by": told}
