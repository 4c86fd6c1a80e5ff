# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalSlotFinder(models.TransientModel):
    """What the caller wants, and the first places in the book that fit."""

    _name = "dental.slot.finder"
    _description = "Find a slot"

    patient_id = fields.Many2one("dental.patient", required=True)
    type_id = fields.Many2one("dental.appointment.type", required=True)
    pattern = fields.Char(compute="_compute_pattern", store=True, readonly=False)
    minutes = fields.Integer(compute="_compute_minutes")
    provider_id = fields.Many2one("dental.provider", help="Empty: whoever is free first.")
    operatory_id = fields.Many2one("dental.operatory", string="Chair")
    earliest = fields.Date(required=True, default=fields.Date.context_today, string="Not before")
    part_of_day = fields.Selection(
        [
            ("early", "Before 9"),
            ("morning", "Morning"),
            ("afternoon", "Afternoon"),
            ("late", "After 4"),
        ],
        string="Part of day",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ]
    )
    # Several visits at once
    member_ids = fields.One2many("dental.slot.member", "finder_id", string="Coming along")
    family_mode = fields.Selection(
        [("side_by_side", "At the same time"), ("back_to_back", "One after the other")],
        string="Family comes",
        default="side_by_side",
        required=True,
    )
    next_type_id = fields.Many2one(related="type_id.next_type_id")
    with_chain = fields.Boolean(
        string="Whole treatment", help="The visits that follow too, with the time between them."
    )
    # A visit that moves
    appointment_id = fields.Many2one("dental.appointment", string="Moves")
    move_reason = fields.Char(string="Why it moves")
    proposal_ids = fields.One2many("dental.slot.proposal", "finder_id", readonly=True)
    searched = fields.Boolean(readonly=True)
    nothing = fields.Char(readonly=True, help="Why nothing was found.")

    # Computes

    def _compute_display_name(self):
        self.display_name = self.env._("Find a slot")

    @api.depends("type_id", "patient_id")
    def _compute_pattern(self):
        for finder in self:
            needs = finder.patient_id.sudo().access_need_ids
            finder.pattern = needs._widen(finder.type_id.pattern or "X")

    @api.depends("pattern")
    def _compute_minutes(self):
        for finder in self:
            finder.minutes = 10 * len(finder.pattern or "")

    # Actions

    def action_search(self):
        """Propose the first opening on each of the next ten days that have one."""
        self.ensure_one()
        found = self._find()
        rows = self._prepare_proposals(found)
        self.write(
            {
                "searched": True,
                "nothing": False if rows else self._why_nothing(),
                "proposal_ids": [
                    fields.Command.clear(),
                    *(fields.Command.create(row) for row in rows),
                ],
            }
        )
        return self._action_open()

    def action_add_family(self):
        """Let everybody of the family who is due come along."""
        self.ensure_one()
        family = (
            self.patient_id.family_id.patient_ids - self.patient_id - self.member_ids.patient_id
        )
        due = family.filtered(lambda patient: patient.status == "patient")
        self.member_ids = [
            fields.Command.create({"patient_id": patient.id, "type_id": self.type_id.id})
            for patient in due
        ]
        return self._action_open()

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Find a slot"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
