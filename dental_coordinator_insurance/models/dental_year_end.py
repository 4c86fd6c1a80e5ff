# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.dental_coordinator.models.say_moment import say_moment
from odoo.addons.dental_coordinator_billing.reckoning import exact


class DentalYearEnd(models.Model):
    """Money that a patient's plan would still pay this benefit year for treatment he wants."""

    _name = "dental.year.end"
    _inherit = ["dental.patient.mixin", "dental.work.mixin"]
    _description = "Benefits left at the end of the year"
    _order = "state, usable desc, id"

    coverage_id = fields.Many2one(
        "dental.insurance.coverage", required=True, readonly=True, ondelete="cascade", index=True
    )
    plan_id = fields.Many2one(related="coverage_id.plan_id", store=True)
    resets_on = fields.Date(readonly=True, required=True, string="Resets on")
    currency_id = fields.Many2one(related="company_id.currency_id")
    left = fields.Monetary(readonly=True, string="Left of the maximum")
    usable = fields.Monetary(
        readonly=True, string="Plan would pay", help="Of the open treatment, if done by then."
    )
    patient_part = fields.Monetary(readonly=True, string="Patient would pay")
    procedure_count = fields.Integer(readonly=True, string="Procedures")
    called_on = fields.Date(compute="_compute_called_on", string="Last call")
    visit_start = fields.Datetime(compute="_compute_visit_start", string="Next visit")
    free_places = fields.Char(
        compute="_compute_free_places",
        help="The next places in the book before the benefits end, with the same dentist.",
        string="Free places",
    )
    state = fields.Selection(
        [
            ("open", "To call"),
            ("called", "Called"),
            ("booked", "Booked"),
            ("left", "Does not want it"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )

    _once = models.UniqueIndex(
        "(coverage_id, resets_on)", "This cover is on the list of that year already."
    )

    # Computes

    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.patient_id.number}, {one.resets_on}"

    def _compute_called_on(self):
        groups = self.env["dental.contact.log"]._read_group(
            [("patient_id", "in", self.patient_id.ids), ("topic", "=", "treatment")],
            ["patient_id"],
            ["at:max"],
        )
        last = {patient.id: patient.company_id._dental_day(at) for patient, at in groups}
        for one in self:
            one.called_on = last.get(one.patient_id.id, False)

    def _compute_visit_start(self):
        groups = self.env["dental.appointment"]._read_group(
            [
                ("patient_id", "in", self.patient_id.ids),
                ("status", "in", ("held", "scheduled", "confirmed")),
                ("start", ">=", fields.Datetime.now()),
            ],
            ["patient_id"],
            ["start:min"],
        )
        starts = {patient.id: start for patient, start in groups}
        for one in self:
            one.visit_start = starts.get(one.patient_id.id, False)

    @api.depends("state")
    def _compute_free_places(self):
        """The same for all who want the same dentist: the book is searched once for each."""
        procedures = self._unbooked_of(self.patient_id)
        wanted = self.filtered(lambda one: one._is_open() and procedures[one.patient_id])
        (self - wanted).free_places = False
        groups = wanted.grouped(lambda one: procedures[one.patient_id].provider_id[:1])
        for dentist, lines in groups.items():
            places = lines[0]._next_places(dentist)
            for line in lines:
                own = [place for place in places if place.date() < line.resets_on]
                line.free_places = "; ".join(
                    say_moment(self.env, place).replace(" ", "\u00a0") for place in own[:2]
                )

    # Actions

    def action_find_slot(self):
        """Look for a place in the book before the benefits end."""
        self.ensure_one()
        dentist = self._unbooked_of(self.patient_id)[self.patient_id].provider_id[:1]
        return self._finder(dentist, "create").action_search()

    def action_called(self):
        """The patient was told; the contact is kept in his file."""
        for one in self:
            self.env["dental.contact.log"].create(
                {
                    "patient_id": one.patient_id.id,
                    "channel": "phone",
                    "topic": "treatment",
                    "outcome": "reached",
                    "note": self.env._(
                        "Benefits left until %s", format_date(self.env, one.resets_on)
                    ),
                }
            )
        self.write(
            {"state": "called", "next_date": fields.Date.context_today(self) + timedelta(days=7)}
        )
        return True

    def action_booked(self):
        self.state = "booked"
        return True

    def action_leave(self):
        self.state = "left"
        return True

    def action_prepare(self, months=3):
        """Find the patients of this clinic whose benefits end soon and who want treatment."""
        found = self._prepare(months)
        if not found:
            raise UserError(
                self.env._(
                    "Nobody with open treatment has benefits left that end within %s months.",
                    months,
                )
            )
        return True

    # Business

    def _next_places(self, dentist):
        """Starts of the next free places with a dentist, or with anybody."""
        finder = self._finder(dentist, "new")
        return [places[0].start for places in finder._find()] if finder.type_id else []

    def _finder(self, dentist, method):
        kinds = self.env["dental.appointment.type"]
        kind = kinds.search([("new_patient", "=", False)], limit=1) or kinds.search([], limit=1)
        finders = self.env["dental.slot.finder"]
        return getattr(finders, method)(
            {
                "patient_id": self.patient_id.id,
                "type_id": kind.id,
                "provider_id": dentist.id,
                "earliest": fields.Date.context_today(self),
            }
        )

    @api.model
    def _unbooked_of(self, patients):
        """{patient: open procedures without a visit}, also of those who have none"""
        wanted = self._wanted()
        nothing = self.env["dental.procedure"]
        return {
            patient: wanted.get(patient, nothing).filtered(lambda one: not one.appointment_id)
            for patient in patients
        }

    def _is_open(self):
        return self.state in ("open", "called")

    @api.model
    def _prepare(self, months=3):
        """Put on the list, or bring up to date, whoever loses benefits within some months.

        :return: the open lines
        """
        today = fields.Date.context_today(self)
        groups = self._wanted()
        covers = self.env["dental.estimate.engine"]._coverages(
            self.env["dental.patient"].union(*groups)
        )
        left = covers._live(today).filtered(lambda c: c.sequence == 1)._left_of_maximum(today)
        soon = {
            cover: (amount, day)
            for cover, (amount, day) in left.items()
            if amount > 0 and day and day <= today + timedelta(days=31 * months)
        }
        results = self.env["dental.estimate.engine"]._estimate_groups(
            {c: groups[c.patient_id] for c in soon}, today
        )
        known = self.search([("coverage_id", "in", [c.id for c in soon])])
        before = {(one.coverage_id, one.resets_on): one for one in known}
        for cover, (amount, day) in soon.items():
            vals = self._prepare_vals(cover, amount, day, results[cover][0])
            line = before.get((cover, day))
            if not exact(vals["usable"]):
                continue
            if line:
                line.write(vals)
            else:
                known |= self.create({**vals, "coverage_id": cover.id, "resets_on": day})
        return known.filtered(lambda one: one._is_open())

    @api.model
    def _wanted(self):
        """{patient: his open procedures that he has not refused}, in the order of the plan"""
        procedures = self.env["dental.procedure"].search(
            [
                ("state", "in", ("planned", "presented", "accepted", "scheduled")),
                ("company_id", "=", self.env.company.id),
                ("keep_from_plan", "=", False),
            ]
        )
        return {
            patient: own._estimate_order()
            for patient, own in procedures.grouped("patient_id").items()
        }

    @api.model
    def _prepare_vals(self, cover, amount, day, result):
        pays = sum(
            plan.paid for line in result.lines for plan in line.plans if plan.coverage == cover.id
        )
        owner = cover.company_id.dental_insurance_user_id or self.env.user
        return {
            "patient_id": cover.patient_id.id,
            "left": float(amount),
            "usable": float(pays),
            "patient_part": float(result.patient),
            "procedure_count": len(result.lines),
            "owner_id": owner.id,
            "next_action": self.env._("Call before the benefits end"),
        }
