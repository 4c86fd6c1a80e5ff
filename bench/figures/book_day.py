# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The book of a day with 300 visits: how many queries, and what a million past visits add."""

from datetime import datetime, timedelta

from odoo.tests import new_test_user

from .. import years
from ..frame import counted, figure, ratio

DAY = datetime(2032, 1, 5)
CHAIRS, VISITS_EACH = 30, 10
TIMES = 3


@counted("queries of the book of a day with 300 visits after 1,000,000 appointments", limit=10)
def book_queries(env):
    return years.queries(env, look)


@figure("book of a day with 300 visits after 1,000,000 appointments / after 10,000", limit=1.3)
def past(env):
    return years.growth(env, look)


@figure("book of a day with 300 visits / the same visits in the plain calendar view", limit=1)
def book_day(env):
    book = opened(env)
    visits = env["dental.appointment"].with_env(book.env).with_context(dental_names=True)
    domain = [("start", "<=", DAY + timedelta(days=1)), ("stop", ">=", DAY)]
    label = {"fields": {"display_name": {}}}
    asked = {"start": {}, "stop": {}, "status": {}, "display_name": {}}
    asked.update(patient_id=label, type_id=label, operatory_id=label, provider_id=label)

    def bare():
        visits.web_search_read(domain, asked)

    def ours():
        book.data("2032-01-05")

    return ratio(book.env, ours, bare, TIMES)


def look(env):
    if len(env["dental.book"].data()["visits"]) < years.VISITS:
        raise ValueError("the book does not show all visits of the day")


def opened(env):
    """The book as the front desk opens it on the full day."""
    fill(env)
    user = new_test_user(
        env, f"bench.book.{env.cr.now()}", groups="dental_coordinator.group_front_desk"
    )
    env.cr.commit()  # the access log writes through a cursor of its own and must find all
    return env(user=user, context={"allowed_company_ids": env.company.ids})["dental.book"]


def fill(env):
    """Thirty chairs with ten visits each; made once for all runs."""
    if env["dental.operatory"].search_count([("name", "=", "Bench book")]):
        return
    kind = env["dental.appointment.type"].create({"name": "B", "pattern": "/XXXX/"})
    for _chair in range(CHAIRS):
        chair = env["dental.operatory"].create({"name": "Bench book"})
        provider = env["dental.provider"].create({"name": "Dr. Bench"})
        patients = env["dental.patient"].create(
            [{"first_name": "B", "last_name": f"Book {n}"} for n in range(VISITS_EACH)]
        )
        env["dental.appointment"].create(
            [
                {
                    "patient_id": patient.id,
                    "type_id": kind.id,
                    "provider_id": provider.id,
                    "operatory_id": chair.id,
                    "start": DAY + timedelta(hours=8 + place),
                }
                for place, patient in enumerate(patients)
            ]
        )
    env.flush_all()
    env.cr.execute("ANALYZE")  # as a database in use is, by itself
