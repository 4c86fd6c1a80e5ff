# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models
from odoo.tools import formatLang

from odoo.addons.dental_coordinator.models.dental_procedure import DROPPED

PRODUCTION = "dental_coordinator_billing.group_production"
HOUR = timedelta(hours=1)


class DentalBook(models.AbstractModel):
    """Money on the cards of the book, and what a day brings in for those who may know."""

    _inherit = "dental.book"

    def _card_items(self, rows, wanted):
        found = super()._card_items(rows, wanted)
        if "fee" in wanted:
            found["fee"] = self._fee_items(rows)
        if "estimate" in wanted:
            found["estimate"] = self._estimate_items(rows)
        if "balance" in wanted and self.env.user.has_group("dental_coordinator.group_billing"):
            found["balance"] = self._balance_items(rows)
        return found

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.env.company.currency_id)

    def _fees(self, rows):
        """{visit id: office fee of all that is to be done, or was}"""
        groups = self.env["dental.procedure"]._read_group(
            [
                ("appointment_id", "in", [row["id"] for row in rows]),
                ("state", "not in", DROPPED),
            ],
            ["appointment_id"],
            ["fee:sum"],
        )
        return {visit.id: fee for visit, fee in groups}

    def _fee_items(self, rows):
        return {
            visit: {"text": self.env._("fee %s", self._money(fee))}
            for visit, fee in self._fees(rows).items()
            if fee
        }

    def _estimate_items(self, rows):
        """The patient's part by the estimate that holds: of the visit itself, else of the lines
        that are done in it."""
        groups = self.env["dental.estimate.line"]._read_group(
            [
                ("procedure_id.appointment_id", "in", [row["id"] for row in rows]),
                ("estimate_id.state", "in", ("current", "signed")),
                ("estimate_id.superseded_by_id", "=", False),
            ],
            ["procedure_id"],
            ["patient_amount:max"],
        )
        parts = {}
        for procedure, amount in groups:
            visit = procedure.appointment_id.id
            parts[visit] = parts.get(visit, 0.0) + amount
        return {
            visit: {"text": self.env._("patient pays %s", self._money(amount))}
            for visit, amount in parts.items()
        }

    def _balance_items(self, rows):
        """What the guarantors owe; bills are read as the server, for those who bill."""
        patients = self.env["dental.patient"].sudo().browse({row["patient_id"] for row in rows})
        balances = patients.guarantor_id._dental_balances(self.env.company)
        owed = {p.id: balances.get(p.guarantor_id, 0.0) for p in patients}
        return {
            row["id"]: {
                "text": self.env._("owes %s", self._money(owed[row["patient_id"]])),
                "level": "warn",
                "icon": "fa-exclamation-circle",
            }
            for row in rows
            if owed[row["patient_id"]] > 0
        }

    def _production(self, rows, timetables, day_spans):
        """Office fees of the visits shown, beside the goal an hour times the hours that dentists
        and hygienists work."""
        lines = super()._production(rows, timetables, day_spans)
        if not self.env.user.has_group(PRODUCTION):
            return lines
        booked = [row for row in rows if row["readable"] and not row["in_tray"]]
        fees = sum(self._fees(booked).values())
        goal = self.env.company.dental_goal_hour * self._hours(timetables)
        short = {"level": "warn"} if fees < goal else {}
        lines.append({"label": self.env._("Booked"), "text": self._money(fees), **short})
        if goal:
            lines.append({"label": self.env._("Goal"), "text": self._money(goal)})
        return lines

    def _hours(self, timetables):
        spans = [
            span
            for row in timetables
            if row["kind"] in ("dentist", "hygienist")
            for span in row["open"]
        ]
        return sum((stop - start) / HOUR for start, stop in spans)
