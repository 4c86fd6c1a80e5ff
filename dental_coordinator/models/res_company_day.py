# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How a clinic runs its day."""

    _inherit = "res.company"

    dental_missed_minutes = fields.Integer(
        string="Propose as missed after",
        default=30,
        help="Minutes after the start of a visit from which a patient who is not here is proposed "
        "as missed. A person decides. 0: never.",
    )
    dental_hole_minutes = fields.Integer(
        string="Shortest hole", default=20, help="Minutes from which empty time is worth filling."
    )
    dental_turnover = fields.Boolean(
        string="Rooms are cleaned between patients",
        default=True,
        help="Whoever leaves the chair leaves a room to clean; the board shows since when.",
    )
    dental_seat_ready = fields.Boolean(
        string="Seat only in a ready room",
        help="A room that is not ready stops the patient; otherwise it is only said.",
    )
    dental_hall_label = fields.Selection(
        [("ticket", "Ticket number"), ("initials", "Initials")],
        string="Hall screen shows",
        default="ticket",
        required=True,
    )
    dental_hall_minutes = fields.Integer(
        string="A call stays on the hall screen for", default=10, help="Minutes."
    )

    _dental_day_minutes = models.Constraint(
        "CHECK (dental_missed_minutes >= 0 AND dental_hole_minutes > 0"
        " AND dental_hall_minutes > 0)",
        "Minutes of the day are above zero: correct them in the dental settings.",
    )
