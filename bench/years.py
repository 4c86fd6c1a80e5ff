# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same full day in two databases: with few years behind it, and with very many.

Both are clones of the one under measure. They are asked in turns, so that what else the machine
does at the time makes both slow.
"""

from contextlib import contextmanager
from datetime import timedelta
from statistics import median

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import new_test_user
from odoo.tools import SQL

from .frame import seconds

VISITS, CHAIRS = 300, 30
PAST_VISITS = {"young": 10_000, "old": 1_000_000}
TIMES = 5
# A past visit is a copy of one that was booked the usual way: event, visit and the chair's time.
PAST = """
WITH template AS (SELECT * FROM dental_appointment WHERE id = %(visit)s),
     made AS (
        INSERT INTO calendar_event (%(event_columns)s)
        SELECT %(event_values)s
          FROM calendar_event event, generate_series(1, %(count)s) AS n
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
# Checked at once when the rows are there, not row by row: that takes less time.
CHECKED_LATER = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE contype IN ('f', 'x')
   AND conrelid::regclass::text IN ('calendar_event', 'dental_appointment', 'dental_reservation')
"""
users = {}


@contextmanager
def clinic(env, age):
    """A user of the front desk in the clinic ``young`` or ``old``; its day is made once."""
    registry = Registry(f"{env.cr.dbname}_{age}")
    with registry.cursor() as cr:
        if age not in users:
            own = api.Environment(cr, SUPERUSER_ID, {})
            users[age] = _make_day(own).id
            with _checked_later(cr):
                _add_past(own, PAST_VISITS[age])
            cr.execute("ANALYZE")
            cr.commit()  # the access log writes through a cursor of its own and must find all
        yield _desk(cr, users[age])


def growth(env, look):
    """How many times longer ``look`` takes in the old clinic than in the young one.

    :param look: function of an environment
    """
    with clinic(env, "young") as young, clinic(env, "old") as old:
        taken = {young: [], old: []}
        for run in range(TIMES + 1):
            for one, found in taken.items():
                took = seconds(one, lambda one=one: look(one))
                if run:  # the first run of each fills its caches
                    found.append(took)
        return median(taken[old]) / median(taken[young])


def queries(env, look):
    """How many queries ``look`` takes in the old clinic, once rights and groups are known."""
    with clinic(env, "old") as old:
        seconds(old, lambda: look(old))
        old.invalidate_all()
        before = old.cr.sql_log_count
        look(old)
        return old.cr.sql_log_count - before


def _desk(cr, uid):
    company = api.Environment(cr, uid, {}).company
    return api.Environment(cr, uid, {"allowed_company_ids": company.ids})


def _make_day(env):
    """A full day in thirty chairs, some of it under way."""
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
    return new_test_user(env, "bench.desk", groups="dental_coordinator.group_front_desk")


@contextmanager
def _checked_later(cr):
    """Take the constraints away for a while; all of them hold again in the end."""
    cr.execute(CHECKED_LATER)
    constraints = [
        (SQL(table), SQL.identifier(name), SQL(definition))
        for table, name, definition in cr.fetchall()
    ]
    for table, name, _definition in constraints:
        cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", table, name))
    yield
    for table, name, definition in constraints:
        cr.execute(SQL("ALTER TABLE %s ADD CONSTRAINT %s %s", table, name, definition))


def _add_past(env, count):
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
            count=count,
            event_columns=event_columns,
            event_values=event_values,
            visit_columns=visit_columns,
            visit_values=visit_values,
            resource=visit.operatory_id.resource_id.id,
        )
    )


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
