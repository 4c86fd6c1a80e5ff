# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Today with 300 visits: how many queries, and what a million past appointments add."""

from datetime import timedelta
from statistics import median

from odoo.tests import new_test_user
from odoo.tools import SQL

from ..frame import FEWEST_RUNS, figure, seconds

VISITS, CHAIRS = 300, 30
FEW, MANY = 10_000, 1_000_000
# A past visit is a copy of one that was booked the usual way: event, visit and the chair's time.
PAST = """
WITH template AS (SELECT * FROM dental_appointment WHERE id = %(visit)s),
     made AS (
        INSERT INTO calendar_event (%(event_columns)s)
        SELECT %(event_values)s
          FROM calendar_event event, generate_series(%(first)s, %(last)s) AS n
         WHERE event.id = (SELECT event_id FROM template)
     RETURNING id, name, start, stop),
     visits AS (
        INSERT INTO dental_appointment (%(visit_columns)s)
        SELECT %(visit_values)s FROM template visit, made
     RETURNING id, event_id, company_id)
INSERT INTO dental_reservation
       (appointment_id, company_id, kind, resource_id, start, stop, blocking)
SELECT visits.id, visits.company_id, 'operatory', %(resource)s, made.start, made.stop, TRUE
  FROM visits JOIN made ON made.id = visits.event_id
"""
growth = []
made = {}


@figure("queries of Today with 300 visits", limit=15)
def queries(env):
    today = _day(env)
    _look(today)
    env.invalidate_all()
    before = env.cr.sql_log_count
    today.data()
    return env.cr.sql_log_count - before


@figure("Today after 1,000,000 appointments / after 10,000", limit=1.3)
def past(env):
    if not growth:  # a million rows are made once and serve every run
        growth.extend(_growth(env))
    return growth.pop()


def _growth(env):
    today = _day(env)
    _add_past(env, 1, FEW)
    few = median(_look(today) for _run in range(2 * FEWEST_RUNS))
    _add_past(env, FEW + 1, MANY)
    return [_look(today) / few for _run in range(FEWEST_RUNS + 1)]


def _look(today):
    return seconds(today.env, today.data)


def _day(env):
    """A full day in thirty chairs, some of it under way; as a user of the front desk sees it."""
    if not made:
        made["user"] = _make_day(env).id
        env.cr.commit()  # the access log writes through a cursor of its own and must find all
    return env["dental.today"].with_user(made["user"])


def _make_day(env):
    kind = env["dental.appointment.type"].create({"name": "B", "pattern": "/XX/"})
    chairs = env["dental.operatory"].create([{"name": f"Chair {n}"} for n in range(CHAIRS)])
    providers = env["dental.provider"].create([{"name": f"Dr. {n}"} for n in range(CHAIRS)])
    patients = env["dental.patient"].create(
        [{"first_name": "B", "last_name": f"Patient {n}"} for n in range(VISITS)]
    )
    start = env["dental.today"]._day_span()[0] + timedelta(hours=7)
    visits = env["dental.appointment"].create(
        [
            {
                "patient_id": patient.id,
                "type_id": kind.id,
                "provider_id": providers[place % CHAIRS].id,
                "operatory_id": chairs[place % CHAIRS].id,
                "start": start + timedelta(minutes=50 * (place // CHAIRS)),
            }
            for place, patient in enumerate(patients)
        ]
    )
    visits[: VISITS // 3].action_arrive()
    return new_test_user(env, "bench.today", groups="dental_coordinator.group_front_desk")


def _add_past(env, first, last):
    """Appointments that are over, one every five minutes back from yesterday."""
    visit = env["dental.appointment"].search([("number", "!=", False)], order="id desc", limit=1)
    back = SQL("n * interval '5 minutes' + interval '1 day'")
    event = {
        "name": SQL("'PAST/' || n"),
        "start": SQL("event.start - (%s)", back),
        "stop": SQL("event.start - (%s) + interval '5 minutes'", back),
    }
    number = {"event_id": SQL("made.id"), "number": SQL("made.name"), "status": SQL("'done'")}
    event_columns, event_values = _copied(env, "calendar.event", "event", event)
    visit_columns, visit_values = _copied(env, "dental.appointment", "visit", number)
    env.cr.execute(
        SQL(
            PAST,
            visit=visit.id,
            first=first,
            last=last,
            event_columns=event_columns,
            event_values=event_values,
            visit_columns=visit_columns,
            visit_values=visit_values,
            resource=visit.operatory_id.resource_id.id,
        )
    )
    env.cr.execute("ANALYZE calendar_event, dental_appointment, dental_reservation")


def _copied(env, model, alias, changed):
    """Columns of a table, and their values as those of one row save for what is changed."""
    columns = [
        name
        for name, field in env[model]._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    values = [changed.get(name) or SQL.identifier(alias, name) for name in columns]
    return (
        SQL(", ").join(SQL.identifier(name) for name in columns),
        SQL(", ").join(values),
    )
