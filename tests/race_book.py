# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Races for places and messages of the book; see `race`."""

from collections import Counter
from datetime import datetime

from race import at_once, prepare, told

from odoo.exceptions import UserError


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
