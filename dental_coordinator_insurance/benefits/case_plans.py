# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plans of the case files as the engine's :class:`~.plan.Coverage`."""

from .case_fields import CaseError, Fields, amounts
from .fees import FeeRow, FeeSchedule
from .plan import Benefit, Coverage, Discount, Plan, PlanOptions, Substitution
from .scope import Category, CategoryTable, Scope

CATEGORIES = CategoryTable(
    categories=(
        Category("Diagnostic", (("D0000", "D0999"),)),
        Category("DiagnosticXRay", (("D0200", "D0399"),)),
        Category("RoutinePreventive", (("D1000", "D1999"),)),
        Category("Restorative", (("D2000", "D2699"), ("D2800", "D2999"))),
        Category("Crowns", (("D2700", "D2799"),)),
        Category("Endodontics", (("D3000", "D3999"),)),
        Category("Periodontics", (("D4000", "D4999"),)),
        Category("Prosthodontics", (("D5000", "D5899"), ("D6200", "D6899"))),
        Category("MaxillofacialProsth", (("D5900", "D5999"),)),
        Category("OralSurgery", (("D7000", "D7999"),)),
        Category("Orthodontics", (("D8000", "D8999"),)),
        Category("Adjunctive", (("D9000", "D9999"),)),
    ),
    general=(("D0000", "D7999"), ("D9000", "D9999")),
)
_NAMES = frozenset(category.name for category in CATEGORIES.categories)
_KINDS = {
    kind: kind
    for kind in ("coinsurance", "deductible", "exclusion", "copay", "fixed_benefit", "limitation")
} | {"annual_max": "maximum", "lifetime_max": "maximum", "waiting_period": "waiting"}
_LIMITS = {"frequency": "frequency", "age": "age", None: "frequency"}
_YEARS = {
    "benefit_year": "benefit_year",
    "service_year": "benefit_year",
    "calendar_year": "calendar_year",
    "lifetime": "lifetime",
    "last_12_months": "last_12_months",
}
_SPANS = {unit: unit for unit in ("days", "months", "years")}
_AREAS = {area: area for area in ("mouth", "arch", "quadrant", "tooth", "tooth_range")} | {
    None: "",
    "": "",
    "none": "",
}
_LEVELS = {
    None: "individual",
    "unspecified": "individual",
    "individual": "individual",
    "family": "family",
    "patient": "individual",
}
_COB = {
    None: "",
    "not_applicable": "",
    "none": "none",
    "basic": "basic",
    "standard": "standard",
    "carve_out": "carve_out",
    "non_duplication": "carve_out",
    "maintenance": "maintenance",
    "maintenance_of_benefits": "maintenance",
    "secondary_medicaid": "secondary_medicaid",
}
_PLAN_KINDS = {k: k for k in ("ppo", "percentage", "flat_copay", "capitation", "discount")}
_EXCLUSION_FEES = {None: False, "use_plan_fee": False, "use_usual_fee": True}
_DESIGNS = {None: False, "percentage": False, "fixed_benefit_schedule": True}
_ALLOWED_KINDS = {
    None: "",
    "contracted": "allowed",
    "out_of_network": "allowed",
    "scheduled": "fees",
    "fee_schedule": "fees",
}


def categories_of(code, category=None):
    """Categories of a code by range; an invented code has the one that the case states."""
    found = CATEGORIES.classify(code)
    if category in _NAMES and category not in found:
        general = () if category == "Orthodontics" or "general" in found else ("general",)
        return (*general, *found, category)
    return found


def read_coverage(values, remarks):
    """Coverage of one entry of ``plans``; its key is the ordinal."""
    fields = Fields(values, f"plan {values.get('ordinal')}", remarks)
    order = fields.need("ordinal")
    kind = fields.choice(_PLAN_KINDS, "plan_type")
    fields.flag("is_medical")
    fields.take("fees")  # the office's own fees, see case_reader
    coverage = Coverage(
        key=order,
        order=order,
        plan=_plan(fields, kind, remarks),
        cob_rule=fields.choice(_COB, "cob_rule"),
        # A case states the start for its waiting periods; its services are taken as in force.
        waiting_from=fields.day("effective_date", "effective"),
        label=f"plan {order}",
    )
    fields.end()
    return coverage


def _plan(fields, kind, remarks):
    rows = [
        read_benefit(row, f"{fields.place}, benefit {number}", remarks)
        for number, row in enumerate(fields.take("benefits", default=()), 1)
    ]
    fees, allowed = _schedules(fields, kind)
    return Plan(
        kind=kind,
        benefits=tuple(rows),
        renewal_month=_renewal_month(fields),
        fees=fees,
        allowed=allowed,
        copays=_schedule(fields, "copays", "copay_schedule"),
        fixed=_schedule(fields, "fixed_benefits", "fixed_schedule"),
        substitutions=_substitutions(fields, remarks),
        options=_options(fields),
        discount=_discount(fields) if kind == "discount" else None,
    )


def _renewal_month(fields):
    years = {None: None, "calendar": 1, "calendar_year": 1, "service_month": None}
    fixed = fields.choice(years, "benefit_year")
    month = fields.take("renewal_month")
    return fixed or month or 1


def _schedules(fields, kind):
    """(the plan's posted fees, its allowed amounts) from the one schedule of the format."""
    use = fields.choice(_ALLOWED_KINDS, "allowed_kind")
    schedule = _allowed(fields)
    if kind == "discount":
        return schedule, None
    if kind == "ppo" or use == "allowed":
        return None, schedule
    # Without a word the schedule of a percentage plan is both posted and allowed.
    return schedule, schedule if kind == "percentage" and not use else None


def _allowed(fields):
    values = fields.take("allowed")
    special = [
        ({"provider": provider}, fees)
        for provider, fees in fields.take("allowed_by_provider", default={}).items()
    ] + [
        ({"clinic": clinic}, fees)
        for clinic, fees in fields.take("allowed_by_clinic", default={}).items()
    ]
    if values is None and not special:
        return None
    rows = {}
    for whose, fees in [({}, values or {}), *special]:
        for code, amount in amounts(fees, f"{fields.place}, allowed").items():
            rows.setdefault(code, []).append(FeeRow(amount, **whose))
    default = rows.pop("any", [None])[0]
    return FeeSchedule(
        {code: tuple(found) for code, found in rows.items()}, default and default.amount
    )


def _schedule(fields, *names):
    values = fields.take(*names)
    return None if values is None else FeeSchedule.of(amounts(values, fields.place))


def _substitutions(fields, remarks):
    simple = fields.take("substitutions", default={}).items()
    rules = [Substitution(code, alternate) for code, alternate in simple]
    listed = fields.take("substitution_rules", default=())
    return (*rules, *(read_substitution(row, fields.place, remarks) for row in listed))


def read_substitution(values, place, remarks):
    fields = Fields(values, f"{place}, substitution", remarks)
    rule = Substitution(
        fields.need("code"),
        fields.need("alternate_code", "alternate"),
        fields.take("condition", default="always"),
    )
    fields.end()
    return rule


def _options(fields):
    return PlanOptions(
        fixed_benefits=fields.choice(_DESIGNS, "benefit_design"),
        usual_fee_when_excluded=fields.choice(_EXCLUSION_FEES, "exclusion_fee_rule"),
        no_write_off_on_substitution=bool(fields.flag("no_writeoff_on_substitution")),
        zero_write_off_max=fields.flag("zero_writeoff_when_max_exhausted"),
        zero_write_off_limits=fields.flag("zero_writeoff_when_frequency_or_age_exceeded"),
    )


def _discount(fields):
    return Discount(
        annual_max=fields.amount("annual_max_discount"),
        frequencies=dict(fields.ending("_frequency")),
    )


def read_benefit(values, place, remarks):
    """One row of ``benefits``."""
    fields = Fields(values, place, remarks)
    named = values.get("kind")
    kind = fields.choice(_KINDS, "kind")
    if kind == "limitation":
        kind = fields.choice(_LIMITS, "limit_type")
    is_for_patient = fields.flag("patient_level", "patient_override")
    is_for_patient = is_for_patient or values.get("level") == "patient"
    benefit = Benefit(
        kind=kind,
        scope=_scope(fields),
        level=fields.choice(_LEVELS, "level"),
        patient_level=bool(is_for_patient),
        amount=fields.amount("amount"),
        percent=fields.amount("percent"),
        counts_toward_general=bool(fields.flag("counts_toward_general_max")),
        **_MEASURES.get(kind, lambda *_: {})(fields, named),
    )
    fields.end()
    return benefit


def _scope(fields):
    name = fields.take("category_or_code", default="general") or "general"
    kind, colon, rest = name.partition(":")
    codes = fields.take("codes")
    if name == "general":
        return Scope.general()
    if kind == "group" and colon:
        if codes is None:
            raise CaseError(f"{fields.place}: group {rest!r} without 'codes'")
        return Scope.group(rest, codes)
    if kind == "range" and colon:
        pairs = tuple(tuple(part.strip().split("-")) for part in rest.split(","))
        return Scope("range", rest, ranges=pairs)
    return Scope.category(name) if name in _NAMES else Scope.code(name)


def _amount_period(fields, named):
    default = "lifetime" if named == "lifetime_max" else "benefit_year"
    years = {name: period for name, period in _YEARS.items() if period != "last_12_months"}
    return {"period": fields.choice(years | {None: default}, "time_period")}


def _frequency(fields, named):
    period = fields.take("period", default="number_of_services")
    years = fields.take("time_period")
    if period in _SPANS:
        period = _SPANS[period]
    elif period == "number_of_services" and years in _YEARS:
        period = _YEARS[years]
    else:
        raise CaseError(f"{fields.place}: period {period!r} with time_period {years!r}")
    return {
        "quantity": int(fields.need("quantity")),
        "period": period,
        "area": fields.choice(_AREAS, "area"),
    }


def _waiting(fields, named):
    return {
        "quantity": int(fields.need("quantity")),
        "period": fields.choice(_SPANS, "period", default="months"),
    }


def _age(fields, named):
    fields.choice({None: 0, "age_through_inclusive": 0}, "period")
    return {"min_age": fields.take("min_age"), "max_age": fields.take("max_age")}


_MEASURES = {
    "deductible": _amount_period,
    "maximum": _amount_period,
    "frequency": _frequency,
    "waiting": _waiting,
    "age": _age,
}
