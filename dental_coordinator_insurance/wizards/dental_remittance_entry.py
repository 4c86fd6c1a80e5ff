# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

OTHERS = [
    ("L6", "Interest that the payer pays"),
    ("WO", "Take-back: an earlier payment is held back"),
    ("FB", "Balance carried forward"),
    ("72", "Refund that we sent back"),
    ("CS", "Correction"),
    ("50", "Penalty for late filing"),
]
ANSWERABLE = (
    "[('payer_id', '=', payer_id), ('company_id', '=', company_id), "
    "('state', 'in', ('made', 'sent', 'accepted', 'rejected', 'answered', 'closed'))]"
)


class DentalRemittanceEntry(models.TransientModel):
    """A payer's cheque and letter on the desk: what it is, and for which claims."""

    _name = "dental.remittance.entry"
    _description = "Enter a payment"

    remittance_id = fields.Many2one("dental.remittance", readonly=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    payer_id = fields.Many2one("res.partner", required=True, domain=[("dental_payer", "=", True)])
    method = fields.Selection(
        [("CHK", "Cheque"), ("ACH", "Bank transfer"), ("FWT", "Wire"), ("NON", "No payment")],
        default="CHK",
        required=True,
    )
    trace = fields.Char(string="Cheque or trace number")
    date = fields.Date(default=fields.Date.context_today, required=True)
    amount = fields.Monetary()
    claim_ids = fields.Many2many("dental.claim", string="Claims that it answers", domain=ANSWERABLE)
    find_id = fields.Many2one(
        "dental.claim",
        string="Add a claim",
        domain=ANSWERABLE,
        help="By number or last name; what is chosen joins the claims below.",
    )
    other_reason = fields.Selection(OTHERS, string="And, for no claim")
    other_amount = fields.Monetary(
        string="Amount for no claim", help="Positive: the payer paid less. Negative: it paid more."
    )
    other_account_id = fields.Many2one("account.account", string="Goes to", check_company=True)

    # CRUD

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        remittance = self.env["dental.remittance"].browse(values.get("remittance_id"))
        for name in ("payer_id", "company_id", "method", "trace", "date", "amount"):
            if remittance and name in fields_list:
                value = remittance[name]
                values[name] = value.id if isinstance(value, models.BaseModel) else value
        return values

    # Onchange

    @api.onchange("find_id")
    def _onchange_find_id(self):
        self.claim_ids |= self.find_id
        self.find_id = False

    # Actions

    def action_enter(self):
        """Open the payment with these claims on it, as they are expected to be paid."""
        self.ensure_one()
        remittance = self.remittance_id or self._make_remittance()
        if remittance.state != "open" or not remittance.by_hand:
            raise UserError(self.env._("%s is not open for entry.", remittance.number))
        remittance._add_claims(self.claim_ids)
        if self.other_reason and self.other_amount:
            self.env["dental.remittance.adjustment"].sudo().create(
                {
                    "remittance_id": remittance.id,
                    "group": "PLB",
                    "reason": self.other_reason,
                    "amount": self.other_amount,
                    "account_id": self.other_account_id.id
                    or remittance._default_account(self.company_id, self.other_reason),
                }
            )
        return remittance.action_open()

    # Business

    def _make_remittance(self):
        if self.method != "NON" and not self.trace:
            raise UserError(self.env._("Enter the number of the cheque or of the transfer."))
        return self.env["dental.remittance"].create(
            {
                "by_hand": True,
                "company_id": self.company_id.id,
                "payer_id": self.payer_id.id,
                "payer_name": self.payer_id.name,
                "method": self.method,
                "trace": self.trace or False,
                "date": self.date,
                "amount": self.amount if self.method != "NON" else 0.0,
                "next_action": self.env._("Post"),
            }
        )
