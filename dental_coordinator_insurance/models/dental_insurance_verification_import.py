# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Date

from .. import x12


class DentalInsuranceVerification(models.Model):
    """From a 271 to a verification with rows to accept."""

    _inherit = "dental.insurance.verification"

    # Business

    @api.model
    def _import_exchange(self, exchange, kind, raw, hints):
        """Propose what a payer's answer says as rows; no rule changes before a person accepts.

        :param hints: ``verification`` or ``coverage``: whom it is about, when a person knows
        :return: (state of the exchange, sentences that say what was found)
        """
        states, said = set(), []
        for answer in x12.read_271(raw):
            state, text = self._read_answer(exchange, answer, hints)
            states.add(state)
            said.append(text)
        return "waiting" if "waiting" in states else "read", said

    def _read_answer(self, exchange, answer, hints):
        check = hints.get("verification") or self._find_check(exchange, answer, hints)
        if not check:
            person = answer.person
            return "waiting", self.env._(
                "No patient with member id %(member)s and that name or birth date: choose whom it "
                "is about.",
                member=person.id if person else "",
            )
        check._take_answer(exchange, answer)
        return "read", self.env._(
            "%(number)s: %(rows)s rows read, %(open)s to accept",
            number=check.number,
            rows=len(answer.rows),
            open=check.open_row_count,
        )

    def _find_check(self, exchange, answer, hints):
        coverage = hints.get("coverage") or self._find_coverage(exchange, answer)
        if not coverage:
            return self.browse()
        todo = coverage.verification_ids.filtered(lambda check: check._is_open())[:1]
        return todo or self.create({"coverage_id": coverage.id})

    def _find_coverage(self, exchange, answer):
        person, subscriber = answer.person, answer.subscriber
        members = [one.id for one in (person, subscriber) if one and one.id]
        for member in dict.fromkeys(members):
            coverage = self.env["dental.insurance.coverage"]._find_member(
                exchange.company_id, member, answer.birth, person.last
            )
            if coverage:
                return coverage
        return self.env["dental.insurance.coverage"]

    def _take_answer(self, exchange, answer):
        """Write what the answer says into this verification, as rows."""
        self.ensure_one()
        said = {True: "yes", False: "no"}.get(answer.active, False)
        self.row_ids.filtered(lambda row: row.state == "proposed").unlink()
        self.write(
            {
                "exchange_id": exchange.id,
                "method": "file",
                "reference": answer.reference or answer.trace,
                "verified_on": answer.date or Date.context_today(self),
                "active_said": said,
                "rows_read": len(answer.rows),
                "state": "not_eligible" if said == "no" else "in_progress",
                "next_action": self.env._("Accept what the file says"),
                "note": "\n".join(self._rejection_text(one) for one in answer.rejections) or False,
            }
        )
        if answer.rejections and not answer.rows:
            self.write({"state": "unable", "next_action": self.env._("Ask again")})
        self._propose_rows(answer)

    def _rejection_text(self, rejection):
        return f"{rejection.text}. {rejection.action_text}".strip()

    def _propose_rows(self, answer):
        facts = x12.facts(answer, share_is_plan=self.payer_id.dental_share_is_plan)
        row = self.env["dental.insurance.verification.row"]
        told = {fact.row for fact in facts} | {fact.remaining_row for fact in facts}
        vals_list = [row._prepare_fact_vals(self, fact) for fact in facts]
        vals_list += [
            row._prepare_note_vals(self, one) for one in answer.rows if one.number not in told
        ]
        rows = row.create(sorted(vals_list, key=lambda vals: vals["number"]))
        rows._choose_categories()
