# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalReservation(models.Model):
    """One thing that a visit holds for a time. The database keeps two holders apart."""

    _name = "dental.reservation"
    _description = "Reserved time"
    _order = "start, id"
    _rec_name = "kind"
    _log_access = False  # the log of the visit tells who booked, moved and cancelled it

    appointment_id = fields.Many2one(
        "dental.appointment", ondelete="cascade", index="btree_not_null"
    )
    blockout_id = fields.Many2one("dental.blockout", ondelete="cascade", index="btree_not_null")
    kind = fields.Selection(
        [
            ("provider", "Provider"),
            ("operatory", "Chair"),
            ("equipment", "Equipment"),
            ("patient", "Patient"),
        ],
        required=True,
    )
    resource_id = fields.Many2one("resource.resource", ondelete="restrict", index="btree_not_null")
    patient_id = fields.Many2one("dental.patient", ondelete="restrict", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True)
    seat = fields.Integer(help="Place in a room for several patients at once. 0: all of it.")
    start = fields.Datetime(required=True)
    stop = fields.Datetime(required=True)
    blocking = fields.Boolean(default=True)
    reason = fields.Char(help="Why this overlaps with another visit, where it does not block.")

    _span_positive = models.Constraint("CHECK (start < stop)", "A visit ends after it starts.")
    _one_holder = models.Constraint(
        "CHECK ((resource_id IS NULL) <> (patient_id IS NULL))",
        "A reservation holds either a person or chair of the clinic, or the patient.",
    )
    _overlap_reasoned = models.Constraint(
        "CHECK (blocking OR reason IS NOT NULL)", "An allowed overlap says why."
    )
    _resource_free = models.Constraint(
        # A range without bounds meets every other: what has no seat takes the whole resource.
        "EXCLUDE USING gist (resource_id WITH =, tsrange(start, stop) WITH &&,"
        " int4range(NULLIF(seat, 0), NULLIF(seat, 0) + 1) WITH &&) WHERE (blocking)",
        "Someone else just took this time of the dentist or chair. Choose another time.",
    )
    _patient_free = models.Constraint(
        "EXCLUDE USING gist (patient_id WITH =, tsrange(start, stop) WITH &&) WHERE (blocking)",
        "This patient was just booked elsewhere at this time. Choose another time.",
    )
