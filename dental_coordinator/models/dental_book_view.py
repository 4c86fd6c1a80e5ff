# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

ITEMS = ("type", "alerts", "new", "note", "provider")


class DentalBookView(models.Model):
    """A way to look at the book: which chairs and providers, what the cards say, from when on."""

    _name = "dental.book.view"
    _description = "View of the book"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Only for",
        default=lambda self: self.env.user,
        index=True,
        help="Empty: everybody of the team has this view.",
    )
    function_key = fields.Selection([(f"F{n}", f"F{n}") for n in range(1, 10)], string="Key")
    layout = fields.Selection(
        [("day", "Day by chairs"), ("week", "Week of a provider")], required=True, default="day"
    )
    operatory_ids = fields.Many2many(
        "dental.operatory",
        "dental_book_view_operatory_rel",
        "view_id",
        "operatory_id",
        string="Chairs",
        help="Empty: all.",
    )
    provider_ids = fields.Many2many(
        "dental.provider",
        "dental_book_view_provider_rel",
        "view_id",
        "provider_id",
        string="Providers",
        help="Whose weeks can be chosen. Empty: all.",
    )
    item_ids = fields.Many2many(
        "dental.book.item",
        "dental_book_view_item_rel",
        "view_id",
        "item_id",
        string="On the cards",
        default=lambda self: self.env["dental.book.item"].search([("key", "in", ITEMS)]),
        help="Beside the time, the patient and where the visit stands.",
    )
    slot_minutes = fields.Selection(
        [("5", "5 minutes"), ("10", "10 minutes"), ("15", "15 minutes")],
        string="Lines every",
        required=True,
        default="10",
        help="Also the steps in which a visit is dragged.",
    )
    start_rule = fields.Selection(
        [
            ("dynamic", "When the first one works or comes"),
            ("fixed", "Always at the same hours"),
        ],
        string="The day begins",
        required=True,
        default="dynamic",
    )
    start_hour = fields.Float(default=8.0, string="Start hour")
    stop_hour = fields.Float(default=18.0, string="Stop hour")
    only_used = fields.Boolean(
        string="Leave out what is empty",
        help="Chairs, or days of the week, at which nobody works and nobody comes.",
    )
    privacy = fields.Selection(
        [("names", "Names"), ("initials", "Initials"), ("numbers", "File numbers")],
        string="Patients are shown by",
        required=True,
        default="names",
    )
    peek = fields.Boolean(
        string="Details on hovering", default=True, help="The space bar shows them in any case."
    )

    _hours_order = models.Constraint(
        "CHECK (0 <= start_hour AND start_hour < stop_hour AND stop_hour <= 24)",
        "The book's day begins before it ends, between 0 and 24: correct the hours.",
    )
    _key_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), COALESCE(user_id, 0), function_key)"
        " WHERE function_key IS NOT NULL AND active",
        "Another view has this key. Choose a free one.",
    )

    # Constraints

    @api.constrains("operatory_ids", "provider_ids", "company_id")
    def _check_company(self, fnames=None):
        for view in self.sudo():
            owners = view.operatory_ids.company_id | view.provider_ids.company_id
            if view.company_id and owners - view.company_id:
                raise ValidationError(
                    self.env._(
                        "View %(name)s: chairs and providers belong to another clinic. Choose "
                        "those of %(company)s.",
                        name=view.name,
                        company=view.company_id.name,
                    )
                )
