# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from odoo.addons.dental_coordinator_billing.reckoning import exact, unit

from .. import benefits

KINDS = {"flat": "flat_copay"}
# What a plan says of giving up a write-off; None leaves it to the clinic.
CHOICES = {"keep": False, "full_fee": True}


class DentalEstimatePlans(models.AbstractModel):
    """Plans, fee schedules and coverages as the estimate engine takes them."""

    _name = "dental.estimate.plans"
    _description = "Plans, for the estimate engine"

    @api.model
    def _load(self, coverages, rules, codes, as_of):
        """:class:`LoadedPlans` of these coverages, every schedule read at once."""
        return LoadedPlans(self.env, coverages, rules, codes, as_of)


class LoadedPlans:
    """The plans of one loading, each built once however many patients it has."""

    def __init__(self, env, coverages, rules, codes, as_of):
        self.env, self.as_of = env, as_of
        self._own_rules = rules.filtered("coverage_id").grouped("coverage_id")
        self._plan_texts, self._unused, self._plans, self._settings = {}, {}, {}, {}
        plans = coverages.plan_id
        by_plan = rules.filtered(lambda rule: not rule.coverage_id).grouped("plan_id")
        ours = {plan: by_plan.get(plan, rules.browse())._of_our_network() for plan in plans}
        engine_rules = {plan: own._engine_rules() for plan, own in ours.items()}
        codes |= self._alternates(engine_rules.values(), codes)
        self._codes = codes
        self._contracts = plans.contract_ids._live(as_of).grouped("plan_id")
        self._fees = self._read_fees(plans, coverages.company_id)
        self._memory = env["dental.payer.memory"]._known(plans, codes, as_of)
        for plan in plans:
            rows, substitutions, unused = engine_rules[plan]
            self._unused[plan] = unused
            self._plan_texts[plan] = self._network_texts(plan, by_plan.get(plan, rules.browse()))
            self._plans[plan] = self._plan(plan, rows, substitutions)

    # What the engine is given

    def coverage(self, coverage, procedures):
        policy, plan = coverage.policy_id, coverage.plan_id
        own = self._own_rules.get(coverage)
        rows = own._engine_rules()[0] if own else ()
        starts = max(filter(None, (coverage.date_from, policy.date_from)), default=None)
        return benefits.Coverage(
            key=coverage.id,
            order=coverage.sequence,
            plan=self._plans[plan],
            cob_rule=plan.cob_rule or "",
            starts=starts,
            ends=min(filter(None, (coverage.date_to, policy.date_to)), default=None),
            waiting_from=coverage.waiting_from or None,
            network=self._network(plan, procedures.provider_id),
            benefits=tuple(rows),
            rollovers=tuple(coverage.usage_ids._engine_rollovers()),
            label=plan.name,
        )

    def settings(self, company):
        if company not in self._settings:
            schedule = self._schedule(company.dental_pricelist_id)
            self._settings[company] = benefits.Settings(
                usual_fees=schedule,
                cent=unit(company.currency_id.decimal_places),
                secondary_write_offs=company.dental_secondary_write_offs,
                missing_fee_is_zero=company.dental_missing_fee_is_zero,
                blank_fixed_is_zero=company.dental_blank_fixed_is_zero,
                mark_excluded_do_not_bill=company.dental_excluded_not_billed,
                zero_write_off_max=company.dental_full_fee_over_max,
                zero_write_off_limits=company.dental_full_fee_over_limit,
            )
        return self._settings[company]

    def texts(self, procedure, coverages):
        """What a person must weigh himself of these plans, for one procedure."""
        found = []
        for plan in coverages.plan_id:
            found += self._plan_texts[plan]
            found += self._unused[plan]._unused_texts(procedure)
        return found

    # Plans

    def _plan(self, plan, rows, substitutions):
        is_discount = plan.kind == "discount"
        schedule = self._plan_schedule(plan)
        return benefits.Plan(
            KINDS.get(plan.kind, plan.kind),
            benefits=tuple(rows),
            renewal_month=int(plan.benefit_year_month),
            fees=schedule if is_discount else None,
            allowed=None if is_discount else schedule,
            copays=self._schedule(plan.copay_pricelist_id),
            fixed=self._schedule(plan.fixed_pricelist_id),
            substitutions=tuple(substitutions),
            options=benefits.PlanOptions(
                fixed_benefits=plan.pays_fixed,
                usual_fee_when_excluded=plan.usual_fee_when_excluded,
                no_write_off_on_substitution=plan.no_write_off_on_substitution,
                substitutions_allowed=plan.substitution_policy != "never",
                zero_write_off_max=CHOICES.get(plan.over_max_policy),
                zero_write_off_limits=CHOICES.get(plan.over_limit_policy),
            ),
            discount=self._discount(rows) if is_discount else None,
            label=plan.name,
        )

    def _discount(self, rows):
        """A discount plan's yearly cap, and its services a year by category."""
        caps = [row.amount for row in rows if row.kind == "maximum" and row.amount is not None]
        counts = {
            row.scope.name: row.quantity
            for row in rows
            if row.kind == "frequency" and row.scope.kind == "category"
        }
        return benefits.Discount(annual_max=min(caps, default=None), frequencies=counts)

    def _network(self, plan, providers):
        """``in`` or ``out`` where the contracts of these dentists say so with one voice."""
        contracts = self._contracts.get(plan)
        if not contracts:
            return ""
        sides = {one.network for one in contracts if one.provider_id in providers}
        return sides.pop() if len(sides) == 1 else ""

    def _network_texts(self, plan, rules):
        if plan.network or not any(rules.mapped("network_name")):
            return []
        return [
            self.env._(
                "Plan %s has rules for several networks, and which one is ours is not set. Those "
                "rules are left out.",
                plan.name,
            )
        ]

    # Fees

    def _alternates(self, engine_rules, codes):
        """Codes on which a plan may compute the benefit of others."""
        names = [one.alternate for _rows, rules, _unused in engine_rules for one in rules]
        if not names:
            return codes.browse()
        return codes.search(["|", ("licensed_code", "in", names), ("code", "in", names)])

    def _read_fees(self, plans, companies):
        contracts = plans.contract_ids
        pricelists = (
            plans.pricelist_id
            | plans.copay_pricelist_id
            | plans.fixed_pricelist_id
            | contracts.pricelist_id
            | companies.dental_pricelist_id
        )
        return self._codes._fees_many(pricelists, self.as_of)

    def _plan_schedule(self, plan):
        """Contracted fees, those of single dentists, and what the payer allowed so far."""
        rows = self._rows(plan.pricelist_id)
        for contract in self._contracts.get(plan, ()):
            for code, found in self._rows(contract.pricelist_id, contract.provider_id.id).items():
                rows[code] = (*found, *rows.get(code, ()))
        memory = self._memory.get(plan, {})
        for code, row in memory.items():
            rows.setdefault(code, (row,))
        if not rows and not plan.pricelist_id:
            return None
        return benefits.FeeSchedule(rows, label=plan.pricelist_id.name or plan.name)

    def _schedule(self, pricelist):
        """A schedule of fees; None when there is none."""
        if not pricelist:
            return None
        return benefits.FeeSchedule(self._rows(pricelist), label=pricelist.name)

    def _rows(self, pricelist, provider=None):
        """{code: (fee row,)} of a pricelist; a code without a row has no fee, which is not zero."""
        fees = self._fees.get(pricelist, {}) if pricelist else {}
        return {
            code.claim_code: (benefits.FeeRow(exact(fee), provider=provider),)
            for code, fee in fees.items()
            if fee is not None
        }
