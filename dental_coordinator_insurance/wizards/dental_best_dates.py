# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .. import benefits


class DentalBestDates(models.TransientModel):
    """When planned treatment costs the patient least. Advice: the dentist says what can wait."""

    _name = "dental.best.dates"
    _description = "Best dates for planned treatment"

    patient_id = fields.Many2one("dental.patient", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    line_ids = fields.One2many("dental.best.dates.line", "advice_id")
    patient_now = fields.Monetary(readonly=True, string="As booked, or now")
    patient_then = fields.Monetary(readonly=True, string="On the best dates")
    saved = fields.Monetary(readonly=True)
    proven = fields.Boolean(readonly=True)
    has_booked = fields.Boolean(compute="_compute_has_booked", string="Has booked")

    # Computes

    @api.depends("line_ids.booked_on")
    def _compute_has_booked(self):
        for advice in self:
            advice.has_booked = any(advice.line_ids.mapped("booked_on"))

    # Actions

    def action_reckon(self):
        """Look again, with what cannot wait, what must wait, and which visits may move."""
        self.ensure_one()
        lines = self.line_ids
        return self._open(
            lines.procedure_id,
            {line.procedure_id.id: line.latest for line in lines if line.latest},
            {line.procedure_id.id: line.earliest for line in lines},
            lines.filtered(lambda line: line.booked_on and line.may_move).procedure_id,
        )

    def action_apply(self):
        """Keep the days on the procedures: the search for a place begins there."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        for line in self.line_ids.filtered(lambda one: not one.booked_on or one.may_move):
            waits = line.day and line.day > today
            line.procedure_id.write(
                {
                    "not_before": waits and line.day,
                    "not_before_reason": waits and line.reason,
                }
            )
        return {"type": "ir.actions.act_window_close"}

    # Business

    @api.model
    def _open(self, procedures, latest=None, earliest=None, movable=()):
        """Show the best dates for these procedures of one patient.

        :param latest: {procedure id: last day on which it may be done}
        :param earliest: {procedure id: day before which it is not done}; what the procedures
            themselves say, if it is not given
        :param movable: booked procedures that may be put on another day; the others stay
        """
        wanted = procedures.filtered(lambda one: one._is_open())._estimate_order()
        earliest = {one.id: one.not_before for one in wanted} if earliest is None else earliest
        booked = self.env["dental.estimate.engine"]._booked_days(wanted)
        kept = {ref: day for ref, day in booked.items() if ref not in [p.id for p in movable]}
        found, texts = self._search_dates(wanted, latest or {}, earliest, kept, booked)
        advice = self.create(
            {
                "patient_id": procedures.patient_id.id,
                "currency_id": procedures.company_id.currency_id.id,
                "patient_now": float(found.now),
                "patient_then": float(found.then),
                "saved": float(found.saved),
                "proven": found.proven,
                "line_ids": [
                    Command.create(
                        {
                            **self._prepare_line(one, texts, kept),
                            "sequence": number,
                            "booked_on": booked.get(one.ref),
                            "may_move": one.ref in booked and one.ref not in kept,
                            "earliest": earliest.get(one.ref),
                            "latest": (latest or {}).get(one.ref),
                        }
                    )
                    for number, one in enumerate(found.advices)
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Best dates"),
            "res_model": self._name,
            "res_id": advice.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _prepare_line(self, advice, texts, kept):
        reasons = ("booked",) if advice.ref in kept else advice.reasons
        return {
            "procedure_id": advice.ref,
            "day": advice.day,
            "reason": ", ".join(texts[key] for key in reasons),
            "patient_now": float(advice.patient_now),
            "patient_then": float(advice.patient_then),
        }

    @api.model
    def _search_dates(self, wanted, latest, earliest, kept, booked):
        """:return: (what was found, {reason: its words})"""
        today = fields.Date.context_today(self)
        engine = self.env["dental.estimate.engine"]
        requests = engine._requests({0: wanted}, today) if wanted else None
        if not requests:
            raise UserError(
                self.env._("Without a plan every day costs the same. Add the insurance first.")
            )
        kept, booked = (
            {ref: max(day, today) for ref, day in days.items()} for days in (kept, booked)
        )
        limits = benefits.Limits(
            {**latest, **kept},
            self._after(wanted),
            earliest={**{ref: day for ref, day in earliest.items() if day}, **kept},
            booked=booked,
        )
        return benefits.plan_dates(requests[0][0], limits), self._reasons()

    @api.model
    def _reasons(self):
        return {
            "booked": self.env._("it is booked"),
            "wanted": self.env._("it waits until then"),
            "new_year": self.env._("a new benefit year begins"),
            "waiting": self.env._("the waiting period is over"),
            "frequency": self.env._("it is paid again"),
            "cover_starts": self.env._("the cover begins"),
            "cover_ends": self.env._("the cover has ended"),
            "rollover": self.env._("carried-over benefits begin or end"),
            "age": self.env._("an age limit is passed"),
            "same_day": self.env._("it is not the same day"),
        }

    @api.model
    def _after(self, procedures):
        """{procedure id: ids of those before it}: treatment of one tooth keeps its order."""
        return {
            one.id: [
                other.id for other in procedures[:place] if one.tooth and other.tooth == one.tooth
            ]
            for place, one in enumerate(procedures)
        }


class DentalBestDatesLine(models.TransientModel):
    _name = "dental.best.dates.line"
    _description = "Best date of a procedure"
    _order = "sequence, id"

    advice_id = fields.Many2one("dental.best.dates", required=True, ondelete="cascade")
    sequence = fields.Integer()
    procedure_id = fields.Many2one("dental.procedure", required=True, readonly=True)
    site = fields.Char(related="procedure_id.site")
    code_id = fields.Many2one(related="procedure_id.code_id", string="Code")
    currency_id = fields.Many2one(related="advice_id.currency_id")
    day = fields.Date(readonly=True, string="From")
    reason = fields.Char(readonly=True, string="Because then")
    patient_now = fields.Monetary(readonly=True, string="You pay now")
    patient_then = fields.Monetary(readonly=True, string="You pay then")
    booked_on = fields.Date(readonly=True, string="Booked")
    may_move = fields.Boolean(string="May move", help="The visit may be put on another day.")
    earliest = fields.Date(string="Not before")
    latest = fields.Date(string="Cannot wait beyond")

    # Actions

    def action_find_slot(self):
        """Look for a place in the book from this day on."""
        self.ensure_one()
        procedure, visit = self.procedure_id, self.procedure_id.appointment_id
        if visit:
            vals = visit._prepare_finder_vals()
        else:
            kind = self.env["dental.appointment.type"].search([], limit=1)
            if not kind:
                raise UserError(
                    self.env._("There is no appointment type yet. Add one under Configuration.")
                )
            vals = {"patient_id": procedure.patient_id.id, "type_id": kind.id}
        if procedure.provider_id:
            vals["provider_id"] = procedure.provider_id.id
        vals["earliest"] = max(self.day, fields.Date.context_today(self))
        return self.env["dental.slot.finder"].create(vals).action_search()


class DentalTreatmentPlan(models.Model):
    _inherit = "dental.treatment.plan"

    # Actions

    def action_best_dates(self):
        self.ensure_one()
        return self.env["dental.best.dates"]._open(self.procedure_ids)


class DentalEstimate(models.Model):
    _inherit = "dental.estimate"

    # Actions

    def action_best_dates(self):
        self.ensure_one()
        return self.env["dental.best.dates"]._open(self.line_ids.procedure_id)
