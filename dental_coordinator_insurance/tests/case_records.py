# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A case of the public case files as records: plan, coverage, claims, procedures."""

from dataclasses import replace
from datetime import date

from odoo.addons.dental_coordinator import notation

from ..benefits import estimate
from ..benefits.case_checks import compare, same
from ..benefits.case_reader import TODAY, read_request
from ..benefits.engine import posted_fee

KINDS = {"flat_copay": "flat"}
CATEGORIES = {
    "general": "adjunctive",
    "Diagnostic": "diagnostic",
    "DiagnosticXRay": "xray",
    "RoutinePreventive": "preventive",
    "Restorative": "restorative",
    "Crowns": "crowns",
    "Endodontics": "endo",
    "Periodontics": "perio",
    "Prosthodontics": "prostho_fixed",
    "MaxillofacialProsth": "prostho_removable",
    "OralSurgery": "oral_surgery",
    "Orthodontics": "ortho",
    "Adjunctive": "adjunctive",
}
PERIODS = {
    "benefit_year": "service_year",
    "calendar_year": "calendar_year",
    "lifetime": "lifetime",
    "last_12_months": "rolling_12_months",
    "months": "months",
    "years": "years",
}
SETTINGS = {
    "secondary_write_offs": "dental_secondary_write_offs",
    "missing_fee_is_zero": "dental_missing_fee_is_zero",
    "blank_fixed_is_zero": "dental_blank_fixed_is_zero",
    "mark_excluded_do_not_bill": "dental_excluded_not_billed",
    "zero_write_off_max": "dental_full_fee_over_max",
    "zero_write_off_limits": "dental_full_fee_over_limit",
}
AREAS = {"U": "01", "L": "02", "UR": "10", "UL": "20", "LL": "30", "LR": "40"}
DISCOUNT_CLASSES = {"exam": "diagnostic", "periapical": "xray", "": ""}
CHOICES = {None: False, True: "full_fee", False: "keep"}


class CaseRecords:
    """Builds the records of one case, estimates them, and compares with what is expected."""

    def __init__(self, test, case):
        self.test, self.env, self.case = test, test.env, case
        self.request = read_request(case, [])
        self.coverages, self.procedures, self.relatives = {}, {}, {}
        self.discount = any(c.plan.kind == "discount" for c in self.request.coverages)
        days = [one.date for one in self.request.procedures if one.date]
        self.as_of = self.request.as_of or min(days, default=TODAY)

    # Records

    def build(self):
        as_of = self.as_of
        company = self.test.company
        company.write({own: self.request.settings.__dict__[n] for n, own in SETTINGS.items()})
        for code, row in self.request.settings.usual_fees.rows.items():
            self.code(code).office_fee = float(row[0].amount)
        ages = [p.age for p in self.request.procedures if p.age is not None]
        birth = self.request.patient.birth_date or (ages and date(as_of.year - ages[0], 1, 1))
        self.patient = self.test._new_patient("Case", self.case["id"], birth_date=birth or False)
        for coverage in self.request.coverages:
            self.coverages[coverage.key] = self.coverage(coverage)
        for procedure in self.request.procedures:
            self.procedures[procedure.ref] = self.procedure(procedure)
        for row in self.request.history:
            self.used(row)
        return self

    def code(self, code, category=None, discount_class=""):
        """The procedure code, in the narrowest of its categories."""
        names = [CATEGORIES[name] for name in category or ("general",)]
        key = DISCOUNT_CLASSES.get(discount_class or "") or names[-1]
        found = self.test.case_codes.get((code, key))
        if not found:
            codes = self.env["dental.procedure.code"]
            found = codes.search([("code", "=", code)]) or codes.create(
                {"code": code, "name": code, "category_id": self.test._category(key).id}
            )
            self.test.case_codes[code, key] = found
        if (category or discount_class) and found.category_id.key != key:
            found.category_id = self.test._category(key)
        return found

    def coverage(self, coverage):
        plan = self.plan(coverage)
        holder = self.patient.partner_id
        policy = self.env["dental.insurance.policy"].create(
            {
                "plan_id": plan.id,
                "subscriber_id": holder.id,
                "member_id": f"{self.case['id']}-{coverage.order}",
            }
        )
        record = self.env["dental.insurance.coverage"].create(
            {
                "patient_id": self.patient.id,
                "policy_id": policy.id,
                "sequence": coverage.order,
                "relation": "self",
                "waiting_from": coverage.waiting_from or False,
            }
        )
        for row in coverage.plan.benefits:
            self.rule(row, plan, record)
        return record

    def plan(self, coverage):
        plan = coverage.plan
        payer = self.env["res.partner"].create(
            {"name": f"{self.case['id']} {coverage.order}", "is_company": True}
        )
        schedule = plan.allowed or plan.fees
        record = self.env["dental.insurance.plan"].create(
            {
                "name": f"{self.case['id']} {coverage.order}",
                "company_id": self.test.company.id,
                "payer_id": payer.id,
                "kind": KINDS.get(plan.kind, plan.kind),
                "benefit_year_month": str(plan.renewal_month),
                "cob_rule": coverage.cob_rule if coverage.cob_rule != "none" else False,
                "pricelist_id": self.pricelist(schedule).id,
                "copay_pricelist_id": self.pricelist(plan.copays).id,
                "fixed_pricelist_id": self.pricelist(plan.fixed).id,
                "pays_fixed": plan.options.fixed_benefits,
                "usual_fee_when_excluded": plan.options.usual_fee_when_excluded,
                "no_write_off_on_substitution": plan.options.no_write_off_on_substitution,
                "over_max_policy": CHOICES[plan.options.zero_write_off_max],
                "over_limit_policy": CHOICES[plan.options.zero_write_off_limits],
            }
        )
        for row in plan.substitutions:
            self.test._rule(
                "downgrade",
                record,
                scope="code",
                code_id=self.code(row.code).id,
                substitute_code_id=self.code(row.alternate).id,
                substitute_when=row.condition,
            )
        self.dentists(record, schedule)
        self.discount_terms(record, plan.discount)
        return record

    def dentists(self, plan, schedule):
        """Fees of single dentists become a contract of each with fees of its own."""
        fees = {}
        for code, rows in (schedule.rows if schedule else {}).items():
            for row in rows:
                if row.provider is not None:
                    fees.setdefault(row.provider, {})[code] = float(row.amount)
        for name, own in fees.items():
            plan.contract_ids.create(
                {
                    "plan_id": plan.id,
                    "provider_id": self.dentist(name).id,
                    "pricelist_id": self.list_of(own).id,
                }
            )

    def dentist(self, name):
        if name is None:
            return self.test.provider
        found = self.env["dental.provider"].search([("name", "=", str(name))], limit=1)
        return found or found.create({"name": str(name), "company_id": self.test.company.id})

    def discount_terms(self, plan, terms):
        if not terms:
            return
        if terms.annual_max is not None:
            self.test._rule("maximum", plan, amount=float(terms.annual_max), period="service_year")
        for name, number in terms.frequencies.items():
            self.test._rule(
                "frequency",
                plan,
                category=DISCOUNT_CLASSES[name],
                quantity=number,
                period="service_year",
            )

    def pricelist(self, schedule):
        if schedule is None:
            return self.env["product.pricelist"]
        fees = {}
        for code, rows in schedule.rows.items():
            for row in rows:
                if row.provider is None and row.clinic is None:
                    fees[code] = float(row.amount)
        if schedule.default is not None:
            for procedure in self.request.procedures:
                fees.setdefault(procedure.code, float(schedule.default))
        return self.list_of(fees)

    def list_of(self, fees):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": self.case["id"],
                "company_id": self.test.company.id,
                "currency_id": self.test.company.currency_id.id,
                "dental_fee_schedule": True,
            }
        )
        for code, fee in fees.items():
            pricelist._dental_set_fee(self.code(code)._product(), fee)
        return pricelist

    def rule(self, row, plan, coverage):
        kinds = {"coinsurance": "percent", "fixed_benefit": "fixed"}
        vals = {"coverage_id": coverage.id if row.patient_level else False}
        vals |= {"level": row.level, "area": row.area or False, "unlimited": row.unlimited}
        vals |= {"counts_toward_general": row.counts_toward_general}
        vals |= self.scope(row.scope)
        if row.percent is not None:
            vals["percent"] = float(row.percent)
        if row.amount is not None:
            vals["amount"] = float(row.amount)
        if row.kind in ("deductible", "maximum"):
            vals["period"] = PERIODS[row.period]
        if row.kind == "waiting":
            vals |= {"quantity": row.quantity, "period": row.period}
        if row.kind == "age":
            vals |= {"age_from": row.min_age or 0, "age_to": row.max_age or 0}
        if row.kind == "frequency":
            spans = row.period in ("months", "years")
            vals |= {
                "period": PERIODS[row.period],
                "quantity": 1 if spans else row.quantity,
                "period_count": row.quantity if spans else 1,
            }
        self.test._rule(kinds.get(row.kind, row.kind), plan, **vals)

    def scope(self, scope):
        if scope.kind == "category":
            category = self.test._category(CATEGORIES[scope.name])
            return {"scope": "category", "category_id": category.id}
        if scope.kind == "code":
            return {"scope": "code", "code_id": self.code(scope.name).id}
        if scope.kind == "range":
            first, last = scope.ranges[0]
            return {"scope": "range", "code_from": first, "code_to": last}
        if scope.kind == "group":
            codes = [self.code(code).id for code in sorted(scope.codes)]
            return {"scope": "group", "group_label": scope.name, "code_ids": [(6, 0, codes)]}
        return {"scope": "general"}

    def place(self, area):
        """Fields of a place in the mouth, in the notation of the records."""
        teeth = [notation.from_universal(tooth) for tooth in sorted(area.teeth, key=int)]
        is_region = area.is_region and area.text in AREAS
        return {
            "tooth": notation.from_universal(area.tooth) if area.tooth else False,
            "tooth_range": ", ".join(teeth) or False,
            "surfaces": area.text if area.text and not is_region else False,
            "area": AREAS[area.text] if is_region else False,
        }

    def procedure(self, given):
        coverages = sorted(self.request.coverages, key=lambda one: one.order)
        fee, _known = posted_fee(
            given, coverages, given.date_as_of(self.request.as_of), self.request.settings
        )
        record = self.test._new_service(
            self.patient,
            self.code(given.code, given.categories, self.discount and given.discount_class),
            fee=float(fee),
            quantity=given.quantity,
            sequence=len(self.procedures) + 1,
            provider_id=self.dentist(given.provider).id,
            keep_from_plan=given.do_not_bill,
            state="planned" if given.planned else "done",
            date_done=False if given.planned else given.date,
            appointment_id=self.visit(given),
            **self.place(given.area),
        )
        for typed in given.overrides:
            for kind, amount in typed.__dict__.items():
                if kind != "coverage" and amount is not None:
                    record.override_ids.create(
                        {
                            "procedure_id": record.id,
                            "coverage_id": self.coverages[typed.coverage].id,
                            "kind": kind,
                            "amount": float(amount),
                            "reason": "Case",
                        }
                    )
        for answer in given.received:
            self.claim(
                record,
                self.coverages[answer.coverage],
                given.date or TODAY,
                paid=float(answer.paid),
                written_off=float(answer.write_off),
                deductible_taken=float(answer.deductible),
                settled=True,
            )
        return record

    def visit(self, given):
        """A later service is booked for its day."""
        if not given.planned or not given.date or given.date <= self.as_of:
            return False
        return self.test._new_booking(self.patient, given.date).id

    def used(self, row):
        coverage = self.coverages[row.coverage]
        if row.status == "adjustment":
            for kind, amount in (("maximum", row.paid), ("deductible", row.deductible)):
                if amount:
                    self.adjust(coverage, row, kind, amount)
        elif row.status == "elsewhere":
            place = self.place(row.area)
            self.env["dental.insurance.usage"].create(
                {
                    "coverage_id": coverage.id,
                    "kind": "service",
                    "date": row.date,
                    "code_id": self.code(row.code, row.categories).id,
                    **place,
                }
            )
        else:
            self.past(coverage, row)

    def adjust(self, coverage, row, kind, amount):
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": coverage.id,
                "kind": kind,
                "amount": float(amount),
                "date": row.date,
                "level": "individual" if row.own else "family",
            }
        )

    def past(self, coverage, row):
        """A claim for a service done before, of the patient or of a relative."""
        if not row.code:
            self.adjust(coverage, row, "maximum", row.paid)
            return
        if row.service in self.procedures:
            procedure = self.procedures[row.service]
        else:
            if not row.own:
                coverage = self.relative(coverage, row)
            procedure = self.test._new_service(
                coverage.patient_id,
                self.code(row.code, row.categories),
                fee=float(max(row.paid, row.estimated)) + 500,
                state="done",
                date_done=row.date,
                keep_from_plan=row.do_not_bill,
                **self.place(row.area),
            )
            if row.service is not None:
                self.procedures[row.service] = procedure
        pending = row.status == "pending"
        self.claim(
            procedure,
            coverage,
            row.date,
            paid=float(row.paid),
            plan_amount=float(row.estimated) + float(row.paid) if pending else float(row.paid),
            deductible=float(row.deductible),
            deductible_taken=0.0 if pending else float(row.deductible),
            settled=not pending,
        )

    def relative(self, coverage, row):
        """Another member of the family under the same policy."""
        patient = self.test._new_patient("Relative", self.case["id"])
        return coverage.create(
            {
                "patient_id": patient.id,
                "policy_id": coverage.policy_id.id,
                "relation": "child",
                "sequence": 1,
            }
        )

    def claim(self, procedure, coverage, day, **line):
        """A claim line; a further payment of the same service adds to the one there is."""
        before = procedure.claim_line_ids.filtered(lambda one: one.coverage_id == coverage)
        if before:
            for name in ("paid", "plan_amount", "deductible", "deductible_taken"):
                before[name] += line.get(name, 0.0)
            return before.claim_id
        lines = self.env["dental.claim.line"]
        return self.env["dental.claim"].create(
            {
                "patient_id": procedure.patient_id.id,
                "coverage_id": coverage.id,
                "invoice_id": self.test.any_invoice.id,
                "date_service": day,
                "state": "closed" if line.get("settled") else "sent",
                "line_ids": [(0, 0, {**lines._prepare_service_vals(procedure), **line})],
            }
        )

    # What comes of it

    def differences(self):
        """Figures that are not the expected ones: of the engine's lines and of the snapshot."""
        as_of = self.as_of
        own = [self.procedures[one.ref] for one in self.request.procedures]
        procedures = self.env["dental.procedure"].browse([one.id for one in own])
        if not procedures:  # a case about what is left, not about a service
            procedures = self.test._new_service(self.patient, self.code("X1"))
            self.procedures["none"] = procedures
        engine = self.env["dental.estimate.engine"]
        self.env.flush_all()
        request, _coverages, _texts = engine._requests({0: procedures}, as_of)[0]
        result = self._renamed(estimate(request))
        request = replace(request, history=self._renamed_history(request.history))
        request = replace(request, coverages=self._renamed_coverages(request.coverages))
        rows = [row for name in ("expect", "derived") for row in _rows(self.case, name)]
        found = [str(d) for row in rows for d in compare(row, self.case, request, result)]
        return found + self._of_snapshot(procedures, as_of, result)

    def _keys(self):
        keys = {record.id: key for key, record in self.coverages.items()}
        refs = {record.id: ref for ref, record in self.procedures.items()}
        return keys, refs

    def _renamed(self, result):
        keys, refs = self._keys()
        lines = [
            replace(
                line,
                ref=refs[line.ref],
                plans=tuple(replace(p, coverage=keys[p.coverage]) for p in line.plans),
                trace=tuple(step._replace(coverage=keys.get(step.coverage)) for step in line.trace),
            )
            for line in result.lines
        ]
        return replace(result, lines=tuple(lines))

    def _renamed_history(self, history):
        keys, _refs = self._keys()
        return tuple(replace(row, coverage=keys[row.coverage]) for row in history)

    def _renamed_coverages(self, coverages):
        keys, _refs = self._keys()
        return tuple(replace(one, key=keys[one.key]) for one in coverages)

    def _of_snapshot(self, procedures, as_of, result):
        """What the kept estimate says otherwise than the engine."""
        snapshot = procedures._make_estimate(as_of)
        keys, refs = self._keys()
        found = []
        for line in snapshot.line_ids:
            computed = result.line(refs[line.procedure_id.id])
            pairs = [(computed.patient, line.patient_amount)]
            for share in line.share_ids:
                plan = computed.plan(keys[share.coverage_id.id])
                pairs += [(plan.paid, share.amount), (plan.write_off, share.write_off)]
                pairs += [(plan.deductible, share.deductible)]
            found += [
                f"snapshot: {kept} instead of {value}"
                for value, kept in pairs
                if not same(kept, value)
            ]
        return found


def _rows(case, name):
    rows = case.get(name, ())
    return [rows] if isinstance(rows, dict) else rows
