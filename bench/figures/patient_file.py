# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Opening a patient's file: what the form asks in its one request."""

from datetime import datetime, timedelta

from lxml import etree

from odoo.tests import new_test_user

from ..frame import figure, ratio

TIMES = 10


@figure("opening a patient's file / opening a contact, each in one request", limit=3)
def patient_file(env):
    patient = file_with_visits(env)
    login = f"bench.file.{patient.id}"
    user = new_test_user(env, login, groups="dental_coordinator.group_coordinator")
    env.cr.commit()  # the access log writes through a cursor of its own and must find both
    own = env(user=user)
    patient = patient.with_env(own)
    asked = {
        "dental.patient": specification(own, "dental.patient"),
        "res.partner": specification(own, "res.partner"),
    }

    def bare():
        patient.partner_id.web_read(asked["res.partner"])

    def ours():
        patient.web_read(asked["dental.patient"])

    return ratio(own, ours, bare, TIMES)


def file_with_visits(env, visits=10):
    """A file with some history."""
    patient = env["dental.patient"].create({"first_name": "B", "last_name": "File"})
    vals = {
        "patient_id": patient.id,
        "type_id": env["dental.appointment.type"].create({"name": "B", "pattern": "/XX/"}).id,
        "provider_id": env["dental.provider"].create({"name": "Dr. Bench"}).id,
        "operatory_id": env["dental.operatory"].create({"name": "Bench"}).id,
    }
    starts = (datetime(2032, 1, 5, 8) + timedelta(days=day) for day in range(visits))
    env["dental.appointment"].create([{**vals, "start": start} for start in starts])
    return patient


def specification(env, model):
    """What the web client asks when it opens the model's form."""
    arch = etree.fromstring(env[model].get_view(view_type="form")["arch"])
    return below(env[model], arch)


def below(records, node):
    """Fields below a view's node, with those of the lists inside x2many fields."""
    asked = {}
    for child in node:
        kind = records._fields.get(child.get("name")) if child.tag == "field" else None
        if kind is None:
            asked.update(below(records, child) if child.tag != "field" else {})
        elif kind.type == "many2one":
            asked[child.get("name")] = {"fields": {"display_name": {}}}
        elif kind.type in ("one2many", "many2many"):
            lines = below(records.env[kind.comodel_name], child)
            asked[child.get("name")] = {"fields": {"display_name": {}, **lines}, "limit": 40}
        else:
            asked[child.get("name")] = {}
    return asked
