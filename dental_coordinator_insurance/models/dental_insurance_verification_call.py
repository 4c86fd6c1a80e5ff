# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import benefits
from ..callsheet import Known, Service, needed

# A question about a category that is fixed, whatever is planned.
SUBJECTS = {
    "exam_frequency": "diagnostic",
    "xray_frequency": "xray",
    "cleaning_frequency": "preventive",
    "perio_frequency": "perio",
    "age_limit": "ortho",
    "ortho_maximum": "ortho",
    "last_exam": "diagnostic",
    "last_cleaning": "preventive",
    "last_xray": "xray",
}
# Questions whose answer is a figure of the patient, beside the rule it is about.
USED = {"maximum_used": "maximum", "deductible_met": "deductible"}


class DentalInsuranceVerification(models.Model):
    """The call sheet: only what this visit needs, kept while it is typed, compared at the end."""

    _inherit = "dental.insurance.verification"

    question_ids = fields.One2many("dental.insurance.question", "verification_id")
    question_count = fields.Integer(compute="_compute_question_count", string="Questions")
    unanswered_count = fields.Integer(compute="_compute_question_count", string="Unanswered")
    call_started_at = fields.Datetime(readonly=True, copy=False, string="On the phone since")
    call_seconds = fields.Integer(readonly=True, copy=False)
    call_time = fields.Char(compute="_compute_call_time", string="Time on the phone")
    asked_by_id = fields.Many2one("res.users", string="Call made by", readonly=True, copy=False)
    days_open = fields.Integer(compute="_compute_days_open", string="Days on the list")
    readback_html = fields.Html(compute="_compute_readback_html", string="To read back")

    # Computes

    @api.depends("question_ids.answer")
    def _compute_question_count(self):
        for check in self:
            check.question_count = len(check.question_ids)
            check.unanswered_count = len(check.question_ids.filtered(lambda one: not one.answer))

    @api.depends("call_seconds", "call_started_at")
    def _compute_call_time(self):
        for check in self:
            seconds = check._seconds_on_phone()
            check.call_time = f"{seconds // 60}:{seconds % 60:02}" if seconds else False

    @api.depends("create_date")
    def _compute_days_open(self):
        today = fields.Date.context_today(self)
        for check in self:
            made = check.create_date
            check.days_open = (today - made.date()).days if made and check._is_open() else 0

    @api.depends("question_ids.answer", "representative", "reference")
    def _compute_readback_html(self):
        for check in self:
            rows = [
                Markup("<li>{} <strong>{}</strong></li>").format(one.text, one.answer)
                for one in check.question_ids
                if one.answer
            ]
            check.readback_html = rows and Markup("<ul>{}</ul>").format(Markup().join(rows))

    # Actions

    def action_start_call(self):
        """Take up the telephone: make the sheet, or go on with the one that was begun."""
        self.ensure_one()
        self._make_sheet()
        self.write(
            {
                "call_started_at": self.call_started_at or fields.Datetime.now(),
                "state": "in_progress",
                "method": self.method or "phone",
                "asked_by_id": self.env.uid,
                "next_action": self.env._("Ask the questions that are left"),
            }
        )
        return True

    def action_pause_call(self):
        """The line went dead, or someone else is at the counter: what was typed stays."""
        for check in self:
            check.write({"call_seconds": check._seconds_on_phone(), "call_started_at": False})
        return True

    def action_finish_call(self):
        """Put the answers beside what is on file, as rows to accept one by one."""
        self.ensure_one()
        if not self.representative:
            raise UserError(
                self.env._(
                    "%s: note who answered before you hang up; it is the proof.", self.number
                )
            )
        answered = self.question_ids.filtered("answer")
        if not answered:
            raise UserError(self.env._("%s: nothing was answered yet.", self.number))
        self.action_pause_call()
        self.verified_on = fields.Date.context_today(self)
        self.row_ids.filtered(lambda row: row.state == "proposed").unlink()
        self.active_said = self._said_active(answered)
        self.env["dental.insurance.verification.row"].create(
            [vals for one in answered for vals in self._answer_rows(one)]
        )
        self.row_ids._accept_confirmed()
        self.next_action = self.env._("Accept what the payer said")
        return True

    # Business

    def _seconds_on_phone(self):
        since = self.call_started_at
        running = (fields.Datetime.now() - since).total_seconds() if since else 0
        return int(self.call_seconds + running)

    def _make_sheet(self):
        """Questions that are needed and not on the sheet yet."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        year = benefits.benefit_year_start(today, int(self.plan_id.benefit_year_month))
        known, told = self._known()
        there = {(one.key, one.category_id.key or "") for one in self.question_ids}
        categories = {one.key: one for one in self._planned().category_id}
        vals_list = []
        for number, one in enumerate(needed(self._services(), known, today, year)):
            if (one.question.key, one.category) not in there:
                vals_list.append(
                    {
                        "verification_id": self.id,
                        "sequence": number,
                        "key": one.question.key,
                        "section": one.question.section,
                        "category_id": categories[one.category].id if one.category else False,
                        "reason": one.reason,
                        "last_asked": one.last,
                        "on_file": told.get((one.question.key, one.category)),
                    }
                )
        return self.question_ids.create(vals_list)

    def _planned(self):
        """What the visit is for; without a visit, what is planned at all."""
        visit = self.appointment_id.procedure_ids
        patient = self.env["dental.procedure"].search([("patient_id", "=", self.patient_id.id)])
        return (visit or patient).filtered(lambda one: one._is_open())

    def _services(self):
        return [Service(one.category_id.key, one.code_id.claim_code) for one in self._planned()]

    def _known(self):
        """(what is on file as callsheet.Known, {(question, category): its value in words})"""
        rules = self.plan_id.benefit_ids.filtered(
            lambda rule: rule.coverage_id in (rule.coverage_id.browse(), self.coverage_id)
        )
        known, told = [], {}
        for rule in rules:
            for key, category in self._questions_of(rule):
                known.append(Known(key, category, rule.as_of, rule.source == "guess"))
                told[key, category] = rule.value
        for key, category, day, value in self._told_before():
            known.append(Known(key, category, day))
            told[key, category] = value
        return known, told

    def _questions_of(self, rule):
        """(question, category) that a rule answers."""
        category = rule.category_id.key or ""
        if rule.kind == "percent" and rule.scope == "category":
            yield "percent", category
            if rule.deductible_applies:
                yield "deductible_applies", category
        elif rule.kind in ("maximum", "deductible") and rule.scope == "general":
            prefix = "family_" if rule.level == "family" else ""
            yield f"{prefix}{rule.kind}", ""
        elif rule.kind == "maximum" and category == "ortho":
            yield "ortho_maximum", ""
        elif rule.kind == "frequency":
            yield "replacement", category
            yield from ((key, "") for key, name in SUBJECTS.items() if name == category)
        elif rule.kind in ("waiting", "downgrade"):
            yield rule.kind, category
        elif rule.kind == "missing_tooth":
            yield "missing_tooth", ""
        elif rule.kind == "age":
            yield "age_limit", ""

    def _told_before(self):
        """(question, category, day, words) of earlier calls, and of what was used."""
        earlier = self.env["dental.insurance.question"].search(
            [
                ("verification_id.coverage_id", "=", self.coverage_id.id),
                ("verification_id", "!=", self.id),
                ("answer", "!=", False),
                ("verification_id.verified_on", "!=", False),
            ]
        )
        for one in earlier:
            day = one.verification_id.verified_on
            yield one.key, one.category_id.key or "", day, one.answer
        names = {kind: key for key, kind in USED.items()}
        for usage in self.coverage_id.usage_ids.filtered("is_total"):
            if usage.kind in names and usage.level == "individual":
                yield names[usage.kind], "", usage.as_of, f"{usage.amount:.2f}"
        if self.coverage_id.verified_on:
            yield "active", "", self.coverage_id.verified_on, self.coverage_id.verified_state

    def _said_active(self, answered):
        found = answered.filtered(lambda one: one.key == "active")
        if not found:
            return False
        return "yes" if found._read().yes else "no"

    # From answers to rows

    def _answer_rows(self, question):
        """Values of the rows that an answer proposes; one that only informs is a note."""
        answer = question._read()
        vals = self._rule_of(question, answer)
        category = question.category_id or self._subject(question.key)
        usage = self._usage_of(question, answer, category)
        kind = vals["kind"] if vals else ("history" if usage else "note")
        yield {
            "verification_id": self.id,
            "number": question.sequence + 1,
            "kind": kind,
            "category_ids": [fields.Command.set(category.ids)],
            "said": question._read_back() if not vals else question.answer,
            "text": question.text,
            "vals": vals or False,
            "usage": usage or False,
        }

    def _subject(self, key):
        categories = self.env["dental.procedure.category"]
        return categories.search([("key", "=", SUBJECTS.get(key, ""))])

    def _rule_of(self, question, answer):
        """Values of the rule that an answer states, as verification rows keep them."""
        makers = {
            "maximum": self._limit_vals,
            "family_maximum": self._limit_vals,
            "ortho_maximum": self._limit_vals,
            "deductible": self._limit_vals,
            "percent": self._percent_vals,
            "waiting": self._waiting_vals,
            "missing_tooth": self._clause_vals,
            "age_limit": self._age_vals,
            "replacement": self._frequency_vals,
        }
        name = "replacement" if question.key.endswith("_frequency") else question.key
        maker = makers.get(name)
        vals = maker(question, answer) if maker else None
        if not vals:
            return None
        about_category = question.category_id or question.key in SUBJECTS
        scope = "category" if about_category else "general"
        return {"level": "individual", "scope": scope, "network": "any", **vals}

    def _limit_vals(self, question, answer):
        is_ortho = question.key == "ortho_maximum"
        vals = {
            "kind": "deductible" if question.key == "deductible" else "maximum",
            "level": "family" if question.key.startswith("family") else "individual",
            "period": "lifetime" if is_ortho else "service_year",
        }
        return {**vals, **self._amount_or_none(answer)}

    def _amount_or_none(self, answer):
        return {"unlimited": True} if answer.none else {"amount": float(answer.number)}

    def _percent_vals(self, question, answer):
        applies = self.question_ids.filtered(
            lambda one: one.key == "deductible_applies"
            and one.category_id == question.category_id
            and one.answer
        )
        said = applies and {True: "yes", False: "no"}[applies[0]._read().yes]
        return {
            "kind": "percent",
            "percent": float(answer.number),
            "deductible_applies": said or False,
        }

    def _frequency_vals(self, question, answer):
        vals = {"kind": "frequency", "area": "tooth" if question.category_id else False}
        if answer.none:
            return {**vals, "unlimited": True}
        return {
            **vals,
            "quantity": int(answer.number),
            "period": answer.period,
            "period_count": answer.count,
        }

    def _waiting_vals(self, question, answer):
        return {
            "kind": "waiting",
            "quantity": int(answer.number),
            "period": answer.period if answer.period in ("months", "years") else "months",
        }

    def _clause_vals(self, question, answer):
        return {"kind": "missing_tooth"} if answer.yes else None

    def _age_vals(self, question, answer):
        return None if answer.none else {"kind": "age", "age_to": int(answer.number)}

    def _usage_of(self, question, answer, category):
        """What an answer says of this patient: used by now, or done on a day."""
        if question.key in USED:
            return {
                "kind": USED[question.key],
                "amount": float(answer.number or 0),
                "level": "individual",
                "is_total": True,
            }
        if question.key.startswith("last_") and answer.day and category:
            return {"kind": "service", "date": answer.day.isoformat()}
        return None


class DentalInsuranceVerificationRow(models.Model):
    _inherit = "dental.insurance.verification.row"

    # Actions

    def action_accept(self):
        """A row that only tells what was used is taken over without a rule."""
        used = self.filtered(lambda row: row.usage and not row.vals and row.state != "accepted")
        for row in used:
            row._take_usage_alone()
        used.state = "accepted"
        return super(DentalInsuranceVerificationRow, self - used).action_accept()

    # Business

    def _may_accept(self):
        return super()._may_accept() or (self.state == "proposed" and bool(self.usage))

    def _accept_confirmed(self):
        """What only confirms the record needs nobody's click: its date and source are renewed."""
        same = self.filtered(lambda row: row._may_accept() and row.difference == "same")
        same.action_accept()
        return same

    def _take_usage_alone(self):
        check = self.verification_id
        provenance = {key: value for key, value in check._provenance().items() if key != "user_id"}
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": check.coverage_id.id,
                "category_id": self.category_ids[:1].id
                if self.usage["kind"] == "service"
                else False,
                **self.usage,
                **provenance,
            }
        )
