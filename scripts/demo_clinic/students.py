# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Students of two schools: one at the chair, one whose papers lack, one forgotten, some to come."""

from datetime import timedelta

SCHOOLS = {
    "Penobscot College of Dental Hygiene": "Ines Caron",
    "Harborside High School": "Lee Park",
}
# login or None, name, school, programme, kind, first and last day from today, hours, state
STUDENTS = [
    ("student", "Mia Berg", 0, "Dental hygiene, year 2", "rotation", -9, 12, 80),
    (None, "Jonas Reyes", 0, "Dental hygiene, year 1", "assist", 0, 11, 40),
    (None, "Tariq Aziz", 1, "Year 11", "observe", -1, 3, 16),
    (None, "Lena Fischer", 1, "Year 11", "observe", 6, 10, 16),
    (None, "Paul Novak", 1, "Year 12", "observe", 13, 17, 16),
]
DAYS = "UPDATE dental_presence SET in_at = %s, out_at = %s, minutes = %s WHERE id = %s"


def load(clinic):
    students = load_placements(clinic)
    (students - students[4]).action_accept()
    mia, jonas, tariq, lena, _paul = students
    (mia.paper_ids + tariq.paper_ids + lena.paper_ids[:1] + jonas.paper_ids[:4]).action_received()
    mia.paper_ids[1].expires_on = clinic.today + timedelta(days=5)
    jonas.paper_ids[1].expires_on = clinic.today - timedelta(days=2)
    load_programme(clinic, mia, tariq)
    load_attendance(clinic, mia, tariq)
    load_visits(clinic, mia)


def load_placements(clinic):
    partners = clinic["res.partner"]
    schools = [partners.create({"name": name, "is_company": True}) for name in SCHOOLS]
    contacts = [
        partners.create({"name": name, "parent_id": school.id})
        for name, school in zip(SCHOOLS.values(), schools, strict=True)
    ]
    students = clinic["dental.trainee"]
    for login, name, school, programme, kind, first, last, hours in STUDENTS:
        user = clinic.users.get(login) or clinic["res.users"]
        students += students.create(
            {
                "partner_id": (user.partner_id or partners.create({"name": name})).id,
                "user_id": user.id,
                "school_id": schools[school].id,
                "contact_id": contacts[school].id,
                "programme": programme,
                "kind": kind,
                "date_from": clinic.today + timedelta(days=first),
                "date_to": clinic.today + timedelta(days=last),
                "hours_required": hours,
                "supervisor_id": clinic.users["dentist"].id,
                "owner_id": clinic.users["coordinator"].id,
            }
        )
    return students


def load_programme(clinic, mia, tariq):
    """One is through with most of it, one has begun."""
    dentist = clinic.users["dentist"]
    for topic in [*mia.topic_ids[:6], *tariq.topic_ids[:2]]:
        topic.with_user(dentist).score = 90 if topic.pass_mark else 0
        topic.with_user(topic.trainee_id.user_id or clinic.users["coordinator"]).action_student()
        topic.with_user(dentist).action_trainer()


def load_attendance(clinic, mia, tariq):
    """Some days that are over, one that nobody signed out, and the present one."""
    for back in range(7, 0, -1):
        day = clinic.today - timedelta(days=back)
        if day.weekday() < 5:
            mia.action_sign_in()
            presence = mia.presence_ids.filtered(lambda each: not each.out_at)
            presence.action_leave()
            clinic.env.flush_all()
            start = clinic.moment(day, 8, 5 + back)
            stop = clinic.moment(day, 14, 30 + back)
            minutes = int((stop - start).total_seconds() // 60)
            clinic.env.cr.execute(DAYS, (start, stop, minutes, presence.id))
    mia.action_sign_in()
    tariq.action_sign_in()
    clinic.env.flush_all()
    start = clinic.moment(clinic.today - timedelta(days=1), 9, 0)
    clinic.env.cr.execute(DAYS, (start, None, 0, tariq.presence_ids.id))
    clinic.env.invalidate_all()


def load_visits(clinic, mia):
    """She is with one who sits and agreed; of those who wait one is to be asked, one said no."""
    visits = [each for each in clinic.visits if each.has_access("write") and each._is_today()]
    inside = [visit for visit in visits if visit.status in ("seated", "in_treatment")]
    waiting = [visit for visit in visits if visit.status == "arrived"]
    coming = [visit for visit in visits if visit.status in ("scheduled", "confirmed")]
    for visit in [*inside[:1], *coming[:1]]:
        visit.trainee_ids = mia.user_id
        visit.action_trainee_consent()
    for visit in waiting[:1]:
        visit.trainee_ids = mia.user_id
    for visit in waiting[1:2]:
        visit.action_trainee_decline()
