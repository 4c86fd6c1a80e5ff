# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Booking a visit: event, three reservations, visit log, checks."""

from datetime import datetime, timedelta

from odoo.tests import new_test_user

from ..frame import figure, ratio

TIMES = 20


@figure("booking / bare calendar.event with one attendee", limit=0.8)
def booking(env):
    user = new_test_user(env, "bench.desk", groups="dental_coordinator.group_front_desk")
    own = env(user=user)
    vals = {
        "type_id": env["dental.appointment.type"].create({"name": "B", "pattern": "/XX/"}).id,
        "provider_id": env["dental.provider"].create({"name": "Dr. Bench"}).id,
        "operatory_id": env["dental.operatory"].create({"name": "Bench"}).id,
        "patient_id": env["dental.patient"].create({"first_name": "B", "last_name": "B"}).id,
    }
    starts = iter(datetime(2032, 1, 5, 8) + timedelta(hours=hour) for hour in range(10_000))

    def bare():
        start = next(starts)
        own["calendar.event"].create(
            {"name": "Bench", "start": start, "stop": start + timedelta(minutes=40)}
        )

    def ours():
        own["dental.appointment"].create({**vals, "start": next(starts)})

    return ratio(own, ours, bare, TIMES)
