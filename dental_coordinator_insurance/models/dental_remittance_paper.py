# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.dental_coordinator_billing.reckoning import exact

from ..settlement import ZERO

# Cuts that are typed in: (field, group, reason); a denial has a reason of its own.
TYPED = (("by_contract", "CO", "45"), ("deductible", "PR", "1"), ("patient_rest", "PR", "2"))
DENIED = "96"
EDITED = {"paid", "by_contract", "deductible", "denied", "denied_reason"}


class DentalRemittance(models.Model):
    """A payment that came on paper: the same screen, typed in."""

    _inherit = "dental.remittance"

    by_hand = fields.Boolean(readonly=True, copy=False, string="Typed in")
    line_ids = fields.One2many("dental.remittance.line", "remittance_id", string="Services")

    # Computes

    @api.depends("line_ids.paid", "by_hand")
    def _compute_remainder(self):
        """The remainder runs along while figures are typed, before they are kept."""
        return super()._compute_remainder()

    # Actions

    def action_add_claims(self):
        """Take further claims, or an amount for none, into a payment that came on paper."""
        self.ensure_one()
        return self._entry_action({"default_remittance_id": self.id})

    @api.model
    def _entry_action(self, context):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter a payment"),
            "res_model": "dental.remittance.entry",
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    # Business

    def _check_postable(self):
        result = super()._check_postable()
        self._check_other_way()
        for remittance in self.filtered(lambda one: one.by_hand and not one.key):
            parts = ("paper", remittance.payer_id.id, remittance.trace, remittance.amount)
            key = "|".join(str(part) for part in parts)
            before = self.sudo().search(
                [("company_id", "=", remittance.company_id.id), ("key", "=", key)], limit=1
            )
            if before:
                raise UserError(
                    self.env._(
                        "%(number)s: payment %(trace)s of this payer was entered before, as "
                        "%(before)s. Nothing was changed.",
                        number=remittance.number,
                        trace=remittance.trace,
                        before=before.number,
                    )
                )
            remittance.key = key
        return result

    def _check_other_way(self):
        """A payment comes as a file or as a letter, often as both, and is posted once.

        :raises UserError: when its twin is posted
        """
        if not (self.trace and self.amount):
            return
        twin = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("payer_id", "=", self.payer_id.id),
                ("trace", "=ilike", self.trace),
                ("amount", "=", self.amount),
                ("by_hand", "!=", self.by_hand),
                ("state", "=", "posted"),
            ],
            limit=1,
        )
        if twin:
            raise UserError(
                self.env._(
                    "%(number)s: payment %(trace)s of this payer is posted already, as %(twin)s. "
                    "Reverse that one first if this one is to stand. Nothing was changed.",
                    number=self.number,
                    trace=self.trace,
                    twin=twin.number,
                )
            )

    def _add_claims(self, claims):
        """Answers as they are expected, for a person to correct; what is on it already stays."""
        self.ensure_one()
        known = self.claim_ids.claim_id
        last = max(self.claim_ids.mapped("sequence"), default=0)
        self.env["dental.remittance.claim"].sudo().create(
            [
                {
                    "remittance_id": self.id,
                    "sequence": last + index,
                    "claim_number": claim.number,
                    "status": str(min(claim.coverage_id.sequence, 3)),
                    "kind": "payment",
                    "claim_id": claim.id,
                    "matched_by": "hand",
                    "last_name": claim.patient_id.last_name,
                    "first_name": claim.patient_id.first_name,
                    "service_date": claim.date_service,
                    "line_ids": [
                        Command.create(self._prepare_paper_line(line))
                        for line in claim.line_ids
                        if not line.whole_claim
                    ],
                }
                for index, claim in enumerate((claims - known).sudo(), 1)
            ]
        )
        self.invalidate_recordset(["line_ids"])
        self.claim_ids._total_by_hand()

    def _prepare_paper_line(self, line):
        share = line._share()
        paid = max(ZERO, share.plan - share.paid)
        vals = {
            "sequence": line.sequence,
            "line_key": line.key,
            "code": line.code,
            "date": line._service_date(),
            "units": line.quantity,
            "charge": line.fee,
            "paid": float(paid),
            "claim_line_id": line.id,
        }
        deductible = min(exact(line.deductible), exact(line.fee) - paid - share.write_off)
        rest = exact(line.fee) - paid - share.write_off - deductible
        amounts = {"by_contract": share.write_off, "deductible": deductible, "patient_rest": rest}
        cuts = [
            Command.create({"group": group, "reason": reason, "amount": float(amounts[name])})
            for name, group, reason in TYPED
            if amounts[name]
        ]
        return {**vals, "adjustment_ids": cuts}


class DentalRemittanceClaim(models.Model):
    _inherit = "dental.remittance.claim"

    by_hand = fields.Boolean(related="remittance_id.by_hand")

    # Business

    def _paid_items(self):
        typed = self.filtered(lambda one: one.by_hand and not one.aside)
        lines = typed.remittance_id.line_ids.filtered(
            lambda line: line.remittance_claim_id._origin in typed._origin
        )
        return [*super(DentalRemittanceClaim, self - typed)._paid_items(), *lines.union()]

    def _total_by_hand(self):
        """What the lines come to; a claim with nothing but denials is a denial."""
        for one in self:
            lines = one.line_ids
            one.charge = sum(lines.mapped("charge"))
            one.paid = sum(lines.mapped("paid"))
            one.patient_share = sum(lines.mapped("deductible")) + sum(lines.mapped("patient_rest"))
            denied = any(lines.mapped("denied")) and not one.paid
            one.write({"kind": "denial", "status": "4"} if denied else {"kind": "payment"})


class DentalRemittanceLine(models.Model):
    _inherit = "dental.remittance.line"

    remittance_id = fields.Many2one(
        related="remittance_claim_id.remittance_id", store=True, index=True, precompute=True
    )
    by_hand = fields.Boolean(related="remittance_claim_id.by_hand")
    person = fields.Char(related="remittance_claim_id.person", string="Patient")
    claim_number = fields.Char(related="remittance_claim_id.claim_number")
    by_contract = fields.Monetary(
        compute="_compute_typed", inverse="_inverse_typed", string="By contract"
    )
    deductible = fields.Monetary(compute="_compute_typed", inverse="_inverse_typed")
    denied = fields.Monetary(compute="_compute_typed", inverse="_inverse_typed")
    denied_reason = fields.Char(
        compute="_compute_typed", inverse="_inverse_typed", string="Reason", size=5
    )
    patient_rest = fields.Monetary(
        compute="_compute_typed", string="Patient's", help="What the other figures leave."
    )

    # Computes

    @api.depends("charge", "paid", "adjustment_ids.amount", "adjustment_ids.reason")
    def _compute_typed(self):
        for line in self:
            sums, denied, reason = dict.fromkeys([one[1:] for one in TYPED], ZERO), ZERO, False
            for cut in line.adjustment_ids:
                if (cut.group, cut.reason) in sums:
                    sums[cut.group, cut.reason] += exact(cut.amount)
                elif cut.group != "PR":
                    denied, reason = denied + exact(cut.amount), cut.reason
            line.by_contract = float(sums["CO", "45"])
            line.deductible = float(sums["PR", "1"])
            line.denied, line.denied_reason = float(denied), reason
            taken = exact(line.paid) + sums["CO", "45"] + sums["PR", "1"] + denied
            line.patient_rest = float(exact(line.charge) - taken)

    def _inverse_typed(self):
        """Kept by `write`, all figures of a line together."""

    # CRUD

    def write(self, vals):
        typed = EDITED & vals.keys()
        if not typed or self.env.context.get("dental_typed"):
            return super().write(vals)
        self.remittance_claim_id._check_not_posted()
        if any(not line.by_hand for line in self):
            raise UserError(
                self.env._("What a payer's file says is not changed. Ask for a corrected file.")
            )
        for line in self:
            line._type({name: vals[name] for name in typed})
        rest = {name: value for name, value in vals.items() if name not in EDITED}
        result = super().write(rest) if rest else True
        self.remittance_claim_id._total_by_hand()
        return result

    # Business

    def _type(self, vals):
        """Keep figures that were typed in; what they leave of the fee is the patient's.

        :raises UserError: when they come to more than the fee
        """
        self.ensure_one()
        now = {name: vals.get(name, self[name]) for name in EDITED}
        paid, contract, deductible, denied = (
            exact(now[name] or 0.0) for name in ("paid", "by_contract", "deductible", "denied")
        )
        rest = exact(self.charge) - paid - contract - deductible - denied
        if rest < ZERO:
            raise UserError(
                self.env._(
                    "%(code)s: these figures come to %(over)s more than the fee of %(fee)s. "
                    "Correct one of them.",
                    code=self.code,
                    over=f"{-rest:.2f}",
                    fee=f"{self.charge:.2f}",
                )
            )
        cuts = [("CO", "45", contract), ("PR", "1", deductible), ("PR", "2", rest)]
        # Whoever types a refusal does not say that it is given up: a person decides on it.
        cuts.append(("OA", now["denied_reason"] or DENIED, denied))
        lines = self.sudo().with_context(dental_typed=True)
        lines.adjustment_ids.unlink()
        lines.write(
            {
                "paid": float(paid),
                "adjustment_ids": [
                    Command.create({"group": group, "reason": reason, "amount": float(amount)})
                    for group, reason, amount in cuts
                    if amount
                ],
            }
        )
