# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    # A day of the book is found at once, however many years lie before it.
    _dental_start = models.Index("(start)")
