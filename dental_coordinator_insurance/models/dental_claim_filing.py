# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Command, Date

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12


class DentalClaim(models.Model):
    """From the bill of a visit to the claims for it."""

    _inherit = "dental.claim"

    # Business

    @api.model
    def _file_for(self, estimate, invoice):
        """Make and book the claims for a bill, one a coverage, as its plan is expected to pay.

        Those that lack something are held, and so are those to later payers until the payers
        before them have answered. Run as the server: whoever may close a visit may file its claims.

        :param estimate: the estimate of what was done, as of the visit
        :param invoice: the posted bill
        """
        shares = estimate.sudo().line_ids.share_ids.filtered(
            lambda share: exact(share.line_id.fee) > 0 and share.plan_id.kind != "discount"
        )
        return self._file_shares(shares, invoice, self.env._("Made at checkout"))

    @api.model
    def _file_shares(self, shares, invoice, text):
        """Make and book the claims of these shares of one bill; see `_file_for`."""
        claims = self.sudo().create(
            [
                self._prepare_claim_vals(coverage, own[start : start + x12.MAX_LINES], invoice)
                for coverage, own in shares.sudo().grouped("coverage_id").items()
                for start in range(0, len(own), x12.MAX_LINES)
            ]
        )
        claims._file()
        claims._log("made", text)
        claims = claims._with_earlier()
        complete = claims._check_gaps()
        (claims - complete)._hold()
        complete._hold_waiting()
        claims.line_ids.procedure_id._follow_claims()
        return claims.with_env(self.env)

    @api.model
    def _prepare_claim_vals(self, coverage, shares, invoice):
        procedures = shares.line_id.procedure_id
        as_of = shares.line_id.estimate_id.as_of
        answered = procedures.precert_line_ids._answered(as_of)
        asked = [answered.get((procedure, coverage)) for procedure in procedures]
        precerts = {line.precert_id for line in asked if line}
        billed = procedures._billed_money()
        return {
            "patient_id": coverage.patient_id.id,
            "coverage_id": coverage.id,
            "appointment_id": invoice.dental_appointment_id.id,
            "invoice_id": invoice.id,
            "place": invoice.dental_appointment_id.claim_place or "11",
            "provider_id": self._treating_dentist(procedures, invoice.dental_appointment_id).id,
            "date_service": max(filter(None, procedures.mapped("date_done")), default=as_of),
            "precert_id": precerts.pop().id if len(precerts) == 1 else False,
            "owner_id": self._first_owner(coverage.company_id).id,
            "next_action": self.env._("Send"),
            "next_date": Date.context_today(self),
            "line_ids": [
                Command.create(
                    self._prepare_claim_line_vals(share, line, *billed[share.line_id.procedure_id])
                )
                for share, line in zip(shares, asked, strict=True)
            ],
        }

    @api.model
    def _prepare_claim_line_vals(self, share, asked, fee, tax):
        """:param fee: as billed, with the ``tax`` in it"""
        procedure = share.line_id.procedure_id
        permitted = asked and asked.precert_id.kind == "preauthorization"
        number = asked.precert_id.answer_number if asked else False
        return {
            **self.env["dental.claim.line"]._prepare_service_vals(procedure),
            "date": procedure.date_done,
            "fee": float(fee),
            "tax": float(tax),
            "precert_number": False if permitted else number,
            "authorization_number": number if permitted else False,
            "allowed": share.allowed,
            "deductible": share.deductible,
            "plan_amount": share.amount,
            "write_off": share.write_off,
        }

    @api.model
    def _first_owner(self, company):
        """Whoever closes the visit, if he may send claims; else whom the clinic named."""
        if self.env.user.has_group("dental_coordinator.group_billing"):
            return self.env.user
        return company.dental_insurance_user_id or self.env.user
