# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Command

from .. import x12

METHODS = ("CHK", "ACH", "FWT", "BOP", "NON")


class DentalRemittance(models.Model):
    """From an 835 to remittances."""

    _inherit = "dental.remittance"

    # Business

    @api.model
    def _import_exchange(self, exchange, kind, raw, hints):
        """Make a remittance of every payment in a file; nothing is posted.

        :return: (state of the exchange, sentences that say what was found)
        :raises x12.X12Error: when the file cannot be used or holds a payment already imported
        """
        reading = x12.read_835(raw)
        exchange.sudo().test = any(payment.test for payment in reading.payments)
        known = self._imported_before(exchange, reading.payments)
        vals_list = [
            self._prepare_payment_vals(exchange, one)
            for one in reading.payments
            if one.key not in known
        ]
        remittances = self.sudo().create(vals_list)
        remittances.claim_ids._match()
        remittances._find_payers()
        for remittance in remittances:
            remittance._set_first_step()
        waiting = any(one.state == "held" or not one.can_post for one in remittances)
        said = [self._imported_text(*row) for row in known.values()]
        return "waiting" if waiting else "read", [*said, *(one._summary() for one in remittances)]

    def _imported_before(self, exchange, payments):
        """Payments of a file that are here already: they are left out, the others are taken.

        :return: {key: (trace, number of the remittance)}
        :raises x12.X12Error: when all were imported before, or one stands in the file twice
        """
        keys = [payment.key for payment in payments]
        before = self.sudo().search(
            [("company_id", "=", exchange.company_id.id), ("key", "in", keys)]
        )
        known = {one.key: (one.trace, one.number) for one in before}
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice or (keys and known.keys() >= set(keys)):
            row = known[keys[0]] if not twice else (twice.split("|")[1], "")
            nothing = self.env._("Nothing was changed.")
            raise x12.X12Error(self._imported_text(*row), "TRN", remedy=nothing)
        return known

    def _imported_text(self, trace, number):
        return self.env._(
            "payment %(trace)s was imported before%(where)s",
            trace=trace,
            where=f" ({number})" if number else "",
        )

    def _own_findings(self, exchange, payment):
        """What is to be noted of a payment beyond its sums: (text, whether it is held for it)"""
        own, theirs = exchange.company_id.currency_id.name, payment.currency
        if theirs and theirs != own:
            text = self.env._(
                "The payment is in %(theirs)s, the books are in %(own)s.", theirs=theirs, own=own
            )
            yield text, True
        if payment.test and not exchange.company_id.dental_x12_test:
            yield self.env._("The file is marked as a test: ask whether money comes."), False

    def _prepare_payment_vals(self, exchange, payment):
        more = [*self._own_findings(exchange, payment)]
        findings = [finding.message for finding in payment.findings] + [text for text, _ in more]
        held = not payment.balanced or any(hold for _text, hold in more)
        return {
            "company_id": exchange.company_id.id,
            "exchange_id": exchange.id,
            "owner_id": self.env.uid,
            "state": "held" if held else "open",
            "payer_name": payment.payer.name,
            "payer_id": self._find_payer(exchange.company_id, payment).id,
            "method": payment.method if payment.method in METHODS else False,
            "trace": payment.trace,
            "originator": payment.originator,
            "date": payment.date or payment.production_date or False,
            "amount": float(payment.signed_amount),
            "key": payment.key,
            "findings": "\n".join(dict.fromkeys(findings)),
            "claim_ids": [
                Command.create(self._prepare_claim_vals(number, claim))
                for number, claim in enumerate(payment.claims, 1)
            ],
            "adjustment_ids": [
                Command.create(
                    {
                        "group": "PLB",
                        "reason": one.reason,
                        "reference": one.reference,
                        "amount": float(one.amount),
                        "account_id": self._default_account(exchange.company_id, one.reason),
                    }
                )
                for one in payment.provider_adjustments
            ],
        }

    def _prepare_claim_vals(self, number, claim):
        who = claim.patient or claim.subscriber
        member = claim.subscriber if claim.subscriber and claim.subscriber.id else claim.patient
        fixed = claim.corrected
        valid_until = next((day for qualifier, day in claim.dates if qualifier == "036"), False)
        return {
            "sequence": number,
            "claim_number": claim.claim_number,
            "payer_number": claim.payer_number,
            "original_number": claim.original_number,
            "status": claim.status,
            "kind": claim.kind,
            "last_name": who.last if who else "",
            "first_name": who.first if who else "",
            "member": member.id if member else "",
            "service_date": claim.service_from or False,
            "valid_until": valid_until,
            "charge": float(claim.charge),
            "paid": float(claim.paid),
            "patient_share": float(claim.patient_responsibility),
            "remarks": " ".join(claim.remarks),
            "corrected": " ".join(filter(None, (fixed.text, fixed.id))) if fixed else "",
            "adjustment_ids": [self._cut_command(one) for one in claim.adjustments],
            "line_ids": [
                Command.create(self._prepare_line_vals(index, line))
                for index, line in enumerate(claim.lines, 1)
            ],
        }

    def _prepare_line_vals(self, number, line):
        return {
            "sequence": number,
            "line_key": line.line_key,
            "code": line.code,
            "submitted_code": line.submitted_code,
            "date": line.date or False,
            "units": float(line.units or 1),
            "charge": float(line.charge),
            "allowed": float(line.allowed or 0),
            "paid": float(line.paid),
            "remarks": " ".join(line.remarks),
            "adjustment_ids": [self._cut_command(one) for one in line.adjustments],
        }

    @api.model
    def _cut_command(self, cut):
        group = cut.group if cut.group in ("CO", "PR", "OA", "PI", "CR") else "OA"
        return Command.create(
            {
                "group": group,
                "reason": cut.reason,
                "amount": float(cut.amount),
                "quantity": float(cut.quantity or 0),
            }
        )

    @api.model
    def _default_account(self, company, reason):
        account = company.sudo().dental_interest_account_id if reason in ("L6", "IN") else False
        return account.id if account else False

    def _find_payer(self, company, payment):
        """The payer of that id, or of that very name."""
        numbers = [payment.payer.id, *(value for _kind, value in payment.payer.ids)]
        payers = self.env["res.partner"].sudo()
        domain = [("dental_payer", "=", True), ("company_id", "in", (company.id, False))]
        return payers.search(
            [*domain, ("dental_payer_code", "in", [n for n in numbers if n])], limit=1
        ) or payers.search([*domain, ("name", "=ilike", payment.payer.name)], limit=1)

    def _find_payers(self):
        """Whose claims are answered says who pays, where the file's own words do not."""
        for remittance in self.filtered(lambda one: not one.payer_id):
            payers = remittance.claim_ids.claim_id.sudo().payer_id
            remittance.payer_id = payers if len(payers) == 1 else False

    def _set_first_step(self):
        """Nothing to post where no claim is paid or cut: then the file has said it all."""
        self.ensure_one()
        money = self.claim_ids.filtered(
            lambda one: one.kind not in ("predetermination", "forwarded")
        )
        money |= self.claim_ids.filtered(lambda one: one.state == "unmatched")
        # Amounts for no claim may add up to nothing and be owed all the same.
        if self.state == "open" and not (money or self.amount or self.adjustment_ids):
            self.write({"state": "closed", "next_action": False})
            return
        self.next_action = self._next_step_text()

    def _next_step_text(self):
        if self.state == "held":
            return self.env._("Cannot be posted: ask the payer for a corrected file")
        if self.unmatched_count:
            return self.env._("Match the claims that were not found")
        return self.env._("Post")

    def _summary(self):
        return self.env._(
            "%(number)s: %(amount)s from %(payer)s. Claims: %(claims)s, not found: %(unmatched)s"
            "%(held)s",
            number=self.number,
            amount=self.currency_id.format(self.amount),
            payer=self.payer_id.name or self.payer_name,
            claims=len(self.claim_ids),
            unmatched=self.unmatched_count,
            held=f". {self.findings}" if self.state == "held" else "",
        )
