# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Contacts of two patients stay apart: two files must not become one unseen."""
        patients = self.env["dental.patient"].sudo().with_context(active_test=False)
        if patients.search_count([("partner_id", "in", partner_ids)], limit=2) > 1:
            raise UserError(
                self.env._("These contacts cannot be merged: more than one of them is in use.")
            )
        return super()._merge(partner_ids, dst_partner, extra_checks)
