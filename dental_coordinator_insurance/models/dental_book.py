# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.dental_coordinator.book import local

from .dental_insurance_verification import OPEN

AWAITED = ("to_prepare", "sent", "more_info")


class DentalBook(models.AbstractModel):
    """Insurance on the cards of the book."""

    _inherit = "dental.book"

    def _card_items(self, rows, wanted):
        found = super()._card_items(rows, wanted)
        if "insurance" in wanted:
            found["insurance"] = self._insurance_items(rows)
        if "verify" in wanted:
            found["verify"] = self._verify_items(rows)
        if "precert" in wanted:
            found["precert"] = self._precert_items(rows)
        return found

    def _insurance_items(self, rows):
        """Plans of the coverages that count on the day of the visit, first payer first."""
        coverages = self.env["dental.insurance.coverage"].search_fetch(
            [("patient_id", "in", [row["patient_id"] for row in rows])],
            ["patient_id", "plan_id", "policy_id", "sequence", "date_from", "date_to", "active"],
        )
        by_patient = coverages.grouped(lambda coverage: coverage.patient_id.id)
        items, zone = {}, self._zone()
        for row in rows:
            own = by_patient.get(row["patient_id"], coverages.browse())
            live = own._live(local.day_of(row["start"], zone))
            if live:
                items[row["id"]] = {"text": ", ".join(live.plan_id.mapped("name"))}
        return items

    def _verify_items(self, rows):
        """Patients of whose coverages a check is open."""
        groups = self.env["dental.insurance.verification"]._read_group(
            [
                ("patient_id", "in", [row["patient_id"] for row in rows]),
                ("state", "in", OPEN),
            ],
            ["patient_id"],
        )
        waiting = {patient.id for (patient,) in groups}
        item = {"text": self.env._("verify"), "level": "warn", "icon": "fa-question-circle"}
        return {row["id"]: item for row in rows if row["patient_id"] in waiting}

    def _precert_items(self, rows):
        """Visits whose treatment a payer has not answered yet."""
        groups = self.env["dental.precert"]._read_group(
            [
                ("appointment_id", "in", [row["id"] for row in rows]),
                ("state", "in", AWAITED),
            ],
            ["appointment_id"],
        )
        item = {"text": self.env._("precert awaited"), "level": "warn", "icon": "fa-hourglass-half"}
        return {visit.id: item for (visit,) in groups}
