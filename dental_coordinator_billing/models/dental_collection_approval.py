# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dental_coordinator.models.lock_alone import lock_alone


class DentalCollectionApproval(models.Model):
    """Handing an account over, or writing it off: asked by whoever collects, decided by a manager.

    Nothing is booked by it. What is written off is credited on its bills.
    """

    _name = "dental.collection.approval"
    _inherit = ["dental.numbered.mixin", "dental.account.mixin"]
    _description = "Approval to hand over or write off"
    _order = "id desc"

    case_id = fields.Many2one(
        "dental.collection.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    rule_id = fields.Many2one(
        "dental.collection.rule", string="Step", readonly=True, ondelete="restrict"
    )
    what = fields.Selection(
        [("agency", "Hand over to an agency"), ("write_off", "Write off")],
        required=True,
        readonly=True,
    )
    reason = fields.Char(string="Why", required=True, readonly=True)
    amount = fields.Monetary(string="Overdue then", readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="asked",
        index=True,
    )
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", string="Decided by"
    )
    decided_on = fields.Date(readonly=True, string="Decided on")
    decision_note = fields.Char(string="Note of the manager")

    _one_asked = models.UniqueIndex(
        "(case_id) WHERE state = 'asked'", "Approval for this account was asked for already."
    )

    # Actions

    def action_approve(self):
        """It may be done; what is done, somebody does by hand."""
        for approval in self:
            approval._check_open()
            row = approval.case_id._row()
            if row.step_kind != "last":
                raise UserError(row._no_step_message())
            approval._decide("approved")
        return self[:1].action_open_bills() if self[:1].what == "write_off" else True

    def action_refuse(self):
        for approval in self:
            approval._check_open()
            approval._decide("refused")
        return True

    def action_open_bills(self):
        """What is open on this account, to credit it bill by bill."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.number,
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("partner_id", "=", self.guarantor_id.commercial_partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("move_type", "=", "out_invoice"),
                ("amount_residual", ">", 0),
            ],
        }

    def action_open_row(self):
        self.ensure_one()
        return self.case_id.action_open_row()

    # Business

    def _check_open(self):
        """Managers alone decide, one at a time, once.

        :raises AccessError, UserError:
        """
        if not self.env.user.has_group("dental_coordinator.group_manager"):
            raise AccessError(self.env._("%s: a manager decides this.", self.number))
        lock_alone(self)
        if self.state != "asked":
            raise UserError(self.env._("%s is decided already.", self.number))

    def _decide(self, state):
        today = fields.Date.context_today(self)
        self.write({"state": state, "decided_by_id": self.env.uid, "decided_on": today})
        steps = {
            "agency": self.env._("%s is approved: hand it over", self.number),
            "write_off": self.env._("%s is approved: credit the bills", self.number),
            "refused": self.env._("%s is refused: go on", self.number),
        }
        step = steps["refused" if state == "refused" else self.what]
        case = self.case_id
        if state == "approved":
            case._take_step(self.rule_id)
        case.write({"approval_id": False, "next_action": step, "next_date": today})
