# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..desk import payers

# How many payers are suggested.
MOST = 10


class DentalWishRule(models.Model):
    """What becomes of a visit asked for online when a certain insurance is named.

    What was typed is never taken as verified: the rule only says whether, and with which words,
    the wish is taken.
    """

    _name = "dental.wish.rule"
    _description = "Rule for an insurance named online"
    _order = "other, sequence, name, id"

    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Payer", ondelete="cascade", domain="[('is_company', '=', True)]"
    )
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        string="Insurance",
        help="As patients write it. Case, accents and small words do not count.",
    )
    aliases = fields.Char(
        string="Also written", help="Other names and short forms, with commas between them."
    )
    other = fields.Boolean(
        string="Any other", help="For whoever names an insurance that no other rule knows."
    )
    answer = fields.Selection(
        [
            ("allow", "Allow"),
            ("message", "Allow, with a message"),
            ("ask", "Ask for a text"),
            ("block", "Do not take it, with a message"),
        ],
        required=True,
        default="allow",
    )
    message = fields.Text(string="Words", help="What the person reads, or is asked.")

    _named = models.Constraint(
        "CHECK (COALESCE(other, FALSE) OR trim(COALESCE(name, '')) <> '')",
        "Say which insurance the rule is for: choose the payer, or type its name.",
    )
    _worded = models.Constraint(
        "CHECK (answer = 'allow' OR trim(COALESCE(message, '')) <> '')",
        "Write what the person reads or is asked.",
    )
    _one_other = models.UniqueIndex(
        "(company_id) WHERE other AND active", "There is a rule for any other insurance already."
    )

    # Computes

    @api.depends("partner_id")
    def _compute_name(self):
        for rule in self:
            rule.name = rule.partner_id.name or rule.name

    @api.depends("name", "other")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = self.env._("Any other") if rule.other else rule.name

    # Constraints

    @api.constrains("name", "aliases", "other", "active", "company_id")
    def _check_names(self):
        """No name leads to two rules of a clinic."""
        rules = self.search([("company_id", "in", self.company_id.ids), ("other", "=", False)])
        known = {}
        for rule in rules | self.filtered(lambda one: one.active and not one.other):
            names = {payers.normal(name) for name in rule._names()}
            if not names and (rule.name or "").strip():
                raise ValidationError(
                    self.env._("%s is no name: type the insurance in letters.", rule.name)
                )
            for name in names:
                twin = known.setdefault((rule.company_id, name), rule)
                if twin != rule:
                    raise ValidationError(
                        self.env._(
                            "%(name)s is a name of two rules: %(one)s and %(other)s. Take it out "
                            "of one of them.",
                            name=" ".join(name),
                            one=twin.display_name,
                            other=rule.display_name,
                        )
                    )

    # Actions

    @api.model
    def action_suggest(self):
        """Add a rule that allows, for each of the most used payers that has none yet."""
        self.check_access("create")
        known = self._of(self.env.company)
        made = self.create(
            [
                {"name": name, "partner_id": partner.id}
                for name, partner in self._most_used_payers(self.env.company)[:MOST]
                if known._meant(name).other or not known._meant(name)
            ]
        )
        if not made:
            raise UserError(
                self.env._("The most used payers of this clinic have a rule each already.")
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s rules added. Say what each of them does.", len(made)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # Business

    @api.model
    def _of(self, company):
        """The live rules of a clinic."""
        return self.search([("company_id", "=", company.id)])

    def _meant(self, typed):
        """The one of these rules that counts for an insurance as it was typed; none if nothing
        was typed, or no rule knows it.
        """
        if not payers.normal(typed):
            return self.browse()
        named = self.filtered(lambda rule: not rule.other)
        found = payers.meant(typed, {rule: rule._names() for rule in named})
        return found or self.filtered("other")[:1]

    def _names(self):
        names = payers.names_of(self.name, self.aliases)
        return [*names, *payers.names_of(self.partner_id.name)]

    @api.model
    def _most_used_payers(self, company):
        """Payers of this clinic, the most used one first: list of (name, contact or none).

        As far as people named them online; insurance knows from the covers.
        """
        told = self.env["dental.visit.wish"]._read_group(
            [("company_id", "=", company.id), ("payer", "!=", False)],
            ["payer"],
            ["__count"],
            order="__count DESC, payer",
        )
        nobody = self.env["res.partner"]
        once = {payers.normal(name): name for name, _count in reversed(told)}
        names = [name for name, _count in told if once.get(payers.normal(name)) == name]
        return [(name, nobody) for name in names if payers.normal(name)]


class DentalVisitWish(models.Model):
    _inherit = "dental.visit.wish"

    wish_rule_id = fields.Many2one(
        "dental.wish.rule", readonly=True, ondelete="set null", string="Rule of the insurance"
    )
    payer_answer = fields.Char(
        string="Told about the insurance", readonly=True, help="To be verified."
    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("payer"):
                step = self.env._("Verify the insurance, call back and book")
                vals.setdefault("next_action", step)
        return super().create(vals_list)
