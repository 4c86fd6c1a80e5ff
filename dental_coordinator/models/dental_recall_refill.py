# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command, fields, models
from odoo.tools import groupby

from ..refill import Candidate
from .dental_procedure import OPEN
from .dental_recall import LEAD

# So many recalls are looked at for one hole, those to be called first and those longest due.
LOOKED_AT = 200
CALL_FIRST = 2


class DentalRecallType(models.Model):
    _inherit = "dental.recall.type"

    visit_type_id = fields.Many2one(
        "dental.appointment.type",
        string="Kind of visit",
        ondelete="restrict",
        help="Booked when somebody who is due takes a free time. Empty: they are not asked.",
    )


class DentalRecall(models.Model):
    """Whoever is due may be asked to fill a hole."""

    _inherit = "dental.recall"

    # Business

    def _refill_domain(self, company):
        """Recalls to be called by today, of patients who may be called and booked."""
        today = company._dental_day()
        return [
            ("company_id", "=", company.id),
            ("disabled", "=", False),
            "|",
            ("disabled_until", "=", False),
            ("disabled_until", "<=", today),
            ("due", "<=", today + LEAD),
            ("next_date", "<=", today),
            ("type_id.visit_type_id", "!=", False),
            ("type_id.joins_cleaning", "=", False),
            ("patient_id.do_not_contact", "=", False),
            ("patient_id.no_booking", "=", False),
            ("patient_id.status", "not in", ("inactive", "deceased")),
        ]

    def _refill_pattern(self):
        return self.type_id.pattern or self.type_id.visit_type_id.pattern

    def _prepare_candidate(self, figures):
        """This recall for the package ``refill``: who is due waits since that day."""
        pattern = self._refill_pattern()
        return Candidate(
            key=("recall", self.id),
            minutes=10 * len(pattern),
            pattern=pattern,
            since=min(self.due, fields.Date.context_today(self)),
            provider=self.patient_id.primary_provider_id.id or None,
            priority=CALL_FIRST if self.priority else 0,
            **figures,
        )

    def _prepare_offered(self):
        return {
            "recall_id": self.id,
            "type_id": self.type_id.visit_type_id.id,
            "pattern": self._refill_pattern(),
        }

    def _plan_procedures(self):
        """The recall's procedures, planned; those that the file has planned already are used.

        The server's own work: whoever books at the desk need not own the treatment.
        """
        self.ensure_one()
        codes = self.type_id.code_ids
        procedures = self.env["dental.procedure"].sudo()
        planned = procedures.search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("code_id", "in", codes.ids),
                ("appointment_id", "=", False),
                ("state", "in", OPEN),
            ]
        )
        first = [list(rows)[0] for _code, rows in groupby(planned, lambda one: one.code_id)]
        missing = (codes - planned.code_id).filtered(lambda c: c.area_rule in ("none", "mouth"))
        return procedures.union(*first) + procedures.create(
            [
                {"patient_id": self.patient_id.id, "code_id": code.id, "owner_id": self.env.uid}
                for code in missing
            ]
        )

    def _booked_by(self, visit):
        """A visit that no procedure ties to the recall: nobody calls before the day after it."""
        self.invalidate_recordset(["appointment_id"])
        if self.appointment_id != visit:
            after = visit._local_day() + timedelta(days=1)
            self.sudo().write({"next_date": after, "next_action": self.env._("Look whether done")})


class DentalSlotOffer(models.Model):
    _inherit = "dental.slot.offer"

    # Business

    def _sources(self):
        """After those who wait come those who are due, unless they wait as well."""
        sources = super()._sources()
        waiting = {source.patient_id.id for source in sources.values()}
        due = self.env["dental.recall"].search(
            [
                *self.env["dental.recall"]._refill_domain(self.company_id),
                ("patient_id", "not in", list(waiting)),
            ],
            order="priority desc, due, id",
            limit=LOOKED_AT,
        )
        free = due.filtered(lambda one: not one.appointment_id and one._refill_pattern())
        return {**sources, **{("recall", one.id): one for one in free}}

    def _word_part(self, part, source):
        if part.code == "waited" and source._name == "dental.recall":
            words = self.env._("due for %s days", part.fact)
            if part.fact == 1:
                words = self.env._("due for 1 day")
            return f"{words} {part.points:+g}"
        return super()._word_part(part, source)


class DentalSlotOfferLine(models.Model):
    _inherit = "dental.slot.offer.line"
    _patient_links = ("appointment_id", "entry_id", "recall_id")

    recall_id = fields.Many2one(
        "dental.recall", readonly=True, ondelete="set null", index="btree_not_null"
    )

    # Business

    def _prepare_visit(self):
        vals = super()._prepare_visit()
        if self.recall_id:
            procedures = self.recall_id._plan_procedures()
            vals["procedure_ids"] = [Command.link(one.id) for one in procedures]
        return vals

    def _book(self):
        visit = super()._book()
        if self.recall_id:
            self.recall_id._booked_by(visit)
        return visit
