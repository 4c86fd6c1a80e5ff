# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    # Actions

    def reverse_moves(self, is_modify=False):
        self.move_ids._dental_check_reversal(is_modify)
        return super().reverse_moves(is_modify)
