# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A case of the case files as a :class:`~.inputs.Request`."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from .case_fields import CaseError, Fields, amounts
from .case_plans import categories_of, read_coverage, read_substitution
from .case_teeth import read_area
from .fees import FeeRow, FeeSchedule
from .inputs import (
    History,
    Overrides,
    Patient,
    Precert,
    Procedure,
    Received,
    Request,
    Settings,
)

ZERO = Decimal(0)
TODAY = date(2024, 6, 14)  # "today" of all case files
_STATUSES = {
    "paid": "paid",
    "received": "paid",
    "supplemental": "paid",
    "denied": "paid",
    "pending": "pending",
    "adjustment": "adjustment",
    "history_elsewhere": "elsewhere",
    "elsewhere": "elsewhere",
    "preauth": "precert",
    "preauthorization": "precert",
    "preauth_received": "precert",
}
_OWN = (None, "self")


def read_request(case, remarks):
    """Request of a case.

    :param remarks: list that collects what the case says and nothing reads
    :raises CaseError: for a value that the format does not have
    """
    coverages = tuple(read_coverage(plan, remarks) for plan in case.get("plans", ()))
    patient, age = _patient(case.get("patient", {}), remarks)
    rows = enumerate(case.get("history", ()), 1)
    history = tuple(_history(row, number, remarks) for number, row in rows)
    procedures = (_procedure(p, age, remarks) for p in case.get("procedures", ()))
    return Request(
        coverages=coverages,
        procedures=tuple(_with_answers(procedure, history) for procedure in procedures),
        history=history,
        patient=patient,
        as_of=_as_of(case),
        settings=_settings(case, remarks),
    )


def _as_of(case):
    return date.fromisoformat(case["as_of"]) if case.get("as_of") else None


def _patient(values, remarks):
    """(patient, the age that the case states)."""
    fields = Fields(values, "patient", remarks)
    age = fields.take("age")
    birth_date = fields.day("birth_date", "birthdate", "date_of_birth")
    fields.end()
    return Patient(birth_date), age


def _settings(case, remarks):
    fields = Fields(case.get("settings", {}), "settings", remarks)
    usual = {}
    for plan in reversed(case.get("plans", ())):
        usual |= amounts(plan.get("fees", {}), f"plan {plan.get('ordinal')}, fees")
    office = case.get("office_wide_substitution") or case.get("office_wide_substitutions") or ()
    office = [office] if isinstance(office, dict) else office
    flags = {
        "secondary_write_offs": "secondary_ppo_writeoffs",
        "missing_fee_is_zero": "missing_fee_means_zero_allowed",
        "blank_fixed_is_zero": "blank_fixed_benefit_is_zero",
        "mark_excluded_do_not_bill": "mark_excluded_as_do_not_bill",
        "zero_write_off_max": "zero_writeoff_when_max_exhausted",
        "zero_write_off_limits": "zero_writeoff_when_frequency_or_age_exceeded",
    }
    settings = Settings(
        usual_fees=FeeSchedule.of(usual),
        substitutions=tuple(read_substitution(row, "office", remarks) for row in office),
        **{name: bool(fields.flag(field)) for name, field in flags.items()},
    )
    fields.end()
    return settings


def _procedure(values, age, remarks):
    fields = Fields(values, f"procedure {values.get('ref')}", remarks)
    ref, code = fields.need("ref"), fields.need("code")
    overrides = _overrides(fields, remarks)
    procedure = Procedure(
        ref=ref,
        code=code,
        categories=categories_of(code, fields.take("category")),
        fee=fields.amount("fee"),
        quantity=int(fields.take("quantity", "units") or 1),
        date=fields.day("date", "planned_date") or TODAY,
        planned=fields.take("status") in (None, "treatment_planned", "planned"),
        area=_area(fields),
        provider=fields.take("provider"),
        clinic=fields.take("clinic"),
        discount_class=fields.take("discount_class") or "",
        do_not_bill=bool(fields.flag("do_not_bill", "do_not_bill_insurance")),
        tooth_lost_on=fields.day("tooth_lost_on"),
        age=fields.take("patient_age", default=age),
        overrides=overrides,
        received=tuple(_received(row, fields.place, remarks) for row in _list(fields, "received")),
        precerts=tuple(_precerts(fields, remarks)),
    )
    # The order of the list is the order of the claims; a claim paid as estimated is its estimate.
    fields.take("on_claim")
    fields.flag("claim_paid")
    fields.end()
    return procedure


def _area(fields):
    return read_area(
        fields.take("tooth"),
        fields.take("surfaces", "surfaces_or_area", "area"),
        fields.take("tooth_range"),
        fields.take("code_treatment_area", "treatment_area", default=""),
    )


def _list(fields, *names):
    value = fields.take(*names, default=())
    return [value] if isinstance(value, dict) else value


_TYPED = {
    "allowed": ("allowed",),
    "copay": ("copay",),
    "deductible": ("deductible",),
    "percent": ("percent", "percentage"),
    "paid_other": ("paid_other", "paid_by_other_plan", "paid_other_insurance"),
    "total": ("total", "insurance_estimate", "estimate"),
    "write_off": ("write_off",),
}


def _overrides(fields, remarks):
    """Typed figures: a list, one object, or fields named ``..._override`` (first plan)."""
    found = []
    for row in _list(fields, "overrides", "override"):
        inner = Fields(row, f"{fields.place}, override", remarks)
        typed = {name: inner.amount(*words) for name, words in _TYPED.items()}
        found.append(Overrides(inner.take("plan", default=1), **typed))
        inner.end()
    flat = {
        name: fields.amount(*(f"{word}_override" for word in words))
        for name, words in _TYPED.items()
    }
    flat["before_limits"] = fields.amount("insurance_estimate_before_limits")
    if any(value is not None for value in flat.values()):
        found.append(Overrides(1, **flat))
    return tuple(found)


def _received(values, place, remarks):
    fields = Fields(values, f"{place}, received", remarks)
    answer = Received(
        fields.take("plan", default=1),
        fields.amount("insurance_paid", "paid", default=ZERO),
        fields.amount("write_off", default=ZERO),
        fields.amount("deductible", default=ZERO),
    )
    fields.end()
    return answer


def _precerts(fields, remarks):
    for row in _list(fields, "preauth", "preauthorization", "precert"):
        inner = Fields(row, f"{fields.place}, preauthorization", remarks)
        plan = inner.take("plan", default=1)
        amount = inner.amount("amount", "insurance_estimate", "estimate", "insurance_paid")
        answered = inner.take("status", default="received") == "received"
        inner.end()
        if answered and amount is not None:
            yield Precert(plan, amount)


def _with_answers(procedure, history):
    """Add the answered preauthorizations that the history has for the service."""
    found = tuple(
        Precert(row.coverage, row.estimated or row.paid)
        for row in history
        if row.status == "precert" and row.service == procedure.ref and row.estimated + row.paid
    )
    return replace(procedure, precerts=procedure.precerts + found) if found else procedure


def _history(values, number, remarks):
    fields = Fields(values, f"history {number}", remarks)
    code = fields.take("code", default="") or ""
    fields.take("fee")
    fields.take("write_off")
    row = History(
        coverage=fields.take("plan", default=1),
        date=fields.day("date") or TODAY,
        code=code,
        categories=categories_of(code, fields.take("category")),
        status=fields.choice(_STATUSES, "status"),
        paid=fields.amount("insurance_paid", default=ZERO),
        estimated=fields.amount("insurance_estimated", "insurance_estimate", default=ZERO),
        deductible=fields.amount("deductible", default=ZERO),
        own=fields.take("patient") in _OWN,
        service=fields.take("service_ref", "procedure"),
        area=_area(fields),
        do_not_bill=bool(fields.flag("do_not_bill", "do_not_bill_insurance")),
        discount_class=fields.take("discount_class", default=""),
    )
    fields.end()
    return row


def read_fee_rows(rows, is_global, remarks):
    """Fee schedule of a ``fee_lookup`` case."""
    found = {}
    for number, values in enumerate(rows, 1):
        fields = Fields(values, f"fee row {number}", remarks)
        row = {
            "code": fields.need("code"),
            "amount": fields.amount("amount", "fee"),
            "provider": fields.take("provider"),
            "clinic": fields.take("clinic"),
        }
        if row["amount"] is None:
            raise CaseError(f"fee row {number}: field 'amount' is missing")
        found.setdefault(row.pop("code"), []).append(row)
        fields.end()
    return FeeSchedule(
        {code: tuple(FeeRow(**row) for row in rows) for code, rows in found.items()},
        is_global=bool(is_global),
    )
