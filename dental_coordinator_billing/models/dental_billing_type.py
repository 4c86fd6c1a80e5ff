# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models, tools


class DentalBillingType(models.Model):
    """How a patient's account is settled, and what that means for booking."""

    _name = "dental.billing.type"
    _description = "Billing type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    no_booking = fields.Boolean(
        string="Not to be booked", help="Patients of this type are booked only with a reason."
    )
    no_booking_reason = fields.Char(string="Why not", translate=True)

    _name_uniq = models.Constraint("UNIQUE (name)", "There is a billing type of this name already.")
    _no_booking_reasoned = models.Constraint(
        "CHECK (NOT no_booking OR no_booking_reason IS NOT NULL)",
        "Say why patients of this billing type are not to be booked.",
    )


class DentalAppointmentType(models.Model):
    """Kinds of visit that are only for patients who are billed in some way."""

    _inherit = "dental.appointment.type"

    billing_type_ids = fields.Many2many(
        "dental.billing.type",
        string="Only for those billed as",
        help="Others are booked only with a reason. Empty: anybody.",
    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if any("billing_type_ids" in vals for vals in vals_list):
            self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if "billing_type_ids" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    # Business

    @tools.ormcache("self.id")
    def _billed_as(self):
        """Ids of the billing types that this kind is for: asked at each booking, mostly in vain."""
        return self.sudo().billing_type_ids._ids


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    billing_type_id = fields.Many2one(
        "dental.billing.type",
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
        string="Billing type",
    )

    # Business

    def _plan_billing_types(self, day):
        """Billing types of the plans that cover this patient on a day. Insurance answers."""
        return self.env["dental.billing.type"].sudo()

    def _billing_stops(self, kind, day):
        """Why the account of this patient speaks against a visit of this kind: list of texts."""
        own = self.sudo().billing_type_id
        reasons = []
        if own.no_booking:
            why = {"type": own.name, "why": own.no_booking_reason}
            reasons.append(self.env._("Billed as %(type)s: %(why)s", **why))
        wanted = own.browse(kind._billed_as() if kind else ())
        if wanted and own not in wanted and not wanted & self._plan_billing_types(day):
            types = ", ".join(wanted.mapped("name"))
            reasons.append(
                self.env._(
                    "%(kind)s is only for patients billed as %(types)s.",
                    kind=kind.name,
                    types=types,
                )
            )
        return reasons

    def _before_booking_lines(self, kind, place):
        """Said at once; where a place is chosen, the lines of the place say it."""
        lines = super()._before_booking_lines(kind, place)
        if all(place.get(name) for name in ("start", "provider_id", "operatory_id")):
            return lines
        stops = self._billing_stops(kind, fields.Date.context_today(self))
        return [*lines, *({"key": "billing", "level": "stop", "text": text} for text in stops)]


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    def _to_book(self):
        known = super()._to_book()
        return {**known, "patient_id": (*known["patient_id"], "billing_type_id")}

    def _obstacles(self):
        """How the account is settled may speak against a visit."""
        day = fields.Date.context_today(self, self.start)
        stops = self.patient_id._billing_stops(self.type_id, day)
        return [
            *super()._obstacles(),
            *({"severity": "stop", "reason": reason} for reason in stops),
        ]
