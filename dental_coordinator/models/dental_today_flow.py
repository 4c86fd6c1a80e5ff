# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_appointment_status import INSIDE
from .dental_today_rows import STEPS

WATCHABLE = ("confirmed", *INSIDE)
# Who brought each visit to where it is: his own screen does not tell him.
LAST_BY = """
SELECT DISTINCT ON (appointment_id) appointment_id, user_id FROM dental_visit_event
 WHERE appointment_id IN %s ORDER BY appointment_id, id DESC
"""


class ResUsers(models.Model):
    _inherit = "res.users"

    dental_watched = fields.Char(
        default="arrived,checkout",
        help="Statuses of visits that concern this user, for the panel on every screen.",
    )


class DentalToday(models.AbstractModel):
    """The panel on every screen: visits grouped by status, those that concern the user."""

    _inherit = "dental.today"

    @api.model
    def flow(self):
        """Visits of today by status.

        :return: {may_move, groups: [{status, label, watched, rows: [{id, patient, chair, usual,
            usual_label, by}]}]}
        """
        self.env["dental.room.turn"].check_access("read")  # the team
        watched = self._watched()
        rows = [row for row in self._rows() if not row["leftover"]] if watched else []
        rows = [row for row in rows if row["status"] in watched and not row.get("restricted")]
        last_by = self._last_by(rows)
        labels = self._status_labels()
        return {
            "may_move": self.env["dental.appointment"].has_access("write"),
            "groups": [
                {
                    "status": status,
                    "label": labels[status],
                    "watched": status in watched,
                    "rows": [
                        self._prepare_flow_row(row, labels, last_by)
                        for row in self._with_status(rows, (status,))
                    ],
                }
                for status in WATCHABLE
            ],
        }

    @api.model
    def watch(self, status, watched):
        """Whether visits of a status concern the present user."""
        self.env["dental.room.turn"].check_access("read")
        kept = [key for key in self._watched() if key != status]
        if watched and status in WATCHABLE:
            kept.append(status)
        self.env.user.sudo().dental_watched = ",".join(kept)
        return True

    # Business

    def _watched(self):
        return [key for key in (self.env.user.sudo().dental_watched or "").split(",") if key]

    def _status_labels(self):
        field = self.env["dental.appointment"]._fields["status"]
        return dict(field._description_selection(self.env))

    def _last_by(self, rows):
        ids = tuple(row["id"] for row in rows)
        return dict(self.env.execute_query(SQL(LAST_BY, ids))) if ids else {}

    def _prepare_flow_row(self, row, labels, last_by):
        return {
            "id": row["id"],
            "patient": row["patient"],
            "chair": row["chair"],
            "usual": row["usual"],
            "usual_label": labels.get(STEPS.get(row["usual"]), ""),
            "by": last_by.get(row["id"], False),
        }
