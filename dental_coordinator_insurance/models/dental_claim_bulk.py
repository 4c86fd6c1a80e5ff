# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_billing.reckoning import exact


class DentalClaim(models.Model):
    """Claims of many visits at once, and of what was covered only afterwards."""

    _inherit = "dental.claim"

    # Actions

    def action_split(self):
        """Ask which services go on a claim of their own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split %s", self.number),
            "res_model": "dental.claim.split",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_claim_id": self.id},
        }

    # Business

    @api.model
    def _file_procedures(self, procedures):
        """File what of these procedures is billed, covered and on no claim yet.

        One claim a visit, coverage and place of treatment. Those that lack something, or wait for
        another payer or another visit, are held; the others may go.

        :raises UserError: when nothing of it is to be claimed
        """
        self.check_access("create")
        claims = self.browse()
        for invoice, some in (
            self._claimable(procedures).sudo().grouped(lambda p: p.invoice_line_id.move_id).items()
        ):
            claims |= self._file_shares(
                self._open_shares(some), invoice, self.env._("Made for what was not claimed yet")
            )
        return claims

    @api.model
    def _claimable(self, procedures):
        """Those of these that are billed, covered and on no claim yet.

        :raises UserError: when there are none
        """
        waiting = procedures.search([("id", "in", procedures.ids), ("to_claim", "=", True)])
        if not waiting:
            raise UserError(
                self.env._(
                    "Nothing to claim: these procedures are not billed, not covered on their day, "
                    "kept from the plan, or on a claim already."
                )
            )
        return waiting

    @api.model
    def _open_shares(self, procedures):
        """What each coverage is expected to pay of these, without what it was asked already."""
        visit = procedures.appointment_id[:1]
        as_of = max(procedures.mapped("date_done"))
        estimate = procedures._make_estimate(as_of, appointment=visit)
        lines = procedures.claim_line_ids.filtered("live")
        asked = {(line.procedure_id, line.coverage_id) for line in lines}
        return estimate.line_ids.share_ids.filtered(
            lambda share: exact(share.line_id.fee) > 0
            and share.plan_id.kind != "discount"
            and (share.line_id.procedure_id, share.coverage_id) not in asked
        )

    def _split_off(self, lines):
        """Put some of the services on a new claim to the same payer.

        :raises UserError: when the claim went out or was answered, or nothing would be left
        """
        self.ensure_one()
        self.check_access("write")
        services = self.line_ids.filtered(lambda line: not line.whole_claim)
        if self.state not in ("held", "made", "rejected") or any(services.mapped("answered_on")):
            raise UserError(
                self.env._(
                    "%s is with the payer. Undo the sending before you split it.", self.number
                )
            )
        if not lines or lines == services:
            raise UserError(
                self.env._("%s: choose some of its services, not all of them.", self.number)
            )
        claim = self.sudo()
        new = claim.copy({"line_ids": [], "invoice_id": claim.invoice_id.id})
        claim._book_change(lambda: lines.sudo().write({"claim_id": new.id}))
        new._post_filing()
        (claim | new)._reconcile()
        new._log("made", self.env._("Split off %s", self.number))
        claim._log("note", self.env._("%s was split off", new.number))
        both = claim | new
        complete = both._check_gaps()
        (both - complete)._hold()
        complete._hold_waiting()
        return new.with_env(self.env)
