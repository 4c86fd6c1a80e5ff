# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

# One row for each item that a claim booked beside the receivables: what was written off, and what
# of it came back. The day of the entry is the ledger's own.
VIEW = """
    SELECT item.id,
           item.company_id,
           item.dental_claim_id AS claim_id,
           item.move_id,
           claim.payer_id,
           claim.plan_id,
           claim.provider_id,
           claim.date_service,
           COALESCE(claim.sent_on, claim.create_date::date) AS date_claim,
           item.date AS date_entry,
           move.dental_kind AS kind,
           item.balance AS amount
      FROM account_move_line item
      JOIN account_move move ON move.id = item.move_id
      JOIN account_account account ON account.id = item.account_id
      JOIN dental_claim claim ON claim.id = item.dental_claim_id
     WHERE item.parent_state = 'posted'
       AND account.account_type != 'asset_receivable'
"""


class DentalWriteOffReport(models.Model):
    """What was written off for plans, by the day of the service, of the claim or of the entry."""

    _name = "dental.write.off.report"
    _description = "Write-offs"
    _auto = False
    _order = "date_entry desc, id desc"
    _rec_name = "claim_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    claim_id = fields.Many2one("dental.claim", readonly=True)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True)
    payer_id = fields.Many2one("res.partner", readonly=True)
    plan_id = fields.Many2one("dental.insurance.plan", readonly=True)
    provider_id = fields.Many2one("dental.provider", string="Dentist", readonly=True)
    date_service = fields.Date(string="Day of the service", readonly=True)
    date_claim = fields.Date(
        string="Day of the claim", readonly=True, help="Sent; until then, made."
    )
    date_entry = fields.Date(
        string="Day of the entry", readonly=True, help="As in the general ledger."
    )
    kind = fields.Selection(
        [("transfer", "As expected, or decided"), ("remittance", "By the payer's answer")],
        string="Booked",
        readonly=True,
    )
    amount = fields.Monetary(string="Written off", readonly=True)

    @property
    def _table_query(self):
        return VIEW
