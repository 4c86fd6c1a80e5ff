# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models

from odoo.addons.dental_coordinator import notation
from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits
from .dental_insurance_benefit_engine import categories_of

# All teeth of an arch, for what stands on the whole of it.
ARCHES = {
    "01": frozenset(f"{quadrant}{number}" for quadrant in "12" for number in range(1, 9)),
    "02": frozenset(f"{quadrant}{number}" for quadrant in "34" for number in range(1, 9)),
}


class DentalEstimateEngine(models.AbstractModel):
    """Between the records and the estimate engine: loads what it needs, a few queries in all.

    Read as the server: a family's used benefits count although a member's file may be closed to
    the user, and no more than the resulting figures leaves this model.
    """

    _name = "dental.estimate.engine"
    _description = "Inputs of the estimate engine"

    @api.model
    def _estimate(self, procedures, as_of):
        """Estimate procedures of one patient who has coverage on ``as_of``.

        :param procedures: in the order in which they use up benefits
        :return: (benefits.Estimate, {coverage id: coverage}, {procedure: further texts on what is
            not known}); None when no plan covers the patient then
        """
        return self._estimate_many(procedures, as_of).get(procedures.patient_id.id)

    @api.model
    def _estimate_many(self, procedures, as_of):
        """Estimate procedures of any number of patients, with the queries of one.

        :return: {patient id: what :meth:`_estimate` gives}, without patients who have no cover
        """
        groups = procedures.grouped("patient_id")
        return self._estimate_groups({one.id: own for one, own in groups.items()}, as_of)

    @api.model
    def _estimate_groups(self, groups, as_of):
        """Estimate any number of groups of procedures, each of one patient and by itself.

        :param groups: {any key: procedures in the order in which they use up benefits}
        :return: {key: what :meth:`_estimate` gives}, without those that have no cover
        """
        return {
            key: (benefits.estimate(request), coverages, texts)
            for key, (request, coverages, texts) in self._requests(groups, as_of).items()
        }

    @api.model
    def _requests(self, groups, as_of):
        """{key: (benefits.Request, {coverage id: coverage}, {procedure id: texts})}"""
        procedures = self.env["dental.procedure"].sudo().union(*groups.values())
        live = self._coverages(procedures.patient_id)._live(as_of)
        if not live:
            return {}
        by_patient = live.grouped("patient_id")
        together = procedures._prefetch_ids
        groups = {key: own.sudo().with_prefetch(together) for key, own in groups.items()}
        groups = {key: own for key, own in groups.items() if own.patient_id in by_patient}
        covered = procedures.browse().union(*groups.values())
        rules = self._rules(live)
        plans = self.env["dental.estimate.plans"]._load(live, rules, covered.code_id, as_of)
        histories = self.env["dental.estimate.history"]._load(live)
        facts = self._facts(covered, live, as_of)
        found = {}
        for key, own in groups.items():
            patient = own.patient_id
            coverages = by_patient[patient]
            request = benefits.Request(
                coverages=tuple(plans.coverage(one, own) for one in coverages),
                procedures=tuple(self._procedure(one, facts) for one in own),
                history=tuple(histories[patient.id]),
                patient=benefits.Patient(patient.birth_date or None),
                as_of=as_of,
                settings=plans.settings(patient.company_id),
            )
            texts = {one.id: plans.texts(one, coverages) for one in own}
            found[key] = request, {one.id: one for one in coverages}, texts
        return found

    @api.model
    def _coverages(self, patients):
        return (
            self.env["dental.insurance.coverage"]
            .sudo()
            .search([("patient_id", "in", patients.ids), ("active", "=", True)])
        )

    @api.model
    def _rules(self, coverages):
        return (
            self.env["dental.insurance.benefit"]
            .sudo()
            .search(
                [
                    ("plan_id", "in", coverages.plan_id.ids),
                    ("coverage_id", "in", [False, *coverages.ids]),
                ]
            )
        )

    @api.model
    def _claim_lines(self, coverages):
        return self.env["dental.estimate.history"]._claim_lines(coverages)

    @api.model
    def _history(self, coverages, as_of):
        """What was used under these coverages, of all their patients."""
        for rows in self.env["dental.estimate.history"]._load(coverages).values():
            yield from rows

    # Procedures

    def _facts(self, procedures, coverages, as_of):
        """What is known of the procedures beside themselves: answers, typed figures, lost teeth."""
        answers = defaultdict(list)
        for (procedure, coverage), line in procedures.precert_line_ids._answered(as_of).items():
            # A mere permission says nothing of money; a refusal does.
            if coverage in coverages and (line.priced or line.approved == "no"):
                answers[procedure.id].append(self._precert(line))
        received = defaultdict(list)
        for line in procedures.claim_line_ids:
            if line.live and line.settled and line.coverage_id in coverages:
                received[line.procedure_id.id].append(self._received(line))
        return {
            "precerts": answers,
            "received": received,
            "overrides": procedures.override_ids._engine_overrides(coverages),
            "lost": self._lost_teeth(procedures.patient_id),
        }

    def _procedure(self, procedure, facts):
        done = procedure.date_done
        return benefits.Procedure(
            ref=procedure.id,
            code=procedure.code_id.claim_code,
            categories=categories_of(procedure.category_id.key),
            fee=exact(procedure.fee) / procedure.quantity,
            quantity=procedure.quantity,
            date=done or self._visit_day(procedure),
            planned=not done,
            area=self._area(procedure),
            provider=procedure.provider_id.id,
            discount_class=procedure.category_id.key,
            do_not_bill=procedure.keep_from_plan,
            tooth_lost_on=self._lost_on(procedure, facts["lost"]),
            overrides=tuple(facts["overrides"].get(procedure.id, ())),
            received=tuple(facts["received"].get(procedure.id, ())),
            precerts=tuple(facts["precerts"].get(procedure.id, ())),
        )

    def _visit_day(self, procedure):
        """The day for which an open procedure is booked: its benefit year counts."""
        visit = procedure.appointment_id
        if not visit.start or not visit._is_coming():
            return None
        return visit._visit_day()

    @api.model
    def _booked_days(self, procedures):
        """{procedure id: day of its visit}, of those whose visit has a place in the book."""
        days = {one.id: self._visit_day(one) for one in procedures}
        return {ref: day for ref, day in days.items() if day}

    def _received(self, line):
        return benefits.Received(
            line.coverage_id.id,
            paid=exact(line.paid),
            write_off=exact(line.written_off),
            deductible=exact(line.deductible_taken),
        )

    def _precert(self, line):
        precert = line.precert_id
        return benefits.Precert(
            line.coverage_id.id,
            exact(line.plan_amount),
            number=precert.answer_number or precert.number,
            source=benefits.Source(
                "letter", precert.answered_on or None, precert.answer_number or ""
            ),
        )

    def _lost_teeth(self, patients):
        """{(patient id, tooth): since when it is charted as missing}"""
        entries = (
            self.env["dental.chart.entry"]
            .sudo()
            .search(
                [
                    ("patient_id", "in", patients.ids),
                    ("status", "=", "missing"),
                    ("date_to", "=", False),
                ],
                order="date desc",
            )
        )
        return {(entry.patient_id.id, entry.tooth): entry.date for entry in entries}

    def _lost_on(self, procedure, lost):
        """The day on which the first of the procedure's teeth was lost."""
        teeth = [procedure.tooth] if procedure.tooth else []
        teeth += notation.parse_teeth(procedure.tooth_range or "")
        days = [lost.get((procedure.patient_id.id, tooth)) for tooth in teeth]
        return min(filter(None, days), default=None)

    @api.model
    def _area(self, service):
        """Place of a procedure or of a claim's line."""
        tooth, area = service.tooth or "", service.area or ""
        teeth = notation.parse_teeth(service.tooth_range or "")
        first = tooth or next(iter(teeth), "")
        known = bool(first) and not notation.is_supernumerary(first)
        return benefits.Area(
            tooth=tooth,
            text=(service.surfaces or "") or area,
            teeth=frozenset(teeth),
            covers=ARCHES.get(area, frozenset()) if not first else frozenset(),
            arch=notation.arch(first) if first else area,
            quadrant=notation.quadrant(first) if first else area,
            is_region=not first and bool(area),
            classes=frozenset(
                name
                for name in ("second_molar", "molar", "posterior")
                if known and notation.in_class(first, name)
            ),
        )
