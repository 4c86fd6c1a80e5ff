# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: several people do the same thing at the same moment, each in a transaction
of his own, as the web server runs them."""

from collections import Counter
from datetime import datetime, timedelta
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


def book_one_slot(env, people=50, rounds=20):
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


def share_a_room(env, people=6, places=3):
    """Everybody books the same hour of a room for several, each with another provider: as many as
    it has places get one of their own, the others are told.

    :raises AssertionError: naming what went otherwise
    """
    users, patients, vals = prepare(env, people)
    env["dental.operatory"].browse(vals["operatory_id"]).capacity = places
    providers = env["dental.provider"].create([{"name": f"Dr. {n}"} for n in range(people)])
    own_vals = {
        user: {**vals, "patient_id": patient, "provider_id": provider}
        for user, patient, provider in zip(users, patients, providers.ids, strict=True)
    }
    env.cr.commit()

    def book(own):
        visit = {**own_vals[own.uid], "start": "2031-05-05 09:00:00"}
        return own["dental.appointment"].create(visit).id

    results = at_once(env, users, book)
    kinds = Counter("won" if isinstance(each, int) else type(each).__name__ for each in results)
    assert kinds == {"won": places, "UserError": people - places}, kinds
    env.cr.rollback()
    held = env["dental.reservation"].search(
        [("start", "=", "2031-05-05 09:00:00"), ("kind", "=", "operatory")]
    )
    assert sorted(held.mapped("seat")) == list(range(1, places + 1)), held.mapped("seat")


def accept_at_once(env, people=12, rounds=3):
    """Everybody takes the same offered time: one has it, the others are told; nothing is broken.

    :raises AssertionError: naming what went otherwise
    """
    users, patients, vals = prepare(env, people)
    for turn in range(rounds):
        day = f"2031-04-{turn + 3:02}"
        env["dental.waitlist.entry"].search([("state", "=", "waiting")]).action_cancel()
        env["dental.waitlist.entry"].create(
            [{"patient_id": patient, "type_id": vals["type_id"]} for patient in patients]
        )
        env["dental.slot.offer.line"].search([]).asked_at = False
        offer = env["dental.slot.offer"].create(
            {
                "start": f"{day} 09:00:00",
                "stop": f"{day} 09:40:00",
                "provider_id": vals["provider_id"],
                "operatory_id": vals["operatory_id"],
            }
        )
        offer._put_out()
        lines = dict(zip(users, offer.line_ids.ids, strict=True))
        env.cr.commit()

        def accept(own, lines=lines):
            line = own["dental.slot.offer.line"].browse(lines[own.uid])
            return line.work_outcome("accepts")["level"]

        results = Counter(map(str, at_once(env, users, accept)))
        env.cr.rollback()
        assert results == {"success": 1, "warning": people - 1}, results
        states = Counter(offer.line_ids.mapped("state"))
        assert states == {"accepted": 1, "taken": people - 1}, states
        visits = env["dental.appointment"].search([("start", "=", f"{day} 09:00:00")])
        assert offer.filled_by_id == visits and len(visits.reservation_ids) == 3, visits


def arrive_at_once(env, people=8):
    """A family presses “I am here” on several phones while the desk does the same: each visit is
    stamped once, and whoever was slower is told kindly.

    :raises AssertionError: naming what went otherwise
    """
    users, patients, vals = prepare(env, people)
    rule = env["dental.reminder.rule"].create({"name": "Race", "purpose": "arrive"})
    start = datetime.now().replace(second=0, microsecond=0)
    chairs = env["dental.operatory"].create([{"name": f"Race {n}"} for n in range(2)])
    providers = env["dental.provider"].create([{"name": f"Dr. {n}"} for n in range(2)])
    visits = env["dental.appointment"].create(
        [
            {
                **vals,
                "patient_id": patients[place],
                "operatory_id": chairs[place].id,
                "provider_id": providers[place].id,
                "start": start,
            }
            for place in range(2)
        ]
    )
    env["res.partner"].browse(visits.patient_id.partner_id.ids).email = "race@example.com"
    link = env["dental.reminder"]._ask_to_tell(rule, visits, "email", "sent").link_id
    env.cr.commit()
    desk = set(users[: people // 4])

    def arrive(own):
        if own.uid in desk:
            return own["dental.appointment"].browse(visits.ids).action_arrive()
        return own["dental.link"].sudo().browse(link.id)._answer("here")

    won, _words = told(at_once(env, users, arrive))
    assert won >= 1
    env.cr.rollback()
    visits.invalidate_recordset()
    assert visits.mapped("status") == ["arrived", "arrived"], visits.mapped("status")
    for visit in visits:
        arrivals = visit.visit_event_ids.filtered(lambda event: event.status == "arrived")
        assert len(arrivals) == 1, arrivals


def fill_at_once(env, people=6):
    """One page of a form is sent again and again by an impatient finger: it is kept once.

    :raises AssertionError: naming what went otherwise
    """
    users, patients, vals = prepare(env, people)
    questions = [{"name": f"Question {place}"} for place in range(3)]
    env["dental.form"].create(
        {"name": "Race", "question_ids": [(0, 0, question) for question in questions]}
    )
    start = datetime.now().replace(second=0, microsecond=0)
    visit = env["dental.appointment"].create({**vals, "patient_id": patients[0], "start": start})
    device = env["dental.device"].create({"name": "Race", "kind": "kiosk"})
    visit.action_arrive()
    device.paired_by_id = users[0]
    visit._ask_forms(device)
    page = device._form_page(visit)
    env.cr.commit()

    def fill(own):
        told = {question["id"]: "yes" for question in page["questions"]}
        return bool(own["dental.device"].sudo().browse(device.id)._keep_page(page["pass"], told))

    results = at_once(env, users, fill)
    assert results == [True] * people, results
    env.cr.rollback()
    sheet = visit.form_sheet_ids
    sheet.invalidate_recordset()
    assert sheet.mapped("answer_ids.answer") == ["Yes"] * 3, sheet.answer_ids
    assert sheet.finished_at and sheet.state == "review", sheet.read()


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


def prepare_surgery(env, people):
    """A surgery in the room, its first questions answered, and so many clinicians.

    :return: (user ids, surgery id)
    """
    users, patients, vals = prepare(env, people)
    clinicians = env.ref("dental_coordinator.group_clinician")
    env["res.users"].browse(users).group_ids |= clinicians
    env["dental.readiness.rule"].search([("check", "!=", False)]).active = False
    visit = env["dental.appointment"].create(
        {**vals, "patient_id": patients[0], "start": "2031-04-01 09:00:00"}
    )
    surgery = visit._make_surgeries()
    surgery.check_ids.filtered(lambda check: check.phase == "sign_in").action_yes()
    for step in (visit.action_arrive, visit.action_seat, visit.action_treat):
        step()
    surgery.report = "Done"
    env.cr.commit()
    return users, surgery


def told(results):
    """How many won, and what the others were told; nobody sees an error of the database."""
    won = [each for each in results if not isinstance(each, Exception)]
    strangers = [each for each in results if isinstance(each, Exception)]
    strangers = [each for each in strangers if not isinstance(each, UserError)]
    assert not strangers, strangers
    return len(won), {str(each) for each in results if isinstance(each, UserError)}


def close_time_out_at_once(env, people=8):
    """Everybody closes the same part of the checklist: it is closed once, the others are told."""
    users, surgery = prepare_surgery(env, people)
    results = at_once(
        env,
        users,
        lambda own: own["dental.surgery"].browse(surgery.id)._close_phase("sign_in", "All").id,
    )
    won, words = told(results)
    assert won == 1, results
    assert all(surgery.number in text and "was closed by" in text for text in words), words
    env.cr.rollback()
    assert len(surgery.phase_ids) == 1, surgery.phase_ids


def answer_at_once(env, people=8):
    """Everybody answers one question: the first answer stays, the others are told whose it is."""
    users, surgery = prepare_surgery(env, people)
    check = surgery.check_ids.filtered(lambda each: not each.answer)[0]
    results = at_once(
        env, users, lambda own: own["dental.surgery.check"].browse(check.id).action_yes()
    )
    won, words = told(results)
    assert won == 1, results
    assert all("answered by" in text for text in words), words


def sign_at_once(env, people=8):
    """Everybody signs the same surgery: one signature, the others are told whose it is."""
    users, surgery = prepare_surgery(env, people)
    surgery.action_finish()
    env.cr.commit()
    results = at_once(
        env, users, lambda own: own["dental.surgery"].browse(surgery.id).action_sign()
    )
    won, words = told(results)
    assert won == 1, results
    assert all(surgery.number in text and "signed already" in text for text in words), words
    env.cr.rollback()
    surgery.invalidate_recordset()
    assert surgery.state == "signed" and surgery.signed_by_id.id in users


def remake_at_once(env, people=6):
    """Everybody returns the same laboratory case: it is made again once, the others are told."""
    users, patients, _vals = prepare(env, people)
    case = env["dental.lab.case"].create(
        {
            "patient_id": patients[0],
            "partner_id": env["res.partner"].create({"name": "Laboratory"}).id,
            "kind_id": env.ref("dental_coordinator.lab_kind_crown").id,
            "return_reason": "Open margin",
        }
    )
    case.action_receive()
    env.cr.commit()
    results = at_once(
        env, users, lambda own: own["dental.lab.case"].browse(case.id).action_return()["res_id"]
    )
    won, words = told(results)
    assert won == 1, results
    assert all(case.number in text and "is being made again" in text for text in words), words
    env.cr.rollback()
    case.invalidate_recordset()
    assert len(case.remake_ids) == 1, case.remake_ids


def readiness_at_once(env, people=8):
    """Everybody opens the list of what visits lack: each thing stands on it once."""
    users, patients, vals = prepare(env, people)
    for place, patient in enumerate(patients[:4]):
        start = datetime.now().replace(hour=9 + place, minute=0, second=0, microsecond=0)
        start += timedelta(days=3)
        env["dental.appointment"].create({**vals, "patient_id": patient, "start": start})
    env.cr.commit()
    results = at_once(
        env,
        users,
        lambda own: own["dental.readiness.item"].web_search_read([], {"reason": {}})["length"],
    )
    won, _words = told(results)
    assert won == people, results
    assert len(set(results)) == 1 and results[0] >= 4, results


def undo_at_once(env, tabs=6):
    """One person takes the last outcome back on several screens at once: it is taken back once,
    the others are told, and the outcome before it stays.
    """
    users, patients, vals = prepare(env, 1)
    visits = env["dental.appointment"].create(
        [
            {"patient_id": patients[0], "type_id": vals["type_id"], "status": "planned"}
            for _visit in range(3)
        ]
    )
    mine = visits.with_user(users[0]).with_context(dental_list="planned")
    mine.work_outcome("left_message")
    day = visits[0].next_date
    mine.work_outcome("will_call")
    env.cr.commit()

    def undo(own):
        return own["dental.appointment"].with_context(dental_list="planned").work_undo()["level"]

    won, words = told(at_once(env, users * tabs, undo))
    assert won == 1, won
    assert all("taken back" in text for text in words), words
    env.cr.rollback()
    env.invalidate_all()
    assert set(visits.mapped("next_date")) == {day}, visits.mapped("next_date")
    assert visits.mapped("tries") == [1, 1, 1], visits.mapped("tries")


def statements_at_once(env, accounts=6, workers=3):
    """Several workers share a round of statements, while others begin one for the same accounts:
    each account gets one draft.
    """
    from odoo.addons.dental_coordinator_billing.models import dental_statement_round
    from odoo.addons.dental_coordinator_billing.tests.common import DentalBillingSetup

    dental_statement_round.AT_ONCE = 2
    clinic = type("StatementClinic", (DentalBillingSetup,), {"env": env})
    clinic._setup_clinic()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    for place in range(accounts):
        patient = clinic._new_patient(f"Payer {place}", "Race")
        clinic._check_out(clinic._new_visit("exam", patient=patient))
    env.cr.commit()

    def prepare(own):
        runs = own(context={"allowed_company_ids": clinic.company.ids})["dental.statement.run"]
        return runs.create({}).action_prepare()["res_id"]

    won, _words = told(at_once(env, [clinic.billing.id] * workers, prepare))
    assert won == 1, won
    lines = "dental.statement.round.line"
    seen = at_once(env, [env.uid] * workers, lambda own: own[lines]._cron_work(2))
    assert seen == [None] * workers, seen
    env.cr.rollback()
    env.invalidate_all()
    run = env["dental.statement.round"].search([], limit=1)
    assert (run.state, run.done, run.failed) == ("done", accounts, 0), run.read()
    drafts = env["dental.statement"].search([("company_id", "=", clinic.company.id)])
    drafts = drafts.filtered(lambda one: one.kind == "statement")
    assert len(drafts) == len(drafts.guarantor_id) == accounts, len(drafts)


def file_at_once(env, bills=6, workers=3):
    """Several workers share a run of bills to file: each bill is filed once."""
    from odoo.addons.dental_coordinator_insurance.tests.common import DentalInsuranceSetup

    clinic = type("FilingClinic", (DentalInsuranceSetup,), {"env": env})
    clinic._setup_insurance()
    clinic._usual_rules()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    clinic.coverage.active = False
    visits = env["dental.appointment"]
    for days in range(1, bills + 1):
        visit = clinic._new_visit("exam", days_ago=days)
        clinic._check_out(visit)
        visits |= visit
    clinic.coverage.active = True
    run = env["dental.claim.run"].with_user(clinic.billing)._begin(visits.procedure_ids)
    env.cr.commit()
    seen = at_once(env, [env.uid] * workers, lambda own: own["dental.claim.run.line"]._cron_work(2))
    assert seen == [None] * workers, seen
    env.cr.rollback()
    env.invalidate_all()
    assert (run.state, run.done, run.failed) == ("done", bills, 0), run.read()
    lines = env["dental.claim.line"].search([("procedure_id", "in", visits.procedure_ids.ids)])
    assert len(lines) == bills, len(lines)
