# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL

ATTENDED = """EXISTS (SELECT FROM dental_appointment_res_users_rel attends
                      WHERE attends.dental_appointment_id = visit.id)"""


class DentalToday(models.AbstractModel):
    """Students: who comes without papers, and who was not signed out."""

    _inherit = "dental.today"

    def _lacking_domain(self):
        """Placements of these days whose papers are not in order."""
        day = self._day()
        return [
            ("company_id", "=", self.env.company.id),
            ("state", "in", ("accepted", "present")),
            ("date_from", "<=", day),
            ("date_to", ">=", day),
            ("paper_ids", "any", [("lacking", "=", True)]),
        ]

    def _asked_lists(self):
        lists = super()._asked_lists()
        if not self.env.user.has_group("dental_coordinator.group_staff"):
            return lists
        return [
            (
                "student_papers",
                "dental.trainee",
                self._lacking_domain(),
                self.env._("Student papers"),
                "danger",
            ),
            (
                "not_signed_out",
                "dental.presence",
                [("company_id", "=", self.env.company.id), ("forgotten", "=", True)],
                self.env._("Not signed out"),
                "danger",
            ),
            *lists,
        ]

    def _asked_counters(self, look):
        """A clinic without students is not told of them."""
        quiet = ("student_papers", "not_signed_out")
        counters = super()._asked_counters(look)
        return [each for each in counters if each["count"] or each["key"] not in quiet]

    # Beside the name of whoever comes

    def _row_columns(self):
        return {
            **super()._row_columns(),
            "attended": SQL(ATTENDED),
            "agrees": SQL("visit.trainee_consent"),
            "declines": SQL("visit.trainee_declined"),
        }

    def _prepare_row(self, row, flags, seated):
        student = self._student_flag(row)
        shown = super()._prepare_row(row, [*flags, *([student] if student else [])], seated)
        return {**shown, "student": student}

    def _student_flag(self, row):
        """Whether students may be there, in a word; nothing where nobody is to come."""
        if row["declines"]:
            return {"level": "stop", "text": self.env._("No students")}
        if row["attended"] and row["agrees"]:
            return {"level": "info", "text": self.env._("Student comes")}
        if row["attended"]:
            return {"level": "warn", "text": self.env._("Student: ask")}
        return False
