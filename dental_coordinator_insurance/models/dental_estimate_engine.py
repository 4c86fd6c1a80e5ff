# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import date
from decimal import Decimal

from odoo import api, models

from odoo.addons.dental_coordinator import notation
from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits
from .dental_insurance_benefit_engine import categories_of

KINDS = {"flat": "flat_copay"}
# Areas of the mouth that a code is charged by.
REGIONS = ("arch", "quadrant", "sextant")


class DentalEstimateEngine(models.AbstractModel):
    """Between the records and the estimate engine: loads what it needs, a few queries in all.

    Read as the server: a family's used benefits count although a member's file may be closed to
    the user, and no more than the resulting figures leaves this model.
    """

    _name = "dental.estimate.engine"
    _description = "Inputs of the estimate engine"

    @api.model
    def _estimate(self, procedures, as_of):
        """Estimate procedures of one patient who has coverage on ``as_of``.

        :param procedures: in the order in which they use up benefits
        :return: (benefits.Estimate, {coverage id: coverage}, {procedure: further texts on what is
            not known}); None when no plan covers the patient then
        """
        procedures = procedures.sudo()
        coverages = self._coverages(procedures.patient_id)._live(as_of)
        if not coverages:
            return None
        plans, unused, texts = self._plans(coverages, procedures.code_id, as_of)
        request = benefits.Request(
            coverages=tuple(self._coverage(one, plans) for one in coverages),
            procedures=tuple(self._procedures(procedures, coverages, as_of)),
            history=tuple(self._history(coverages, as_of)),
            patient=benefits.Patient(procedures.patient_id.birth_date or None),
            as_of=as_of,
        )
        unknown = {one.id: texts + unused._unused_texts(one) for one in procedures}
        return benefits.estimate(request), {one.id: one for one in coverages}, unknown

    @api.model
    def _coverages(self, patient):
        return (
            self.env["dental.insurance.coverage"]
            .sudo()
            .search([("patient_id", "in", patient.ids), ("active", "=", True)])
        )

    # Plans

    def _plans(self, coverages, codes, as_of):
        """{plan: engine plan}, each built once; rules that stay unused; texts on the plans."""
        rules = self._rules(coverages)
        plans, unused, texts = {}, rules.browse(), []
        for plan in coverages.plan_id:
            own = rules.filtered(lambda r, plan=plan: r.plan_id == plan and not r.coverage_id)
            ours = own._of_our_network()
            rows, substitutions, left = ours._engine_rules()
            unused |= left
            texts += self._network_texts(plan, own)
            plans[plan] = benefits.Plan(
                KINDS.get(plan.kind, plan.kind),
                benefits=tuple(rows),
                renewal_month=int(plan.benefit_year_month),
                allowed=self._schedule(plan, codes, substitutions, as_of),
                substitutions=tuple(substitutions),
                label=plan.name,
            )
        return plans, unused, texts

    def _rules(self, coverages):
        return (
            self.env["dental.insurance.benefit"]
            .sudo()
            .search(
                [
                    ("plan_id", "in", coverages.plan_id.ids),
                    ("coverage_id", "in", [False, *coverages.ids]),
                ]
            )
        )

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

    def _schedule(self, plan, codes, substitutions, as_of):
        """Contracted fees of the codes at hand; None when the plan has no schedule."""
        if not plan.pricelist_id:
            return None
        alternates = [one.alternate for one in substitutions]
        if alternates:
            codes |= codes.search(
                ["|", ("licensed_code", "in", alternates), ("code", "in", alternates)]
            )
        fees = codes._fees(plan.pricelist_id, as_of)
        return benefits.FeeSchedule.of(
            {code.claim_code: exact(fee) for code, fee in fees.items() if fee is not None},
            label=plan.pricelist_id.name,
        )

    def _coverage(self, coverage, plans):
        policy, plan = coverage.policy_id, coverage.plan_id
        own, _substitutions, _unused = (
            self._rules(coverage)
            .filtered(lambda rule: rule.coverage_id == coverage)
            ._engine_rules()
        )
        starts = max(filter(None, (coverage.date_from, policy.date_from)), default=None)
        return benefits.Coverage(
            key=coverage.id,
            order=coverage.sequence,
            plan=plans[plan],
            cob_rule=plan.cob_rule or "",
            starts=starts,
            ends=min(filter(None, (coverage.date_to, policy.date_to)), default=None),
            benefits=tuple(own),
            label=plan.name,
        )

    # Procedures

    def _procedures(self, procedures, coverages, as_of):
        answered = procedures.precert_line_ids._answered(as_of)
        for procedure in procedures:
            done = procedure.date_done
            yield benefits.Procedure(
                ref=procedure.id,
                code=procedure.code_id.claim_code,
                categories=categories_of(procedure.category_id.key),
                fee=exact(procedure.fee) / procedure.quantity,
                quantity=procedure.quantity,
                date=done or None,
                planned=not done,
                area=self._area(procedure),
                provider=procedure.provider_id.id,
                received=tuple(self._received(procedure, coverages)),
                precerts=tuple(
                    self._precert(line)
                    for (asked, coverage), line in answered.items()
                    if asked == procedure and coverage in coverages
                ),
            )

    def _received(self, procedure, coverages):
        lines = procedure.claim_line_ids.filtered(
            lambda line: line.live and line.settled and line.coverage_id in coverages
        )
        for line in lines:
            yield benefits.Received(
                line.coverage_id.id,
                paid=exact(line.paid),
                write_off=exact(line.written_off),
                deductible=exact(line.deductible_taken),
            )

    def _precert(self, line):
        precert = line.precert_id
        return benefits.Precert(
            line.coverage_id.id,
            exact(line.plan_amount),
            number=precert.answer_number or precert.number,
            source=benefits.Source(
                "letter", precert.answered_on or None, precert.answer_number or ""
            ),
        )

    def _area(self, service):
        """Place of a procedure or of a claim's line."""
        tooth, area = service.tooth or "", service.area or ""
        teeth = notation.parse_teeth(service.tooth_range or "")
        first = tooth or next(iter(teeth), "")
        known = bool(first) and not notation.is_supernumerary(first)
        return benefits.Area(
            tooth=tooth,
            text=(service.surfaces or "") or area,
            teeth=frozenset(teeth),
            arch=notation.arch(first) if first else area,
            quadrant=notation.quadrant(first) if first else area,
            is_region=not first and bool(area),
            classes=frozenset(
                name
                for name in ("second_molar", "molar", "posterior")
                if known and notation.in_class(first, name)
            ),
        )

    # What was used

    def _history(self, coverages, as_of):
        """Claims of the patient and of his family under the same policies, and what others told."""
        lines = self._claim_lines(coverages)
        by_policy = {one.policy_id: one for one in coverages}
        for line in lines:
            coverage = by_policy[line.coverage_id.policy_id]
            yield self._claim_history(line, coverage)
        yield from self._usage_history(coverages, lines)

    def _claim_lines(self, coverages):
        return (
            self.env["dental.claim.line"]
            .sudo()
            .search(
                [
                    ("coverage_id.policy_id", "in", coverages.policy_id.ids),
                    ("live", "=", True),
                    ("procedure_id", "!=", False),
                ]
            )
        )

    def _claim_history(self, line, coverage):
        settled = line.settled
        return benefits.History(
            coverage.id,
            line._service_date(),
            code=line.code or "",
            categories=categories_of(line.procedure_id.category_id.key),
            status="paid" if settled else "pending",
            paid=exact(line.paid),
            estimated=Decimal(0) if settled else exact(line.plan_amount) - exact(line.paid),
            deductible=exact(line.deductible_taken if settled else line.deductible),
            own=line.patient_id == coverage.patient_id,
            service=line.procedure_id.id,
            area=self._area(line),
        )

    def _usage_history(self, coverages, lines):
        """What the payer or the patient told of benefits used.

        A payer's total is compared with what our own claims had used by then: only the rest was
        used elsewhere. Of several totals of the same thing the newest counts.
        """
        newest = {}
        for usage in coverages.usage_ids.filtered("active").sorted("as_of"):
            if usage.kind == "service":
                yield self._service_history(usage)
            elif usage.is_total:
                newest[usage.coverage_id, usage.kind, usage.level, usage.benefit_id] = usage
            else:
                yield self._adjustment(usage, exact(usage.amount))
        known = self._used_by_then(newest.values(), lines)
        for usage in newest.values():
            yield self._adjustment(usage, max(exact(usage.amount) - known[usage], Decimal(0)))

    def _service_history(self, usage):
        key = (usage.category_id or usage.code_id.category_id).key
        return benefits.History(
            usage.coverage_id.id,
            usage.date,
            # Known by its category alone, it still counts to the limits of the category.
            code=usage.code_id.claim_code or key,
            categories=categories_of(key),
            status="elsewhere",
            area=benefits.Area(tooth=usage.tooth or ""),
        )

    def _adjustment(self, usage, amount):
        key = usage.benefit_id.category_id.key
        return benefits.History(
            usage.coverage_id.id,
            usage.date or usage.as_of,
            # Of a limit of its own; else it belongs to no service and counts to the general one.
            code=key or "",
            categories=categories_of(key) if key else (),
            status="adjustment",
            paid=amount if usage.kind == "maximum" else Decimal(0),
            deductible=amount if usage.kind == "deductible" else Decimal(0),
            own=usage.level == "individual",
        )

    def _used_by_then(self, usages, lines):
        """{usage: what our own settled claims had used on the day of the payer's total}"""
        used = defaultdict(Decimal)
        for usage in usages:
            coverage = usage.coverage_id
            since = self._year_start(coverage.plan_id, usage.as_of)
            for line in lines:
                same = line.coverage_id == coverage or (
                    usage.level == "family" and line.coverage_id.policy_id == coverage.policy_id
                )
                told = line.answered_on and since <= line._service_date() <= usage.as_of
                if same and told and line.answered_on <= usage.as_of:
                    name = "paid" if usage.kind == "maximum" else "deductible_taken"
                    used[usage] += exact(line[name])
        return used

    @api.model
    def _year_start(self, plan, day):
        month = int(plan.benefit_year_month)
        return date(day.year if month <= day.month else day.year - 1, month, 1)
