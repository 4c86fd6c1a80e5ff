# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking for a place over 90 days, with ten providers and ten chairs."""

from datetime import date, timedelta

import pytz

from odoo.tests import new_test_user

from ..frame import counted, figure, seconds
from ..peer import Peer, next_monday, peer

FULL = 20_000
PAIRS = 10
TIMES = 5
# Visits of 20 minutes, so many a day in each chair, provider and chair held by each.
FILL = """
    INSERT INTO dental_reservation (kind, resource_id, company_id, start, stop, blocking)
    SELECT CASE held WHEN 0 THEN 'provider' ELSE 'operatory' END,
           CASE held WHEN 0 THEN (%(providers)s)[place] ELSE (%(chairs)s)[place] END,
           %(company)s, begin, begin + interval '20 minutes', TRUE
      FROM (SELECT n %% 2 AS held, n / 2 %% %(pairs)s + 1 AS place,
                   %(monday)s::timestamp + n / (2 * %(pairs)s * %(day)s) * interval '1 day'
                   + interval '8 hours'
                   + n / (2 * %(pairs)s) %% %(day)s * interval '20 minutes' AS begin
              FROM generate_series(0, %(rows)s - 1) AS n) AS visits
"""


@figure("slot search, 20,000 reservations / the peer's with 220 bookings", limit=1.0)
def beside_peer(env):
    find = finder(env, FULL)
    with peer(env) as other:
        booker = Peer(other, pairs=PAIRS)
        monday = next_monday(date.today())
        booker.book_days(220, monday)
        waiting = other["resource.booking"].create(
            {"type_id": booker.kind.id, "partner_ids": [(4, booker.partner.id)]}
        )
        begin = pytz.utc.localize(monday)
        theirs = seconds(
            other,
            lambda: waiting._get_available_slots(begin, begin + timedelta(days=90)),
            TIMES,
        )
        return seconds(env, find, TIMES) / theirs


@figure("slot search, 20,000 / 2,000 reservations", limit=1.5)
def growth(env):
    few = seconds(env, finder(env, FULL // 10), TIMES)
    env.cr.rollback()
    return seconds(env, finder(env, FULL), TIMES) / few


@counted("slot search, queries", limit=5)
def queries(env):
    find = finder(env, FULL)
    find()
    before = env.cr.sql_log_count
    find()
    return env.cr.sql_log_count - before


def finder(env, rows):
    """A function that searches as the front desk does, in a book with so many reservations."""
    user = new_test_user(env, "bench.finder", groups="dental_coordinator.group_front_desk")
    providers = env["dental.provider"].create(
        [{"name": f"Dr. {n}", "tz": "UTC"} for n in range(PAIRS)]
    )
    chairs = env["dental.operatory"].create(
        [{"name": f"Chair {n}", "tz": "UTC"} for n in range(PAIRS)]
    )
    env.flush_all()
    env.cr.execute(
        FILL,
        {
            "providers": providers.resource_id.ids,
            "chairs": chairs.resource_id.ids,
            "company": env.company.id,
            "monday": next_monday(date.today()),
            "pairs": PAIRS,
            "rows": rows,
            "day": 20,
        },
    )
    env.cr.execute("ANALYZE dental_reservation")
    found = env(user=user)["dental.slot.finder"].create(
        {
            "patient_id": env["dental.patient"].create({"first_name": "B", "last_name": "S"}).id,
            "type_id": env["dental.appointment.type"].create({"name": "S", "pattern": "/XX/"}).id,
            "earliest": next_monday(date.today()).date(),
        }
    )

    def search():
        found.env["dental.provider"].invalidate_model()
        found.env["dental.operatory"].invalidate_model()
        sets = found._find()
        assert len(sets) == 10, sets

    return search
