# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        """A company that gets its chart of accounts later gets the dental accounts with it."""
        result = super()._post_load_data(template_code, company, template_data)
        (company or self.env.company)._dental_setup_accounts()
        return result
