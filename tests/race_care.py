# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Races for records of care: files, surgeries, laboratory work, lists of work; see `race`."""

from datetime import datetime, timedelta

from race import at_once, prepare, told

from odoo import api


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
