# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models


class DentalStepsMixin(models.AbstractModel):
    """Something of a patient that goes its way in steps; each says what is next, and when."""

    _name = "dental.steps.mixin"
    _description = "Goes its way in steps"
    _inherit = [
        "dental.numbered.mixin",
        "dental.flow.mixin",
        "dental.site.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]

    teeth = fields.Char(help="As in 36, 37 or 11-13.")
    age_days = fields.Integer(compute="_compute_age_days", string="Age")

    # Computes

    @api.depends("create_date")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for record in self:
            record.age_days = (now - (record.create_date or now)).days

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        records = super(DentalStepsMixin, quiet).create(vals_list)
        for record in records.filtered(lambda r: not r.next_action):
            record.next_action = record._prepare_next(record.state)["next_action"]
        return records.with_env(self.env)

    # Business

    def _step(self, state, **vals):
        for record in self:
            record.write({"state": state, **record._prepare_next(state), **vals})
        return True

    def _prepare_next(self, state):
        """What is next when a state is reached, and by when.

        :return: values of ``next_action`` and, while it is open, ``next_date``
        """
        action, days = self._next_steps().get(state, (False, None))
        if not action:
            return {"next_action": False}
        day = fields.Date.context_today(self) + timedelta(days=days)
        return {"next_action": action, "next_date": day}

    def _next_steps(self):
        """``{state: (what is to be done, days from now)}`` of the states that are open."""
        raise NotImplementedError
