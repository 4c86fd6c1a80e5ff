# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What scenarios of surgery share: a room, a team, a visit that is an operation."""

from .clinical import PNG
from .test_readiness import ReadinessCase


class SurgeryCase(ReadinessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        provider = cls.env["dental.provider"]
        cls.anaesthetist = provider.create(
            {"name": "Dr. Sleep", "kind": "anaesthetist", "tz": "UTC"}
        )
        cls.assistant = provider.create({"name": "Ari", "kind": "assistant", "tz": "UTC"})
        cls.room = cls.env["dental.operatory"].create(
            {"name": "Surgery", "kind": "surgery", "tz": "UTC"}
        )
        cls.provider.user_id = cls.clinician
        cls.operation = cls.env["dental.appointment.type"].create(
            {"name": "Operation", "pattern": "/XXXX/", "is_surgery": True}
        )

    def _surgery(self, **vals):
        """A surgery booked by the test's user, on the Thursday."""
        return self.env["dental.surgery"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.operation.id,
                "provider_id": self.provider.id,
                "operatory_id": self.room.id,
                "start": "2026-03-05 11:00:00",
                **vals,
            }
        )

    def _sign_consent(self, surgery, **vals):
        return self.env["dental.surgery.consent"].create(
            {"surgery_id": surgery.id, "file": PNG, "signer": "Marta Kowalski", **vals}
        )

    def _answer(self, surgery, phase):
        surgery.check_ids.filtered(lambda c: c.phase == phase).action_yes()

    def _close(self, surgery, phase):
        self._answer(surgery, phase)
        return surgery._close_phase(phase, "Dr. Ortiz, Ari")

    def _done(self, surgery):
        """Take the surgery to its end, as the clinician, without any rule."""
        visit = surgery.appointment_id.with_user(self.clinician)
        for step in (visit.action_arrive, visit.action_seat, visit.action_treat):
            step()
        visit.action_checkout()
        return surgery
