# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalSlotProposal(models.TransientModel):
    """A place in the book, or a set of places that are booked together."""

    _name = "dental.slot.proposal"
    _description = "Proposed slot"
    _order = "start, id"

    finder_id = fields.Many2one("dental.slot.finder", ondelete="cascade")
    start = fields.Datetime(readonly=True)
    stop = fields.Datetime(readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    operatory_id = fields.Many2one("dental.operatory", string="Chair", readonly=True)
    reasons = fields.Char(readonly=True)
    place_ids = fields.One2many("dental.slot.place", "proposal_id", readonly=True)
    card = fields.Json(
        readonly=True,
        help="{places: [{start, stop, provider, chair, who, type}], reasons: [text]}",
    )

    def action_book(self):
        """Book all of it, or nothing, and show what was booked."""
        self.ensure_one()
        visits = self._move() if self.finder_id.appointment_id else self._book()
        action = {"type": "ir.actions.act_window", "res_model": "dental.appointment"}
        if len(visits) == 1:
            return {**action, "res_id": visits.id, "views": [(False, "form")]}
        return {
            **action,
            "name": self.env._("Booked"),
            "domain": [("id", "in", visits.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def _book(self):
        places = self.place_ids
        visits = self.env["dental.appointment"].create(
            [place._prepare_visit_vals() for place in places]
        )
        if self.finder_id.with_chain:
            for before, visit in zip(visits, visits[1:], strict=False):
                visit.after_id = before
        return visits

    def _move(self):
        """The visit that waits for a place, or has another one, comes here."""
        visit = self.finder_id.appointment_id
        moved = visit.with_context(dental_move_reason=self.finder_id.move_reason)
        moved._place(self.start, self.provider_id, self.operatory_id)
        return visit

    def _prepare_visit_vals(self):
        return self.place_ids[0]._prepare_visit_vals()
