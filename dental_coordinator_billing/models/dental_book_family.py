# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalBook(models.AbstractModel):
    """What a whole family owes once the plans have paid, on each of its cards."""

    _inherit = "dental.book"

    def _card_items(self, rows, wanted):
        found = super()._card_items(rows, wanted)
        if "family" in wanted and self.env.user.has_group("dental_coordinator.group_billing"):
            found["family"] = self._family_items(rows, said="balance" in found)
        return found

    def _family_items(self, rows, said=False):
        """Open accounts of all who pay for the family, less what plans are expected to pay.

        Below zero is credit. Bills are read as the server, for those who bill.

        :param said: whether the card says what the guarantor owes; the same figure is left out
        """
        patients = self.env["dental.patient"].sudo().browse({row["patient_id"] for row in rows})
        members = {one: one.family_id.patient_ids | one for one in patients}
        payers = patients.concat(*members.values()).guarantor_id
        balances = payers._dental_balances(self.env.company)
        pending = payers._dental_plan_pending(self.env.company)
        left = {
            one.id: sum(balances[p] - pending[p] for p in members[one].guarantor_id)
            for one in patients
        }
        compare = self.env.company.currency_id.compare_amounts
        owed = {one.id: max(balances[one.guarantor_id], 0) if said else 0 for one in patients}
        return {
            row["id"]: self._family_item(left[row["patient_id"]])
            for row in rows
            if compare(left[row["patient_id"]], 0)
            and compare(left[row["patient_id"]], owed[row["patient_id"]])
        }

    def _family_item(self, amount):
        if amount < 0:
            text = self.env._("family has %s credit", self._money(-amount))
            return {"text": text, "level": "info"}
        text = self.env._("family owes %s after plans", self._money(amount))
        return {"text": text, "level": "warn", "icon": "fa-users"}
