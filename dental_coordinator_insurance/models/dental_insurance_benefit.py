# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("percent", "Percentage paid"),
    ("deductible", "Deductible"),
    ("maximum", "Maximum"),
    ("frequency", "Frequency"),
    ("age", "Age limit"),
    ("waiting", "Waiting period"),
    ("exclusion", "Not covered"),
    ("copay", "Co-payment"),
    ("fixed", "Fixed amount paid"),
    ("downgrade", "Paid as another code"),
    ("missing_tooth", "Missing tooth clause"),
    ("same_day", "Not on one day with"),
    ("note", "Note"),
]
SOURCES = [
    ("phone", "Phone"),
    ("portal", "Payer's portal"),
    ("fax", "Fax"),
    ("file", "Eligibility file"),
    ("eob", "Payer's explanation"),
    ("letter", "Letter or booklet"),
    ("guess", "Guess"),
]
PERIODS = [
    ("calendar_year", "Calendar year"),
    ("service_year", "Benefit year"),
    ("rolling_12_months", "Last 12 months"),
    ("months", "Months"),
    ("years", "Years"),
    ("lifetime", "Lifetime"),
    ("visit", "Visit"),
]
# The field that carries the value, by kind. A rule that exists is known: blank means no rule.
VALUES = {
    "percent": "percent",
    "deductible": "amount",
    "maximum": "amount",
    "frequency": "quantity",
    "waiting": "quantity",
    "copay": "amount",
    "fixed": "amount",
}


class DentalInsuranceBenefit(models.Model):
    """One rule of a plan: its value, and who said so when. What nobody said has no rule."""

    _name = "dental.insurance.benefit"
    _description = "Benefit rule"
    _order = "plan_id, kind, network_name, level, category_id, group_label, id"

    plan_id = fields.Many2one(
        "dental.insurance.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="plan_id.currency_id")
    coverage_id = fields.Many2one(
        "dental.insurance.coverage",
        string="Only for",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: for every member. Set: this patient's own rule, which goes first.",
    )
    active = fields.Boolean(default=True, help="A rule that was replaced is kept for the record.")
    kind = fields.Selection(KINDS, required=True)
    level = fields.Selection(
        [("individual", "Person"), ("family", "Family")], required=True, default="individual"
    )
    # What it is about
    scope = fields.Selection(
        [
            ("general", "Everything but orthodontics"),
            ("category", "Category"),
            ("code", "One code"),
            ("range", "From code to code"),
            ("group", "Group of codes"),
        ],
        required=True,
        default="general",
    )
    category_id = fields.Many2one("dental.procedure.category", ondelete="restrict")
    code_id = fields.Many2one("dental.procedure.code", ondelete="restrict")
    code_from = fields.Char(string="From code")
    code_to = fields.Char(string="To code")
    code_ids = fields.Many2many("dental.procedure.code", string="Codes of the group")
    group_label = fields.Char(string="Group")
    network = fields.Selection(
        [("any", "In and out of network"), ("in", "In network"), ("out", "Out of network")],
        required=True,
        default="any",
    )
    network_name = fields.Char(string="Name of the network")
    # What it says
    percent = fields.Float(digits=(5, 2), help="Share that the plan pays, 0 to 100.")
    deductible_applies = fields.Selection(
        [("yes", "After the deductible"), ("no", "Without deductible")],
        help="Empty: not said.",
        string="Deductible",
    )
    amount = fields.Monetary()
    unlimited = fields.Boolean(help="Said to have no limit.")
    quantity = fields.Integer()
    period = fields.Selection(PERIODS)
    period_count = fields.Integer(string="Every", default=1)
    area = fields.Selection(
        [
            ("mouth", "Mouth"),
            ("arch", "Arch"),
            ("quadrant", "Quadrant"),
            ("tooth", "Tooth"),
            ("tooth_range", "Range of teeth"),
        ]
    )
    age_from = fields.Integer(string="From age")
    age_to = fields.Integer(string="Through age", help="Covered through this age.")
    substitute_code_id = fields.Many2one(
        "dental.procedure.code", string="Paid as", ondelete="restrict"
    )
    substitute_when = fields.Selection(
        [
            ("always", "Always"),
            ("posterior", "Posterior teeth"),
            ("molar", "Molars"),
            ("second_molar", "Second and third molars"),
            ("never", "Never"),
        ],
        default="always",
        string="Only on",
    )
    counts_toward_general = fields.Boolean(
        string="Also counts to the general maximum",
        help="Otherwise this maximum is a purse of its own.",
    )
    value = fields.Char(compute="_compute_value")
    subject = fields.Char(compute="_compute_subject")
    # Who said so
    source = fields.Selection(SOURCES, required=True, default="phone")
    representative = fields.Char()
    reference = fields.Char()
    as_of = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self), string="As of"
    )
    user_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, string="Entered by"
    )
    exchange_id = fields.Many2one(
        "dental.exchange",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    note = fields.Char()

    _percent_range = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100)", "A percentage lies between 0 and 100."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A benefit's amount is not negative."
    )

    # Computes

    @api.depends("plan_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for benefit in self:
            benefit.display_name = f"{benefit.plan_id.name}: {kinds.get(benefit.kind)}"

    @api.depends(
        "kind",
        "percent",
        "amount",
        "unlimited",
        "quantity",
        "period",
        "period_count",
        "age_from",
        "age_to",
        "level",
        "deductible_applies",
        "substitute_code_id",
        "note",
    )
    def _compute_value(self):
        for benefit in self:
            benefit.value = benefit._value_text()

    @api.depends(
        "scope", "category_id", "code_id", "code_from", "code_to", "group_label", "code_ids"
    )
    def _compute_subject(self):
        for benefit in self:
            benefit.subject = benefit._subject_text()

    # Constraints

    @api.constrains("kind", "scope", "category_id", "code_id", "code_from", "group_label")
    def _check_scope(self):
        needed = {"category": "category_id", "group": "group_label", "range": "code_from"}
        for benefit in self:
            name = needed.get(benefit.scope)
            if benefit.scope == "code" and not (benefit.code_id or benefit.code_from):
                name = "code_id"
            elif not name or benefit[name]:
                continue
            raise ValidationError(
                self.env._(
                    "Plan %(plan)s, rule %(rule)s: fill in %(field)s, or choose another scope.",
                    plan=benefit.plan_id.name,
                    rule=benefit._kind_text(),
                    field=self._fields[name]._description_string(self.env),
                )
            )

    @api.constrains("kind", "quantity", "age_from", "age_to", "substitute_code_id")
    def _check_value(self):
        for benefit in self:
            wanting = (
                (benefit.kind == "frequency" and benefit.quantity < 1 and not benefit.unlimited)
                or (benefit.kind == "age" and not (benefit.age_from or benefit.age_to))
                or (benefit.kind == "downgrade" and not benefit.substitute_code_id)
            )
            if wanting:
                raise ValidationError(
                    self.env._(
                        "Plan %(plan)s, rule %(rule)s: its value is missing. A thing that nobody "
                        "said needs no rule: delete the line.",
                        plan=benefit.plan_id.name,
                        rule=benefit._kind_text(),
                    )
                )

    # Business

    def _of_our_network(self):
        """Those that hold for the network we belong to: by its name, else in or out by contract."""

        def holds(rule):
            if rule.network_name:
                return rule.network_name == rule.plan_id.network
            side = "in" if rule.plan_id._is_contracted() else "out"
            return rule.network in ("any", side)

        return self.filtered(holds)

    def _identity(self):
        """What the rule is about: of two rules with the same identity the newer one holds."""
        category = self.category_id.id if self.scope == "category" else False
        label = self.group_label if self.scope == "group" else False
        code = self.code_from or self.code_id.claim_code if self.scope == "code" else False
        return (
            *(self.kind, self.level, self.network, self.network_name or False, self.scope),
            *(category, label, code, self.coverage_id.id),
            self.code_from if self.scope == "range" else False,
            self.period == "lifetime",
            bool(self.age_from),
            (self.note or False) if self.kind in ("frequency", "note") else False,
        )

    @api.model
    def _take_over(self, vals_list):
        """Make these the rules of their plans.

        A rule that says the same already gets the new source and date; one that says something
        else is archived and replaced, so that it can still be told what was believed before.
        """
        for vals in vals_list:
            vals = {key: value for key, value in vals.items() if key in self._fields}
            new = self.new(vals)
            rules = self.search([("plan_id", "=", vals["plan_id"]), ("kind", "=", vals["kind"])])
            old = rules.filtered(lambda rule, new=new: rule._identity() == new._identity())
            if old and old[0]._value_text() == new._value_text():
                names = ("source", "representative", "reference", "as_of", "exchange_id", "note")
                old.sudo().write({name: vals.get(name) for name in names})
                continue
            old.active = False
            self.create(vals)

    def _kind_text(self):
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    def _value_text(self):
        """The rule's value in words, such as ``1 per 6 months``."""
        self.ensure_one()
        if self.unlimited:
            return self.env._("no limit")
        if self.kind == "percent":
            return self._percent_text()
        if self.kind in ("deductible", "maximum", "copay", "fixed"):
            return self._amount_text()
        if self.kind == "frequency":
            return self.env._(
                "%(count)s per %(period)s", count=self.quantity, period=self._period_text()
            )
        if self.kind == "waiting":
            period = dict(self._fields["period"]._description_selection(self.env))
            return f"{self.quantity} {period.get(self.period or 'months', '').lower()}"
        if self.kind == "age":
            return self._age_text()
        if self.kind == "same_day":
            return ", ".join(self.code_ids.mapped("code"))
        if self.kind == "downgrade":
            return self.env._("as %s", self.substitute_code_id.display_name)
        return self.note or self._kind_text()

    def _percent_text(self):
        text = f"{self.percent:g} %"
        applies = dict(self._fields["deductible_applies"]._description_selection(self.env))
        return (
            f"{text}, {applies[self.deductible_applies].lower()}"
            if self.deductible_applies
            else text
        )

    def _amount_text(self):
        levels = dict(self._fields["level"]._description_selection(self.env))
        parts = [f"{self.amount:.2f}"]
        if self.kind in ("deductible", "maximum"):
            parts.append(levels[self.level].lower())
        if self.period:
            parts.append(self._period_text())
        return ", ".join(parts)

    def _period_text(self):
        words = dict(self._fields["period"]._description_selection(self.env))
        word = words.get(self.period, self.env._("unknown period")).lower()
        if self.period in ("months", "years"):
            return f"{self.period_count or 1} {word}"
        return word

    def _age_text(self):
        if self.age_from and self.age_to:
            return self.env._(
                "from age %(first)s through %(last)s", first=self.age_from, last=self.age_to
            )
        if self.age_to:
            return self.env._("through age %s", self.age_to)
        return self.env._("from age %s", self.age_from)

    def _subject_text(self):
        self.ensure_one()
        if self.scope == "category":
            return self.category_id.name
        if self.scope == "code":
            return self.code_id.code or self.code_from
        if self.scope == "range":
            return f"{self.code_from}-{self.code_to or self.code_from}"
        if self.scope == "group":
            return self.group_label
        return self.env._("General")
