# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Booking a visit: event, three reservations, visit log, checks."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import new_test_user

from ..frame import figure, ratio, seconds
from ..peer import Peer, next_monday, peer

TIMES = 20


@figure("booking / bare calendar.event with one attendee", limit=0.8)
def booking(env):
    with request(env) as fresh:
        return beside_bare(*booked_one_by_one(fresh))


def beside_bare(own, ours):
    starts = iter(datetime(2033, 1, 5, 8) + timedelta(hours=hour) for hour in range(10_000))

    def bare():
        start = next(starts)
        own["calendar.event"].create(
            {"name": "Bench", "start": start, "stop": start + timedelta(minutes=40)}
        )

    return ratio(own, ours, bare, TIMES)


@figure("booking / booking of the peer (resource_booking)", limit=0.25)
def booking_beside_peer(env):
    with request(env) as fresh, peer(env) as other:
        own, ours = booked_one_by_one(fresh)
        booker = Peer(other, pairs=1)
        monday = next_monday(date.today())
        starts = iter(monday + timedelta(weeks=n // 5, days=n % 5, hours=9) for n in range(10_000))
        booker.book(next(starts))
        ours()
        mine = theirs = 0.0
        for _time in range(TIMES):
            theirs += seconds(other, lambda: booker.book(next(starts)))
            mine += seconds(own, ours)
        return mine / theirs


@contextmanager
def request(env):
    """An environment as a request has it, and as the peer's is: nothing of other figures in it."""
    with Registry(env.cr.dbname).cursor() as cr:
        try:
            yield api.Environment(cr, SUPERUSER_ID, {})
        finally:
            cr.rollback()


def booked_one_by_one(env):
    """The environment of the front desk, and a function that books the next free hour."""
    user = new_test_user(env, "bench.desk", groups="dental_coordinator.group_front_desk")
    own = env(user=user)
    vals = {
        "type_id": env["dental.appointment.type"].create({"name": "B", "pattern": "/XX/"}).id,
        "provider_id": env["dental.provider"].create({"name": "Dr. Bench"}).id,
        "operatory_id": env["dental.operatory"].create({"name": "Bench"}).id,
        "patient_id": env["dental.patient"].create({"first_name": "B", "last_name": "B"}).id,
    }
    starts = iter(datetime(2032, 1, 5, 8) + timedelta(hours=hour) for hour in range(10_000))
    return own, lambda: own["dental.appointment"].create({**vals, "start": next(starts)})
