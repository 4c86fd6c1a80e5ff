# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..listing import FEES, PLANS, Problem, read_listing
from ..listing.specs import SHARES

LIMITS = (
    ("maximum", "maximum", "individual"),
    ("family_maximum", "maximum", "family"),
    ("deductible", "deductible", "individual"),
    ("family_deductible", "deductible", "family"),
    ("ortho_maximum", "maximum", "individual"),
)
TERMS = {
    "group_number": "group_number",
    "group_name": "group_name",
    "kind": "kind",
    "coordination": "cob_rule",
}


class DentalInsuranceImport(models.Model):
    """A list of plans or of contracted fees: kept as it came, checked, then taken as a whole."""

    _name = "dental.insurance.import"
    _inherit = "dental.import.mixin"
    _description = "Import of plans or fees"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    kind = fields.Selection(
        [("fees", "Fees of a schedule"), ("plans", "Plans with their benefits")],
        required=True,
        default="fees",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Into the schedule",
        domain=[("dental_fee_schedule", "=", True)],
        ondelete="restrict",
    )

    # Business

    def _read(self):
        data = b64decode(self.with_context(bin_size=False).file or b"")
        if self.kind == "fees" and not self.pricelist_id:
            raise UserError(self.env._("%s: choose the schedule of these fees.", self.number))
        if self.kind == "fees":
            listing = read_listing(data, FEES, key=("code",))
        else:
            listing = read_listing(data, PLANS, key=("payer", "plan", "group_number"))
        problems = list(listing.problems)
        problems += self._unknown_codes(listing) + self._unknown_schedules(listing)
        wrong = {problem.line for problem in problems}
        rows = [row for row in listing.rows if row.line not in wrong]
        return rows, sorted(problems), listing.ignored

    def _unknown_codes(self, listing):
        if self.kind != "fees":
            return []
        codes = self._codes(row.values["code"] for row in listing.rows)
        return [
            Problem(row.line, "code", self.env._("is not a code of the clinic: import it first."))
            for row in listing.rows
            if row.values["code"].upper() not in codes
        ]

    def _unknown_schedules(self, listing):
        if self.kind != "plans":
            return []
        names = {row.values.get("fee_schedule") for row in listing.rows}
        known = self.env["product.pricelist"].search([("name", "in", list(filter(None, names)))])
        there = set(known.mapped("name"))
        return [
            Problem(row.line, "fee_schedule", self.env._("does not exist: make it first."))
            for row in listing.rows
            if row.values.get("fee_schedule") and row.values["fee_schedule"] not in there
        ]

    @api.model
    def _codes(self, names):
        """{upper-case own or licensed code: record}"""
        wanted = {name.upper() for name in names}
        codes = self.env["dental.procedure.code"].search([("active", "=", True)])
        found = {one.code.upper(): one for one in codes}
        found |= {one.licensed_code.upper(): one for one in codes if one.licensed_code}
        return {name: found[name] for name in wanted if name in found}

    def _effects(self, rows):
        return self._fee_effects(rows) if self.kind == "fees" else map(self._plan_effect, rows)

    def _take(self, rows):
        if self.kind == "plans":
            for row in rows:
                self._take_plan(row)
            return
        codes = self._codes(row.values["code"] for row in rows)
        for row in rows:
            product = codes[row.values["code"].upper()]._product()
            self.pricelist_id._dental_set_fee(product, float(row.values["fee"]))

    # Fees

    def _fee_effects(self, rows):
        codes = self._codes(row.values["code"] for row in rows)
        records = self.env["dental.procedure.code"].union(*codes.values())
        today = fields.Date.context_today(self)
        known = records._fees_many(self.pricelist_id, today)[self.pricelist_id]
        for row in rows:
            fee = known[codes[row.values["code"].upper()]]
            if fee is None:
                yield "new"
            else:
                yield "same" if round(fee, 2) == float(row.values["fee"]) else "changed"

    # Plans

    def _find_plan(self, values):
        return self.env["dental.insurance.plan"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("name", "=ilike", values["plan"]),
                ("payer_id.name", "=ilike", values["payer"]),
                ("group_number", "=", values.get("group_number") or False),
            ],
            limit=1,
        )

    def _plan_effect(self, row):
        plan = self._find_plan(row.values)
        if not plan:
            return "new"
        vals = self._prepare_plan_vals(row.values)
        terms = any(plan._fields[n].convert_to_write(plan[n], plan) != v for n, v in vals.items())
        benefit = self.env["dental.insurance.benefit"]
        rules = [benefit.new(one) for one in self._rules_vals(plan, row.values)]
        known = {rule._identity(): rule._value_text() for rule in plan.benefit_ids}
        changed = any(known.get(one._identity()) != one._value_text() for one in rules)
        return "changed" if terms or changed else "same"

    def _prepare_plan_vals(self, values):
        vals = {ours: values[name] for name, ours in TERMS.items() if values.get(name)}
        if values.get("benefit_year_month"):
            vals["benefit_year_month"] = str(values["benefit_year_month"])
        if values.get("fee_schedule"):
            pricelists = self.env["product.pricelist"]
            found = pricelists.search([("name", "=", values["fee_schedule"])], limit=1)
            vals["pricelist_id"] = found.id
        return vals

    def _take_plan(self, row):
        values = row.values
        plan = self._find_plan(values)
        vals = self._prepare_plan_vals(values)
        if plan:
            plan.write(vals)
        else:
            plan = plan.create(
                {
                    "name": values["plan"],
                    "company_id": self.company_id.id,
                    "payer_id": self._payer(values).id,
                    **vals,
                }
            )
        rules = self._rules_vals(plan, values)
        if rules:
            self.env["dental.insurance.benefit"]._take_over(rules)

    def _payer(self, values):
        partners = self.env["res.partner"]
        payer = partners.search(
            [("name", "=ilike", values["payer"]), ("is_company", "=", True)], limit=1
        )
        if not payer:
            payer = partners.create({"name": values["payer"], "is_company": True})
        if values.get("payer_code"):
            payer.dental_payer_code = values["payer_code"]
        return payer

    def _rules_vals(self, plan, values):
        """Rules of a line; an empty cell states none."""
        origin = {
            "plan_id": plan.id,
            "source": "letter",
            "reference": self.number,
            "as_of": fields.Date.context_today(self),
            "network": "any",
        }
        categories = self.env["dental.procedure.category"].search([("key", "in", SHARES)])
        by_key = {one.key: one.id for one in categories}
        rules = []
        for name, kind, level in LIMITS:
            if values.get(name) is None:
                continue
            is_ortho = name == "ortho_maximum"
            rules.append(
                {
                    **origin,
                    "kind": kind,
                    "level": level,
                    "amount": float(values[name]),
                    "period": "lifetime" if is_ortho else "service_year",
                    "scope": "category" if is_ortho else "general",
                    "category_id": by_key.get("ortho") if is_ortho else False,
                }
            )
        for name in SHARES:
            if values.get(name) is not None and name in by_key:
                rules.append(
                    {
                        **origin,
                        "kind": "percent",
                        "level": "individual",
                        "scope": "category",
                        "category_id": by_key[name],
                        "percent": float(values[name]),
                    }
                )
        return rules
