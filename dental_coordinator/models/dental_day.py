# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalDay(models.Model):
    """A day of the clinic: its note for the team, and who closed it with what left."""

    _name = "dental.day"
    _description = "Day of the clinic"
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    note = fields.Text(help="For the team. Write numbers of files rather than names.")
    closed_at = fields.Datetime(readonly=True, string="Closed at")
    closed_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", string="Closed by"
    )
    left_open = fields.Integer(
        readonly=True, help="What was still open when the day was closed.", string="Left open"
    )
    reason = fields.Char(readonly=True, string="Why it was left")

    _once = models.Constraint("UNIQUE (company_id, date)", "This day is there already.")
    _left_reason = models.Constraint(
        "CHECK (closed_at IS NULL OR left_open = 0 OR reason IS NOT NULL)",
        "A day that is closed with something left says why.",
    )

    # Actions

    @api.model
    def set_note(self, date, note):
        """Write the note of a day, from the board.

        :return: the note
        """
        self._of(fields.Date.to_date(date)).note = (note or "").strip()
        self.env["dental.today"]._tell(self.env.company)
        return (note or "").strip()

    @api.model
    def close(self, reason=None):
        """Close today; what is left asks for a reason.

        :raises UserError: while something is left and no reason is given, or when closed already
        """
        today = self.env["dental.today"]
        day = self._of(today._day())
        left = today._left_to_close()
        if day.closed_at:
            raise UserError(self.env._("The day was closed by %s already.", day.closed_by_id.name))
        reason = (reason or "").strip()
        if left and not reason:
            raise UserError(
                self.env._(
                    "%s things are left. Settle each with its key, or say why they stay.", left
                )
            )
        day.write(
            {
                "closed_at": fields.Datetime.now(),
                "closed_by_id": self.env.uid,
                "left_open": left,
                "reason": reason or False,
            }
        )
        today._tell(self.env.company)
        return True

    # Business

    @api.model
    def _of(self, date):
        """The record of a day, made when it is not there yet; one of two who make it waits."""
        company = self.env.company
        domain = [("company_id", "=", company.id), ("date", "=", date)]
        day = self.search(domain)
        if not day:
            self.check_access("create")
            self.env.cr.execute(
                "INSERT INTO dental_day (company_id, date, create_uid, write_uid, create_date,"
                " write_date) VALUES (%s, %s, %s, %s, now() AT TIME ZONE 'UTC',"
                " now() AT TIME ZONE 'UTC') ON CONFLICT DO NOTHING",
                (company.id, date, self.env.uid, self.env.uid),
            )
            day = self.search(domain)
        return day
