# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class DentalFlowMixin(models.AbstractModel):
    """A state that moves only along the steps of ``_flow``, whoever writes it."""

    _name = "dental.flow.mixin"
    _description = "Moves along fixed steps"

    #: state -> states that may come next
    _flow = {}

    def write(self, vals):
        if "state" in vals:
            self._check_flow(vals["state"])
        return super().write(vals)

    def _check_flow(self, state):
        """Refuse a step that does not follow from where a record is.

        :raises UserError: naming the record, its state and the one asked for
        """
        for record in self:
            if record.state != state and state not in self._flow.get(record.state, ()):
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is at “%(now)s” and cannot go to “%(then)s”. Refresh the "
                        "screen: somebody may have changed it.",
                        name=record.display_name,
                        now=labels[record.state],
                        then=labels.get(state, state),
                    )
                )
