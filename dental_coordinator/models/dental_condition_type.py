# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

KINDS = [
    ("problem", "Illness"),
    ("allergy", "Allergy"),
    ("medicine", "Medicine"),
    ("device", "Implant or device"),
    ("pregnancy", "Pregnancy"),
    ("habit", "Habit"),
]


class DentalConditionType(models.Model):
    """Something about a patient's health that the team must know, in the clinic's own words."""

    _name = "dental.condition.type"
    _description = "Condition, allergy or medicine"
    _order = "kind, name, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="problem")
    alert_level = fields.Selection(
        [("info", "Information"), ("warn", "Warning"), ("stop", "Stop and ask")],
        required=True,
        default="warn",
        help="How the header of the file shows it.",
        string="Alert level",
    )
    effect = fields.Char(translate=True, help="What the team does because of it.")
    premedication = fields.Boolean(help="Needs medicine before some treatment: ask the dentist.")
    ask_each_visit = fields.Boolean(string="Ask each visit")
    code_system = fields.Char(
        help="Name of the code list the clinic uses, if any.", string="Code system"
    )
    code = fields.Char()
    active = fields.Boolean(default=True)

    _kind_name_uniq = models.Constraint(
        "UNIQUE (kind, name)", "There is already a condition of this kind with this name."
    )
