# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: several people do the same thing at the same moment, each in a transaction
of his own, as the web server runs them."""

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


def told(results):
    """How many won, and what the others were told; nobody sees an error of the database."""
    won = [each for each in results if not isinstance(each, Exception)]
    strangers = [each for each in results if isinstance(each, Exception)]
    strangers = [each for each in strangers if not isinstance(each, UserError)]
    assert not strangers, strangers
    return len(won), {str(each) for each in results if isinstance(each, UserError)}
