# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_outcome_press import plain_values

# Those of these that a list has are looked at before and after an outcome.
WATCHED = ("state", "owner_id", "next_action", "next_date", "tries", "last_try")
DUE = ("owner_id", "next_action", "next_date")


class DentalOutcomeMixin(models.AbstractModel):
    """The last outcome that somebody gave in a list can be taken back on the same day."""

    _inherit = "dental.outcome.mixin"

    # Actions

    @api.model
    def work_undo(self, press_id=None):
        """Take back what an outcome did: this one, or the user's last of today in this list.

        :return: {message, level, ids: rows of this list that are as before}
        :raises UserError: where there is nothing, or nothing any more, to take back
        """
        presses = self.env["dental.outcome.press"]
        last = presses._last(self._work_list())
        if not last or (press_id and press_id != last.id):
            raise UserError(
                self.env._(
                    "Only your last outcome of today in this list can be taken back. Change the "
                    "row itself."
                )
            )
        answer = last._undo()
        return {
            "message": answer["message"],
            "level": "warning" if answer["stays"] else "success",
            "ids": answer["ids"].get(self._name, []),
        }

    # Business

    def _work_list(self):
        """The list that these records are worked through in."""
        return ":".join(filter(None, [self._name, self.env.context.get("dental_list")]))

    @api.model
    def _lasting_outcomes(self):
        """Keys of outcomes that are not taken back here, since others have acted on them."""
        return ()

    def _press_watched(self):
        """What an outcome may change: pairs (records, names of fields)."""
        names = [name for name in WATCHED if name in self._fields]
        return [(self, names), (self.patient_id, ["do_not_contact"])]


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    # Business

    def _press_watched(self):
        own = ("status", "tray_user_id", "broken_then", "broken_at", "break_reason_id")
        place = ("start", "provider_id", "operatory_id")
        names = [*own, *place, *DUE]
        visits = self._with_family()
        return [(visits, names), (self.patient_id, ["do_not_contact"])]

    def _press_restore(self, vals):
        """Back along the visit log, so that place, treatment and log follow; then the rest."""
        for _step in range(len(self._steps_taken())):
            if self.status != vals["status"]:
                self.action_back()
        now = plain_values(self, vals)
        self.write({name: value for name, value in vals.items() if now[name] != value})


class DentalPatientDue(models.Model):
    _inherit = "dental.patient.due"

    # Business

    def _press_watched(self):
        """The row is only a view of what is due."""
        return [
            (self._open_procedures(), DUE),
            (self._due_recalls(), DUE),
            (self.patient_id, ["do_not_contact"]),
        ]


class DentalPostopCall(models.Model):
    _inherit = "dental.postop.call"

    # Business

    @api.model
    def _lasting_outcomes(self):
        return ("escalate", "give_up")


class DentalSlotOfferLine(models.Model):
    _inherit = "dental.slot.offer.line"

    # Business

    @api.model
    def _lasting_outcomes(self):
        return ("accepts",)

    def _press_watched(self):
        answer = ("state", "channel", "asked_at", "answered_at")
        return [(self, answer), (self.entry_id, ["state"])]


class DentalContactLog(models.Model):
    """A contact that was noted by mistake stays in the log, and says so."""

    _inherit = "dental.contact.log"

    press_id = fields.Many2one(
        "dental.outcome.press",
        string="Noted with",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        default=lambda self: self.env.context.get("dental_press"),
    )
    taken_back_at = fields.Datetime(readonly=True, copy=False, string="Taken back at")
    taken_back_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Taken back by"
    )

    # Business

    def _counts(self):
        """Those of these that are tries of ours to reach the patient."""
        return self.filtered(lambda log: log.direction == "out" and not log.taken_back_at)

    def _take_back(self):
        """Nothing is deleted from the log: these did not happen, and do not count."""
        now = fields.Datetime.now()
        self.sudo().write({"taken_back_at": now, "taken_back_by_id": self.env.uid})
