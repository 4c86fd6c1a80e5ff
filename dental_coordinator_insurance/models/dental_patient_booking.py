# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date, formatLang

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN
from odoo.addons.dental_coordinator_billing.models.dental_patient_booking import BILLING

from .dental_procedure_precert import BLOCKING


class DentalPatient(models.Model):
    """Covers, benefits left and payers' answers, told before somebody is booked."""

    _inherit = "dental.patient"

    def _before_booking_lines(self, kind, place):
        day = self.company_id._dental_day(fields.Datetime.to_datetime(place.get("start") or False))
        return [
            *super()._before_booking_lines(kind, place),
            *self._cover_lines(day),
            *self._precert_lines(),
        ]

    def _cover_lines(self, day):
        """Each cover in force on a day, or that the last one has ended."""
        covers = self.env["dental.insurance.coverage"].search([("patient_id", "=", self.id)])
        live = covers._live(day)
        left = live._left_words(day)
        for cover in live:
            state = cover._state_on(day)
            words = {
                "verified": self.env._("verified for this benefit year"),
                "unverified": self.env._("not verified"),
                "problem": self.env._("the last verification found a problem"),
            }
            parts = [words[state], *left.get(cover, ())]
            level = "info" if state == "verified" else "warn"
            yield self._record_line(
                "cover", level, f"{cover.plan_id.name}: {', '.join(parts)}", cover
            )
        ended = covers.filtered("date_to").sorted("date_to")[-1:]
        if not live and ended and ended.date_to < day:
            text = self.env._(
                "Insurance ended: %(plan)s on %(day)s",
                plan=ended.plan_id.name,
                day=format_date(self.env, ended.date_to),
            )
            yield self._record_line("cover", "warn", text, ended)

    def _precert_lines(self):
        """What the payer wants to be asked about, of the treatment still to be done."""
        planned = [("patient_id", "=", self.id), ("state", "in", OPEN)]
        needs = self.env["dental.procedure"].search(planned)._precert_needs()
        words = {
            "missing": self.env._("Precertification required, not asked: %s"),
            "waiting": self.env._("Precertification awaited: %s"),
            "denied": self.env._("Precertification denied: %s"),
            "expired": self.env._("Precertification expired: %s"),
        }
        for status in BLOCKING:
            found = [one for one, need in needs.items() if need.status == status]
            if found:
                codes = ", ".join(sorted({one.code_id.code for one in found}))
                precert = needs[found[0]].precert
                text = words[status] % codes
                yield self._record_line("precert", "warn", text, precert or found[0])

    def _record_line(self, key, level, text, record):
        return {
            "key": key, "level": level, "text": text, "model": record._name, "res_id": record.id
        }  # fmt: skip

    def _booking_facts(self):
        """First cover of each, and what is left of it."""
        facts = super()._booking_facts()
        today = fields.Date.context_today(self)
        covers = self.env["dental.insurance.coverage"].search([("patient_id", "in", [*facts])])
        live = covers._live(today).grouped("patient_id")
        first = covers.browse(own[:1].id for own in live.values())
        left = first._left_words(today)
        for cover in first:
            words = [cover.plan_id.name, *left.get(cover, ())]
            facts[cover.patient_id.id].append(" ".join(words))
        return facts


class DentalInsuranceCoverage(models.Model):
    _inherit = "dental.insurance.coverage"

    def _left_words(self, day):
        """{coverage: [what is left of its yearly maximum]}, for those who may see money."""
        if not self or not self.env.user.has_group(BILLING):
            return {}
        words = {}
        for cover, (left, resets_on) in self._left_of_maximum(day).items():
            amount = formatLang(self.env, float(left), currency_obj=cover.company_id.currency_id)
            until = resets_on and format_date(self.env, resets_on)
            words[cover] = [
                self.env._("%(amount)s left until %(day)s", amount=amount, day=until)
                if until
                else self.env._("%s left", amount)
            ]
        return words
