# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Races for students: at the door, and at the visit of a patient who is being asked; see `race`."""

from race import at_once, prepare, told

from odoo.tests import new_test_user


def prepare_student(env, people):
    """A student with a login whose papers are there, and so many coordinators.

    :return: (user ids, placement, values of a visit)
    """
    users, patients, vals = prepare(env, people)
    login = new_test_user(env, "race.student", groups="dental_coordinator.group_trainee")
    today = env["dental.today"]._day()
    student = env["dental.trainee"].create(
        {
            "partner_id": login.partner_id.id,
            "user_id": login.id,
            "supervisor_id": users[0],
            "date_from": today,
            "date_to": today,
        }
    )
    student.paper_ids.action_received()
    student.action_accept()
    env.cr.commit()
    return users, student, {**vals, "patient_id": patients[0], "start": "2031-05-01 09:00:00"}


def sign_in_at_once(env, people=6):
    """Everybody signs the same student in: he is in once, the others are told."""
    users, student, _vals = prepare_student(env, people)
    results = at_once(
        env, users, lambda own: own["dental.trainee"].browse(student.id).action_sign_in()
    )
    won, words = told(results)
    assert won == 1, results
    assert all("is in already" in text or "is being changed" in text for text in words), words
    env.cr.rollback()
    student.invalidate_recordset()
    assert len(student.presence_ids) == 1, student.presence_ids


def decline_at_once(env, people=6):
    """One notes the patient's no while the others assign a student: nobody is left assigned."""
    users, student, vals = prepare_student(env, people)
    visit, login = env["dental.appointment"].create(vals), student.user_id.id
    env.cr.commit()

    def act(own):
        mine = own["dental.appointment"].browse(visit.id)
        if own.uid == users[0]:
            return mine.action_trainee_decline()
        return mine.write({"trainee_ids": [(4, login)]})

    _won, words = told(at_once(env, users, act))
    assert all(visit.number in text and "wants no students" in text for text in words), words
    env.cr.rollback()
    visit.invalidate_recordset()
    assert visit.trainee_declined and not visit.trainee_ids, visit.trainee_ids
