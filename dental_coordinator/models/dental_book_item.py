# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalBookItem(models.Model):
    """One thing that a card of the book can show; `dental.book._card_items` fills it.

    Addons bring theirs as data, with the key under which their part of `_card_items` answers.
    """

    _name = "dental.book.item"
    _description = "Item of the book's cards"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    help_text = fields.Char(string="What it says", translate=True)

    _key_uniq = models.Constraint("UNIQUE (key)", "There is an item of this key already.")
