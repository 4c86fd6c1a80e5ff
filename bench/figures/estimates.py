# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The estimate engine beside loading its inputs, its growth, and queries for many patients."""

from datetime import date, timedelta
from functools import cache
from time import perf_counter

from ..frame import counted, figure, seconds

LINES = 10_000
SERVICES = ("exam", "cleaning", "filling", "crown")


@figure("estimating 10,000 lines with two plans / loading their inputs", limit=1.0)
def engine(env):
    clinic = clinic_with(env, patients=25)
    loader, groups = clinic.env["dental.estimate.engine"], clinic.groups
    times = LINES // sum(len(own) for own in groups.values())
    load = times * seconds(clinic.env, lambda: loaded_anew(clinic.env, loader, groups), times)
    requests = [one for one, *_rest in loader._requests(groups, date.today()).values()]
    return estimating(requests, times) / load


@figure("estimating 20,000 lines / twice the time of 10,000", limit=1.25)
def growth(env):
    clinic = clinic_with(env, patients=10)
    loaded = clinic.env["dental.estimate.engine"]._requests(clinic.groups, date.today())
    requests = [one for one, *_rest in loaded.values()]
    times = LINES // sum(len(one.procedures) for one in requests)
    return estimating(requests, 2 * times) / (2 * estimating(requests, times))


@counted("queries to reckon 100 patients again / 25", limit=1.0)
def hundred(env):
    return queries(env, patients=100) / 25


@counted("queries to reckon 1,000 patients again / 250", limit=1.0)
def thousand(env):
    return queries(env, patients=1000, services=("crown",)) / 250


def loaded_anew(env, loader, groups):
    """Load what the engine needs as if nothing had been read before."""
    env.invalidate_all()
    return loader._requests(groups, date.today())


def estimating(requests, times):
    from odoo.addons.dental_coordinator_insurance.benefits import estimate

    started = perf_counter()
    for _time in range(times):
        for request in requests:
            estimate(request)
    return perf_counter() - started


def queries(env, patients, services=SERVICES):
    """How many queries it takes to load and estimate the open procedures of many patients."""
    clinic = clinic_with(env, patients, services, history=0)
    own = clinic.env
    own.flush_all()
    own.invalidate_all()
    before = own.cr.sql_log_count
    own["dental.estimate.engine"]._estimate_groups(clinic.groups, date.today())
    return own.cr.sql_log_count - before


def clinic_with(env, patients, services=SERVICES, history=4):
    """A clinic of patients with two plans, planned services, and services paid before."""
    clinic = clinic_class()(env)
    clinic._setup_insurance()
    clinic._usual_rules()
    second = clinic._new_plan("Second", kind="percentage", crown=1000.0)
    second.cob_rule = "standard"
    clinic._usual_rules(second)
    clinic.groups = {}
    day = date.today() - timedelta(days=40)
    for number in range(patients):
        patient = clinic._new_patient(f"P{number}", "Bench", birth_date="1990-01-01")
        covers = [
            clinic._cover(patient, plan, f"{order}-{number}", sequence=order)
            for order, plan in ((1, clinic.plan), (2, second))
        ]
        own = [clinic._new_procedure(kind, patient) for kind in services]
        clinic.groups[patient.id] = own[0].union(*own[1:])
        clinic.env["dental.insurance.usage"].create(
            [
                {
                    "coverage_id": covers[index % 2].id,
                    "kind": "service",
                    "date": day - timedelta(days=60 * index),
                    "code_id": clinic.codes["exam"].id,
                }
                for index in range(history)
            ]
        )
    return clinic


@cache
def clinic_class():
    """The clinic of the insurance tests, each instance in an environment of its own."""
    from odoo.addons.dental_coordinator_insurance.tests.common import DentalInsuranceSetup

    def make(env):
        return type("BenchClinic", (DentalInsuranceSetup,), {"env": env})

    return make
