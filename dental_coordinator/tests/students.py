# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Students of a school, for the tests that need one who is placed here."""

from odoo import fields

from .common import DentalCase


class StudentMixin:
    """Placements beside `DentalSetup`."""

    @classmethod
    def _place(cls, name="Mia Berg", days=4, **vals):
        """A placement that begins today, asked and accepted, under the clinician."""
        today = cls.env["dental.today"]._day()
        person = {"partner_id": vals.pop("partner_id", None)}
        if not person["partner_id"]:
            person["partner_id"] = cls.env["res.partner"].create({"name": name}).id
        trainee = cls.env["dental.trainee"].create(
            {
                "kind": "observe",
                "supervisor_id": cls.clinician.id,
                "company_id": cls.company.id,
                "date_from": today,
                "date_to": fields.Date.add(today, days=days),
                **person,
                **vals,
            }
        )
        trainee.action_accept()
        return trainee

    @classmethod
    def _place_user(cls, user, **vals):
        """The placement of a login, with all papers, signed in."""
        trainee = cls._place(partner_id=user.partner_id.id, user_id=user.id, **vals)
        trainee.paper_ids.action_received()
        trainee.action_sign_in()
        return trainee


class StudentCase(StudentMixin, DentalCase):
    """A scenario with one student, whose papers are still lacking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls._place()

    def _own(self, record=None):
        return (record or self.student).with_env(self.env)
