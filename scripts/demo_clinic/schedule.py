# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What shapes the book: kept and closed time, equipment, an implant in three visits, needs."""

from datetime import timedelta


def load(clinic):
    load_blocked_time(clinic)
    load_implant(clinic)
    load_needs(clinic)
    microscope = clinic.of_manager("dental.equipment").create({"name": "Microscope", "code": "MIC"})
    manager = clinic.users["manager"]
    clinic.types["Root canal"].with_user(manager).equipment_ids = microscope
    clinic.types["Pain, same day"].with_user(manager).write(
        {"urgent": True, "prompt": "Ask since when, how strong, fever, swelling."}
    )


def load_blocked_time(clinic):
    """Emergencies keep the last hour of a chair until the day before; a meeting closes all."""
    day = clinic.workday(0)
    weekdays = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), True)
    clinic.of_manager("dental.blockout").create(
        {
            "name": "Emergencies",
            "kind": "template",
            "resource_ids": [(6, 0, clinic.chairs[1].resource_id.ids)],
            "start": clinic.moment(day, 16),
            "stop": clinic.moment(day, 17),
            "repeats": True,
            **weekdays,
            "type_ids": [(6, 0, clinic.types["Pain, same day"].ids)],
            "release_ids": [(0, 0, {"hours": 24})],
            "color": 2,
        }
    )
    load_kept_for_some(clinic, weekdays)
    meeting = clinic.workday(3)
    clinic.of_manager("dental.blockout").create(
        {
            "name": "Team meeting",
            "resource_ids": [(6, 0, [chair.resource_id.id for chair in clinic.chairs])],
            "start": clinic.moment(meeting, 7),
            "stop": clinic.moment(meeting, 8),
            "color": 4,
        }
    )


def load_kept_for_some(clinic, weekdays):
    """Early afternoons for cleanings, since last week; two mornings for a plan that pays little."""
    begin = clinic.workday(-5)
    care = clinic.of_manager("dental.billing.type").create({"name": "State Care"})
    clinic.of_manager("dental.blockout").create(
        [
            {
                "name": "Cleanings",
                "kind": "template",
                "resource_ids": [(6, 0, [chair.resource_id.id for chair in clinic.chairs[2:4]])],
                "start": clinic.moment(begin, 13),
                "stop": clinic.moment(begin, 15),
                "repeats": True,
                **weekdays,
                "type_ids": [(6, 0, clinic.types["Cleaning"].ids)],
                "color": 7,
            },
            {
                "name": "State Care",
                "kind": "template",
                "resource_ids": [(6, 0, clinic.chairs[4].resource_id.ids)],
                "start": clinic.moment(begin, 8),
                "stop": clinic.moment(begin, 10),
                "repeats": True,
                "tue": True,
                "thu": True,
                "billing_type_ids": [(6, 0, care.ids)],
                "release_ids": [(0, 0, {"hours": 48})],
                "color": 3,
            },
        ]
    )


def load_implant(clinic):
    """Three visits with the time that bone and gum need between them."""
    kinds = clinic.of_manager("dental.appointment.type")
    crown = kinds.create({"name": "Implant crown", "pattern": "/XXXX/", "color": 5})
    uncover = kinds.create(
        {"name": "Implant uncovering", "pattern": "/XX/", "color": 5, "next_type_id": crown.id,
         "next_gap": "2w", "next_limit": "6w"}
    )  # fmt: skip
    kinds.create(
        {"name": "Implant placement", "pattern": "//XXXXXX//", "color": 5, "room_kind": "surgery",
         "next_type_id": uncover.id, "next_gap": "12w", "next_limit": "16w"}
    )  # fmt: skip


def load_needs(clinic):
    need = clinic.of_manager("dental.access.need").create(
        {
            "name": "Wheelchair",
            "minutes_before": 10,
            "operatory_ids": [(6, 0, [chair.id for chair in clinic.chairs[:2]])],
            "remind": "Free the ramp",
        }
    )
    clinic.of_manager("dental.access.need").create(
        {"name": "Quiet hour", "from_hour": 8, "to_hour": 9.5, "minutes_after": 10}
    )
    with_family = [patient for patient in clinic.patients if len(patient.family_id.patient_ids) > 2]
    for patient in with_family[:1]:
        patient.access_need_ids = need
    clinic.of_manager("dental.shift").create(
        {
            "provider_id": clinic.providers[0].id,
            "day": clinic.workday(6) + timedelta(days=7),
            "start_hour": 8,
            "stop_hour": 13,
            "operatory_ids": [(6, 0, clinic.chairs[0].ids)],
        }
    )
