# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What stays open: recalls, referrals, contacts, statements, and a restricted file."""

from datetime import timedelta


def load(clinic):
    adults = [patient for patient in clinic.patients if patient.age >= 18]
    load_recalls(clinic, adults[10:34])
    # Who is due fits the hole that is being filled, too.
    clinic["dental.slot.offer"].search([("state", "in", ("draft", "out"))]).action_refresh()
    load_referrals(clinic, adults)
    load_contacts(clinic, adults[:12])
    load_statements(clinic)
    load_restricted(clinic, adults[20])


def load_recalls(clinic, patients):
    """Overdue, due this week, due later."""
    cleaning = clinic["dental.recall.type"].search([("special", "=", "cleaning")], limit=1)
    known = clinic["dental.recall"].search([("type_id", "=", cleaning.id)]).patient_id
    for place, patient in enumerate(patients):
        if patient in known:
            continue
        due = clinic.today + timedelta(days=7 * (place % 9) - 21)
        clinic["dental.recall"].create(
            {
                "patient_id": patient.id,
                "type_id": cleaning.id,
                "due": due,
                "next_date": due,
                "next_action": "Call for the cleaning",
            }
        )


def load_referrals(clinic, adults):
    surgeon = clinic["res.partner"].create(
        {
            "name": "Casco Oral Surgery",
            "is_company": True,
            "phone": "+1 555 010 0177",
            "email": "desk@casco.example",
            "street": "18 Wharf Street",
            "city": "Portland",
            "dental_specialty": "Oral surgery",
            "dental_preferred": True,
            "dental_referral_note": "Images by mail, with our number. Calls back after 5.",
        }
    )
    load_past_referrals(clinic, surgeon, adults)
    for place, reason in enumerate(
        ["Impacted wisdom tooth", "Root canal again", "Implant", "Jaw joint"]
    ):
        referral = clinic["dental.referral"].create(
            {
                "patient_id": adults[5 + place].id,
                "partner_id": surgeon.id,
                "reason": reason,
                "teeth": "48" if place == 0 else False,
                "provider_id": clinic.providers[0].id,
                "consent_on": clinic.today - timedelta(days=8),
            }
        )
        if place:
            referral.action_send()
        if place == 2:
            referral.action_accepted()


def load_past_referrals(clinic, surgeon, adults):
    """Closed loops: how long the practice took; and a dentist who sends patients here."""
    sender = clinic["res.partner"].create(
        {"name": "Dr. Ana Prado", "is_company": True, "dental_specialty": "General dentistry"}
    )
    for place, (until_seen, until_report) in enumerate([(6, 3), (9, 5), (14, 12)]):
        sent = clinic.today - timedelta(days=60 + 20 * place)
        seen = sent + timedelta(days=until_seen)
        out, into = clinic["dental.referral"].create(
            [
                {
                    "patient_id": adults[12 + place].id,
                    "partner_id": surgeon.id,
                    "reason": "Surgery",
                },
                {
                    "patient_id": adults[15 + place].id,
                    "partner_id": sender.id,
                    "direction": "in",
                    "reason": "Crown",
                },
            ]
        )
        report = seen + timedelta(days=until_report)
        for step in (out.action_send, out.action_seen, out.action_report):
            step()
        out.with_user(clinic.users["dentist"]).action_review()
        if place:
            out.action_close()
        out.sudo().write({"sent_on": sent, "seen_on": seen, "report_on": report})
        for step in (into.action_thank, into.action_treated)[: place + 1]:
            step()


def load_contacts(clinic, patients):
    for place, patient in enumerate(patients):
        clinic["dental.contact.log"].create(
            {
                "patient_id": patient.id,
                "channel": ["phone", "text", "email"][place % 3],
                "note": ["Left a message", "Will call back", "Confirmed"][place % 3],
            }
        )


def load_statements(clinic):
    run = clinic["dental.statement.run"].create({"minimum": 5})
    action = run.action_prepare()
    statements = clinic["dental.statement"].search(action["domain"])
    statements[:3].action_review()
    statements[:1].action_send()


def load_restricted(clinic, patient):
    """A colleague's own file: for the care team only."""
    patient.write({"restricted": True, "care_team_ids": [(6, 0, clinic.users["dentist"].ids)]})
