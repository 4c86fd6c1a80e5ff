# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    """How the clinic works with a payer's claims and payments."""

    _inherit = "res.partner"

    dental_auto_post = fields.Selection(
        [
            ("hand", "By a person"),
            ("expected", "By itself when paid as expected"),
            ("decided", "By itself when nothing is left to decide"),
        ],
        string="Payments are posted",
        default="hand",
        help="Never by itself: what does not balance, is not matched, or waits for a decision.",
    )
    dental_stop_reasons = fields.Char(
        string="Always look at reasons",
        help="Reason codes of this payer, separated by blanks, that a person looks at before the "
        "payment is posted. Those by which any payer asks for something are always looked at.",
    )
