# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: several people do the same thing at the same moment, each in a transaction
of his own, as the web server runs them."""

from collections import Counter
from threading import Barrier, Thread

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import new_test_user


def at_once(env, uids, act):
    """Let each user run ``act(env)`` at the same moment, in a thread and transaction of its own.

    :return: list of what each one got: the result, or the exception that reached the user
    """
    barrier = Barrier(len(uids))
    results = [None] * len(uids)

    def run(place, uid):
        try:
            with env.registry.cursor() as cr:
                own = api.Environment(cr, uid, {})
                barrier.wait()
                results[place] = retrying(lambda: act(own), own)
        except Exception as error:  # what a user would be shown is the finding
            results[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(uids)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def prepare(env, people):
    """A clinic with one chair and one dentist, and as many coordinators and patients as asked."""
    users = [
        new_test_user(env, f"race.{place}", groups="dental_coordinator.group_coordinator").id
        for place in range(people)
    ]
    patients = env["dental.patient"].create(
        [{"first_name": f"Patient {place}", "last_name": "Race"} for place in range(people)]
    )
    kind = env["dental.appointment.type"].create({"name": "Race", "pattern": "/XX/"})
    provider = env["dental.provider"].create({"name": "Dr. Race"})
    chair = env["dental.operatory"].create({"name": "Race"})
    vals = {"type_id": kind.id, "provider_id": provider.id, "operatory_id": chair.id}
    env.cr.commit()
    return users, patients.ids, vals


def book_one_slot(env, people=12, rounds=5):
    """Everybody books the same slot for another patient: one wins, the others are told.

    :raises AssertionError: naming what went otherwise
    """
    users, patients, vals = prepare(env, people)
    by_user = dict(zip(users, patients, strict=True))
    for turn in range(rounds):
        start = f"2031-03-{turn + 3:02} 09:00:00"

        def book(own, start=start):
            visit = {**vals, "patient_id": by_user[own.uid], "start": start}
            return own["dental.appointment"].create(visit).id

        results = at_once(env, users, book)
        kinds = Counter("won" if isinstance(each, int) else type(each).__name__ for each in results)
        strangers = [each for each in results if not isinstance(each, int | UserError)]
        assert kinds["won"] == 1, kinds
        assert not strangers, strangers
        env.cr.rollback()
        held = env["dental.reservation"].search_count([("start", ">=", start)])
        assert held == 3, held


def log_at_once(env, people=12):
    """Everybody opens the same file: every line is there and the chain is whole."""
    users, patients, _vals = prepare(env, people)
    results = at_once(
        env, users, lambda own: own["dental.patient"].browse(patients[0]).read(["number"])
    )
    assert not [each for each in results if isinstance(each, Exception)], results
    env.cr.rollback()
    lines = env["dental.access.log"].search([("patient_key", "=", patients[0])])
    assert len(lines) == people, len(lines)
    assert env["dental.access.log"]._first_broken() is None


def log_survives_rollback(env):
    """A reading stays in the log when the reader's transaction is undone."""
    users, patients, _vals = prepare(env, 1)
    with env.registry.cursor() as cr:
        own = api.Environment(cr, users[0], {})
        own["dental.patient"].browse(patients[0]).read(["number"])
        cr.rollback()
    env.cr.rollback()
    assert env["dental.access.log"].search_count([("patient_key", "=", patients[0])]) == 1
