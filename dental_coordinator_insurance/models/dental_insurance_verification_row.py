# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from .dental_insurance_benefit import KINDS

# Categories of ours for a payer's service type; others have none and keep the payer's word.
CATEGORIES = {
    "diagnostic": ("diagnostic",),
    "xray": ("xray",),
    "preventive": ("preventive",),
    "restorative": ("restorative",),
    "crowns": ("crowns",),
    "endo": ("endo",),
    "perio": ("perio",),
    "prostho": ("prostho_removable", "prostho_fixed"),
    "oral_surgery": ("oral_surgery",),
    "ortho": ("ortho",),
    "adjunctive": ("adjunctive",),
}
# Facts that become rules of the plan, and the rule's kind.
RULES = {
    "percent": "percent",
    "deductible": "deductible",
    "maximum": "maximum",
    "unlimited": "maximum",
    "frequency": "frequency",
    "age": "age",
    "exclusion": "exclusion",
    "copay": "copay",
    "note": "note",
}
PERIODS = ("calendar_year", "service_year", "months", "years", "lifetime", "visit")


class DentalInsuranceVerificationRow(models.Model):
    """One thing the payer said, beside what is on file; it counts once a person accepted it."""

    _name = "dental.insurance.verification.row"
    _inherit = "dental.patient.mixin"
    _description = "Row of a verification"
    _order = "verification_id, number, id"

    verification_id = fields.Many2one(
        "dental.insurance.verification",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    patient_id = fields.Many2one(
        related="verification_id.patient_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    plan_id = fields.Many2one(related="verification_id.plan_id")
    number = fields.Integer(readonly=True, string="Row", help="Of the payer's file.")
    kind = fields.Selection(
        [*KINDS, ("active", "Coverage"), ("history", "Done before")], required=True, readonly=True
    )
    network_name = fields.Char(readonly=True, string="Network")
    subject = fields.Char(compute="_compute_subject", string="About")
    category_ids = fields.Many2many(
        "dental.procedure.category",
        help="Which of our categories the payer means, where its word leaves a doubt.",
    )
    guessed = fields.Boolean(
        readonly=True, help="The category was guessed from the payer's own word for it."
    )
    label = fields.Char(readonly=True, string="Payer's word")
    said = fields.Char(readonly=True, string="Payer says")
    text = fields.Char(readonly=True, string="Remarks")
    vals = fields.Json(readonly=True)
    usage = fields.Json(readonly=True, help="What was used of it, for this patient.")
    current = fields.Char(compute="_compute_current", string="On file")
    difference = fields.Selection(
        [("new", "New"), ("same", "Same"), ("differs", "Differs"), ("info", "Info")],
        compute="_compute_current",
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("skipped", "Skipped")],
        required=True,
        readonly=True,
        default="proposed",
    )

    # Computes

    @api.depends("verification_id.number", "number")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.verification_id.number}, {row.number}"

    @api.depends("category_ids", "label", "vals")
    def _compute_subject(self):
        for row in self:
            vals = row.vals or {}
            row.subject = (
                vals.get("code_from")
                or row.label
                or ", ".join(row.category_ids.mapped("name"))
                or (self.env._("General") if vals.get("scope") == "general" else False)
            )

    @api.depends("category_ids", "vals", "state")
    def _compute_current(self):
        rules = self.env["dental.insurance.benefit"].search(
            [("plan_id", "in", self.plan_id.ids), ("coverage_id", "=", False)]
        )
        known = {}
        for rule in rules:
            known.setdefault((rule.plan_id.id, rule._identity()), rule)
        for row in self:
            found = [known.get((row.plan_id.id, one._identity())) for one in row._rules()]
            found = [rule for rule in found if rule]
            row.current = ", ".join(dict.fromkeys(rule.value for rule in found)) or False
            row.difference = row._difference(found)

    # Actions

    def action_accept(self):
        """Take these rows over as rules of the plan and use of the patient."""
        for row in self:
            if row.state == "accepted":
                continue
            if not row.vals:
                raise UserError(
                    self.env._("Row %s only informs; there is nothing to take over.", row.number)
                )
            self.env["dental.insurance.benefit"]._take_over(row._rules_vals())
            row._take_usage()
        self.state = "accepted"
        return True

    def action_skip(self):
        self.state = "skipped"
        return True

    def action_our_network(self):
        """The network this row speaks of is the one the clinic belongs to."""
        self.ensure_one()
        self.plan_id.network = self.network_name
        return True

    # Business

    def _may_accept(self):
        return self.state == "proposed" and bool(self.vals)

    def _difference(self, found):
        if not self.vals:
            return "info"
        if not found:
            return "new"
        values = {rule.value for rule in found}
        return "same" if values == {rule._value_text() for rule in self._rules()} else "differs"

    def _rules_vals(self):
        """Values of the rules this row becomes: one for each of its categories."""
        vals = {
            **self.vals,
            "plan_id": self.plan_id.id,
            "note": self.text,
            **self.verification_id._provenance(),
        }
        if vals["scope"] in ("general", "code"):
            return [vals]
        if not self.category_ids or (self.label and not self._names_category()):
            hint = self.category_ids[:1].id
            label = self.label or self.text or self.env._("Not said for what")
            return [{**vals, "scope": "group", "group_label": label, "category_id": hint}]
        return [
            {**vals, "scope": "category", "category_id": category.id}
            for category in self.category_ids
        ]

    def _names_category(self):
        """Whether a payer's class may stand for the whole category: only for percentages.

        A limit said of one class must not be counted over all services of the category.
        """
        return self.kind == "percent" and not self.vals.get("class_only")

    def _rules(self):
        """The rules this row would become, not stored."""
        if not self.vals:
            return []
        benefit = self.env["dental.insurance.benefit"]
        names = benefit._fields.keys()
        return [
            benefit.new({key: value for key, value in vals.items() if key in names})
            for vals in self._rules_vals()
        ]

    def _take_usage(self):
        check = self.verification_id
        network = check.plan_id.network
        if not self.usage or (network and self.network_name not in (False, network)):
            return
        usage = self.env["dental.insurance.usage"]
        provenance = {key: value for key, value in check._provenance().items() if key != "user_id"}
        usage.create(
            {
                "coverage_id": check.coverage_id.id,
                "category_id": self.category_ids[:1].id
                if self.usage["kind"] == "service"
                else False,
                "benefit_id": self._limit_rule().id,
                "note": self.label,
                **self.usage,
                **provenance,
            }
        )

    def _limit_rule(self):
        """The limit that the use counts to; none for the general one."""
        if self.vals.get("scope") == "general" or self.usage["kind"] == "service":
            return self.env["dental.insurance.benefit"]
        identities = {rule._identity() for rule in self._rules()}
        rules = self.env["dental.insurance.benefit"].search([("plan_id", "=", self.plan_id.id)])
        return rules.filtered(lambda rule: rule._identity() in identities)[:1]

    def _choose_categories(self):
        """Where all percentages guessed for a category agree, they stand for the category.

        Where they differ the payer has several classes in what is one category here: each stays a
        group of its own, whose codes a person lists.
        """
        guesses = {}
        for row in self.filtered(lambda row: row.kind == "percent" and row.category_ids):
            for category in row.category_ids:
                guesses.setdefault((row.network_name, category), []).append(row)
        for rows in guesses.values():
            plain = [row for row in rows if not row.guessed]
            values = {row.vals["percent"] for row in plain or rows}
            for row in rows:
                if row.guessed and (plain or len(values) > 1):
                    row.vals = {**row.vals, "class_only": True}

    # From a fact of the payer's file

    @api.model
    def _prepare_fact_vals(self, check, fact):
        """Values of a row for one `x12.Fact`."""
        kind = fact.kind if fact.kind in ("active", "history") else RULES.get(fact.kind, "note")
        vals = self._fact_rule_vals(fact) if fact.kind in RULES and fact.kind != "note" else None
        word = fact.category or fact.suggested
        categories = self._categories(word)
        label = fact.benefit_class or (
            fact.category if fact.category not in ("", "general") and not categories else ""
        )
        benefit = self.env["dental.insurance.benefit"]
        names = benefit._fields.keys()
        said = (
            benefit.new({key: value for key, value in vals.items() if key in names})._value_text()
            if vals
            else fact.text or self._fact_text(fact)
        )
        return {
            "verification_id": check.id,
            "number": fact.row,
            "kind": kind,
            "network_name": fact.network if kind != "active" else False,
            "category_ids": [Command.set(categories.ids)],
            "guessed": not fact.category and bool(fact.suggested),
            "label": label,
            "said": said,
            "text": fact.text if vals else False,
            "vals": vals,
            "usage": self._fact_usage(fact) if vals else None,
        }

    @api.model
    def _prepare_note_vals(self, check, row):
        """Values of a row of the file that states nothing to reckon with."""
        parts = (row.text, *row.messages, row.plan_name)
        return {
            "verification_id": check.id,
            "number": row.number,
            "kind": "note",
            "network_name": row.plan_name,
            "said": "; ".join(filter(None, parts)),
        }

    def _fact_rule_vals(self, fact):
        """Values of a rule, without its plan and source. What the fact does not say is left out."""
        vals = {
            "kind": RULES[fact.kind],
            "level": "family" if fact.level == "family" else "individual",
            "scope": "code" if fact.procedure_code else "category",
            "network": {True: "in", False: "out"}.get(fact.in_network, "any"),
            "network_name": fact.network or False,
        }
        if fact.procedure_code:
            vals["code_from"] = fact.procedure_code
            code = self.env["dental.procedure.code"].search(
                [
                    "|",
                    ("licensed_code", "=", fact.procedure_code),
                    ("code", "=", fact.procedure_code),
                ],
                limit=1,
            )
            vals["code_id"] = code.id
        elif fact.category == "general":
            vals["scope"] = "general"
        if fact.period in PERIODS:
            vals["period"] = fact.period
            vals["period_count"] = fact.period_count or 1
        return {**vals, **self._fact_value_vals(fact)}

    def _fact_value_vals(self, fact):
        if fact.kind == "percent":
            applies = {True: "yes", False: "no"}.get(fact.deductible_applies, False)
            return {"percent": float(fact.percent), "deductible_applies": applies}
        if fact.kind == "unlimited":
            return {"unlimited": True}
        if fact.kind == "frequency":
            return {"quantity": int(fact.quantity or 0)}
        if fact.kind == "age":
            return {"age_to" if fact.bound == "upper" else "age_from": int(fact.quantity)}
        if fact.amount is not None:
            return {"amount": float(fact.amount)}
        return {}

    def _fact_usage(self, fact):
        """What the payer says was used by now, or when it was last done."""
        if fact.kind in ("maximum", "deductible") and fact.used is not None:
            return {
                "kind": fact.kind,
                "amount": float(max(fact.used, 0)),
                "level": "family" if fact.level == "family" else "individual",
                "is_total": True,
            }
        if fact.kind == "frequency" and fact.date and (fact.category or fact.suggested):
            return {"kind": "service", "date": fact.date.isoformat()}
        return None

    def _fact_text(self, fact):
        parts = [dict(self._fields["kind"]._description_selection(self.env)).get(fact.kind, "")]
        if fact.kind == "active":
            parts = [self.env._("The coverage is in force")]
        if fact.kind == "inactive":
            parts = [self.env._("The coverage is not in force")]
        parts += [f"{fact.amount:.2f}"] if fact.amount is not None else []
        parts += [format_date(self.env, fact.date)] if fact.date else []
        return " ".join(filter(None, parts))

    @api.model
    def _categories(self, word):
        keys = CATEGORIES.get(word, ())
        return self.env["dental.procedure.category"].search([("key", "in", keys)])
