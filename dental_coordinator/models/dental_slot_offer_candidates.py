# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

from ..book import local
from ..refill import Candidate, Hole, Weights, rank

LATELY = timedelta(days=90)
SHOWN = 20


class DentalSlotOffer(models.Model):
    """Who fits the hole, in which order: loads what the package ``refill`` asks for."""

    _inherit = "dental.slot.offer"

    def _find_candidates(self):
        """Make a line of each who fits; lines of those not asked yet are made anew."""
        self.ensure_one()
        self.pattern = self._free_pattern()
        self.line_ids.filtered(lambda line: line.state == "candidate").unlink()
        sources = {
            key: source
            for key, source in self._sources().items()
            if source.patient_id not in self.line_ids.patient_id
        }
        ranked = rank(self._hole(), self._candidates(sources), self.company_id._refill_weights())
        # Who waits for two visits is asked once, for the one that fits better.
        best = {}
        for score in ranked:
            best.setdefault(sources[score.key].patient_id, score)
        scores = list(best.values())
        first = len(self.line_ids) + 1  # after those who were asked
        self.env["dental.slot.offer.line"].create(
            [
                self._prepare_line(sources[score.key], score, place)
                for place, score in enumerate(scores[:SHOWN], start=first)
            ]
        )

    def _hole(self):
        return Hole(
            start=self.start,
            stop=self.stop,
            provider=self.provider_id.id,
            tz=self.env["dental.today"]._zone(),
            now=fields.Datetime.now(),
            pattern=self.pattern or "",
        )

    def _sources(self):
        """{key: record} of those who may be asked: waiting list, then visits without a place."""
        own = [("company_id", "=", self.company_id.id), ("patient_id.do_not_contact", "=", False)]
        entries = self.env["dental.waitlist.entry"].search([*own, ("state", "=", "waiting")])
        planned = self.env["dental.appointment"].search(
            [
                *own,
                ("status", "=", "planned"),
                ("id", "not in", entries.appointment_id.ids),
                ("id", "!=", self.vacated_by_id.id),
                ("patient_id", "not in", entries.patient_id.ids),
            ]
        )
        return {
            **{("entry", entry.id): entry for entry in entries},
            **{("visit", visit.id): visit for visit in planned},
        }

    def _candidates(self, sources):
        """Candidates of the package for these records, in a handful of queries."""
        records = sources.values()
        patients = self.env["dental.patient"].browse({r.patient_id.id for r in records})
        figures = self._figures(patients)
        return [record._prepare_candidate(figures[record.patient_id.id]) for record in records]

    def _figures(self, patients):
        """{patient id: asked, asked_today, broken, visits, busy} as the package names them."""
        broken = patients._broken_figures()
        kept = dict(
            self.env["dental.appointment"]
            .sudo()
            ._read_group(
                [("patient_id", "in", patients.ids), ("status", "=", "done")],
                ["patient_id"],
                ["__count"],
            )
        )
        asked, today = self._times_asked(patients)
        busy = self._busy_patients(patients)
        return {
            patient.id: {
                "broken": broken.get(patient.id, (0, None))[0],
                "visits": kept.get(patient.sudo(), 0),
                "asked": asked.get(patient.id, 0),
                "asked_today": patient.id in today,
                "busy": tuple(busy.get(patient.id, ())),
            }
            for patient in patients
        }

    def _times_asked(self, patients):
        """({patient id: how often asked lately}, {ids of those asked for another time today})"""
        lines = (
            self.env["dental.slot.offer.line"]
            .sudo()
            .search_fetch(
                [
                    ("patient_id", "in", patients.ids),
                    ("asked_at", ">", fields.Datetime.now() - LATELY),
                    ("offer_id", "!=", self.id),
                ],
                ["patient_id", "asked_at"],
            )
        )
        midnight = local.day_span(self.env["dental.today"]._day(), self.env["dental.today"]._zone())
        counts = {}
        for line in lines:
            counts[line.patient_id.id] = counts.get(line.patient_id.id, 0) + 1
        today = {line.patient_id.id for line in lines if line.asked_at >= midnight[0]}
        return counts, today

    def _busy_patients(self, patients):
        """{patient id: spans} taken by other visits of theirs around the hole."""
        rows = (
            self.env["dental.reservation"]
            .sudo()
            .search_fetch(
                [
                    ("patient_id", "in", patients.ids),
                    ("start", "<", self.stop),
                    ("stop", ">", self.start),
                ],
                ["patient_id", "start", "stop"],
            )
        )
        spans = {}
        for row in rows:
            spans.setdefault(row.patient_id.id, []).append((row.start, row.stop))
        return spans

    def _prepare_line(self, source, score, place):
        words = [self._word_part(part, source) for part in score.parts if part.points]
        return {
            "offer_id": self.id,
            "sequence": place,
            "patient_id": source.patient_id.id,
            **source._prepare_offered(),
            "score": score.total,
            "parts": ", ".join(words),
        }

    def _word_part(self, part, source):
        words = {
            "length": self.env._("%s min", part.fact),
            "provider": self.env._("provider"),
            "waited": (
                self.env._("waits 1 day")
                if part.fact == 1
                else self.env._("waits %s days", part.fact)
            ),
            "priority": self.env._("priority %s", part.fact),
            "urgency": self.env._("urgent"),
            "fairness": self.env._("asked %s times", part.fact),
            "broken": self.env._("%s broken", part.fact),
            "value": self.env._("planned work"),
        }
        return f"{words[part.code]} {part.points:+g}"


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    def _prepare_candidate(self, figures):
        """This visit, which waits for a place, for the package ``refill``."""
        return Candidate(
            key=("visit", self.id),
            minutes=10 * len(self.pattern),
            pattern=self.pattern,
            since=self.create_date.date(),
            provider=self.provider_id.id,
            **figures,
        )

    def _prepare_offered(self):
        """What is offered to whoever this visit is for, as values of a candidate."""
        return {
            "appointment_id": self.id,
            "type_id": self.type_id.id,
            "pattern": self.pattern,
        }


class ResCompany(models.Model):
    """How much each part of a score is worth; a clinic sets its own."""

    _inherit = "res.company"

    dental_refill_length = fields.Float(string="Fills the time", default=Weights.length)
    dental_refill_provider = fields.Float(string="Wanted provider", default=Weights.provider)
    dental_refill_waited = fields.Float(string="Days waited", default=Weights.waited)
    dental_refill_priority = fields.Float(string="Priority", default=Weights.priority)
    dental_refill_urgency = fields.Float(string="Urgent", default=Weights.urgency)
    dental_refill_fairness = fields.Float(string="Asked seldom", default=Weights.fairness)
    dental_refill_broken = fields.Float(string="Keeps visits", default=Weights.broken)

    def _refill_weights(self):
        names = [name for name in Weights.__dataclass_fields__ if f"dental_refill_{name}" in self]
        return Weights(**{name: self.sudo()[f"dental_refill_{name}"] for name in names})


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_refill_length = fields.Float(related="company_id.dental_refill_length", readonly=False)
    dental_refill_provider = fields.Float(
        related="company_id.dental_refill_provider", readonly=False
    )
    dental_refill_waited = fields.Float(related="company_id.dental_refill_waited", readonly=False)
    dental_refill_priority = fields.Float(
        related="company_id.dental_refill_priority", readonly=False
    )
    dental_refill_urgency = fields.Float(related="company_id.dental_refill_urgency", readonly=False)
    dental_refill_fairness = fields.Float(
        related="company_id.dental_refill_fairness", readonly=False
    )
    dental_refill_broken = fields.Float(related="company_id.dental_refill_broken", readonly=False)
