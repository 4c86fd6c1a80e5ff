# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import format_date, formatLang

BILLING = "dental_coordinator.group_billing"


class Standing(NamedTuple):
    """An account in three figures; `balance` is below zero when somebody paid ahead."""

    balance: float = 0.0
    overdue: float = 0.0
    since: object = False


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _dental_standings(self, company):
        """{partner: :class:`Standing`} of those with open items, in one query.

        What was paid ahead covers what is overdue first.
        """
        today = fields.Date.context_today(self)
        found = {}
        for partner, items in self._dental_open_items(company).grouped("partner_id").items():
            late = items.filtered(lambda i: i.balance > 0 and (i.date_maturity or i.date) < today)
            balance = company.currency_id.round(sum(items.mapped("amount_residual")))
            overdue = min(sum(late.mapped("amount_residual")), max(balance, 0.0))
            since = min((item.date_maturity or item.date for item in late), default=False)
            found[partner] = Standing(balance, company.currency_id.round(overdue), since)
        return found


class DentalPatient(models.Model):
    """The account of whoever pays, for those who book and bill."""

    _inherit = "dental.patient"

    def _before_booking_lines(self, kind, place):
        return [*super()._before_booking_lines(kind, place), *self._account_lines()]

    def _account_lines(self):
        """What the guarantor owes for all of the family, or paid ahead."""
        standing = self._standings().get(self.sudo().guarantor_id)
        if standing and standing.balance:
            level = "warn" if standing.overdue else "info"
            yield {"key": "account", "level": level, "text": self._word_standing(standing)}

    def _booking_facts(self):
        facts = super()._booking_facts()
        standings = self._standings()
        for patient in self.browse(facts):
            standing = standings.get(patient.sudo().guarantor_id)
            if standing and standing.balance:
                facts[patient.id].append(patient._word_standing(standing))
        return facts

    def _standings(self):
        """{guarantor: Standing}; nothing for those who have no right to see money."""
        if not self.env.user.has_group(BILLING):
            return {}
        found = {}
        for company, patients in self.sudo().grouped("company_id").items():
            found.update(patients.guarantor_id._dental_standings(company))
        return found

    def _word_standing(self, standing):
        company = self.sudo().company_id

        def money(amount):
            return formatLang(self.env, amount, currency_obj=company.currency_id)

        if standing.balance < 0:
            return self.env._("Account: %s paid ahead", money(-standing.balance))
        if not standing.overdue:
            return self.env._("Account owes %s, not overdue", money(standing.balance))
        since = format_date(self.env, standing.since)
        if not company.currency_id.compare_amounts(standing.overdue, standing.balance):
            words = {"all": money(standing.balance), "day": since}
            return self.env._("Account owes %(all)s, overdue since %(day)s", **words)
        return self.env._(
            "Account owes %(all)s, %(late)s of it overdue since %(day)s",
            all=money(standing.balance),
            late=money(standing.overdue),
            day=since,
        )
