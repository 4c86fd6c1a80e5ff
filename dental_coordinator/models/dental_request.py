# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_image import KINDS, XRAYS
from .dental_site_mixin import AREAS

OPEN = ("to_ask", "asked", "received", "reviewed")
CHASE_DAYS = 7


class DentalRequest(models.Model):
    """An x-ray, test, record or clearance that somebody waits for, until the patient knows."""

    _name = "dental.request"
    _inherit = "dental.loop.mixin"
    _description = "Request for x-ray, test or records"
    _order = "next_date, id"
    _patient_links = ("appointment_id",)
    _flow = {
        "to_ask": ("asked", "received", "cancelled"),
        "asked": ("to_ask", "received", "cancelled"),
        "received": ("asked", "reviewed", "cancelled"),
        "reviewed": ("told",),
        "cancelled": ("to_ask",),
    }
    _clinician_fields = frozenset({"reviewed_by_id", "reviewed_at", "finding", "abnormal"})
    _clinician_states = frozenset({"reviewed"})

    state = fields.Selection(
        [
            ("to_ask", "To ask"),
            ("asked", "Asked"),
            ("received", "Received"),
            ("reviewed", "Reviewed"),
            ("told", "Patient told"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="to_ask",
        copy=False,
        index=True,
    )
    kind = fields.Selection(KINDS, required=True, default="periapical")
    area = fields.Selection(AREAS)
    site = fields.Char(compute="_compute_site")
    ordered_by_id = fields.Many2one("dental.provider", string="Ordered by", ondelete="restrict")
    where = fields.Selection(
        [("here", "Here"), ("outside", "From outside")], required=True, default="outside"
    )
    partner_id = fields.Many2one("res.partner", string="From whom", ondelete="restrict")
    release_on = fields.Date(string="Release signed on")
    pregnancy = fields.Selection(
        [("no", "No"), ("possible", "Possible"), ("na", "Does not apply")],
        string="Pregnancy asked",
        help="Asked before every x-ray.",
    )
    last_similar_on = fields.Date(
        compute="_compute_last_similar", string="Last of this kind", help="From the file's images."
    )
    appointment_id = fields.Many2one(
        "dental.appointment", string="Needed for", ondelete="restrict", index=True
    )
    due_on = fields.Date(string="Needed by")
    asked_on = fields.Date(readonly=True, copy=False, string="Asked on")
    chases = fields.Integer(readonly=True, copy=False, string="Times chased")
    received_on = fields.Date(readonly=True, copy=False, string="Received on")
    received_as = fields.Char(
        copy=False, help="When it is no file: prints, a disc, a letter.", string="Received as"
    )
    image_ids = fields.One2many("dental.image", "request_id", string="Files")
    finding = fields.Char(copy=False, help="In a few words, by the clinician.")
    abnormal = fields.Boolean(copy=False)

    _open_idx = models.Index(
        "(next_date) WHERE state IN ('to_ask', 'asked', 'received', 'reviewed')"
    )

    # Computes

    @api.depends("teeth", "area")
    @api.depends_context("uid")
    def _compute_site(self):
        for request in self:
            request.site = request._site_label()

    @api.depends("patient_id", "kind")
    def _compute_last_similar(self):
        groups = self.env["dental.image"]._read_group(
            [("patient_id", "in", self.patient_id.ids), ("kind", "in", self.mapped("kind"))],
            ["patient_id", "kind"],
            ["taken_on:max"],
        )
        latest = {(patient.id, kind): day for patient, kind, day in groups}
        for request in self:
            request.last_similar_on = latest.get((request.patient_id.id, request.kind))

    # Actions

    def action_ask(self):
        """It has been asked for; chase it after a week."""
        for request in self:
            if request.where == "outside" and not request.partner_id:
                raise UserError(
                    self.env._(
                        "%(number)s, From whom: choose who has it before asking.",
                        number=request.number,
                    )
                )
            request._check_pregnancy()
        return self._step("asked", asked_on=fields.Date.context_today(self))

    def action_chase(self):
        """Asked again; wait another week."""
        for request in self:
            request.write({"chases": request.chases + 1, **request._prepare_next("asked")})
        return True

    def action_receive(self):
        """It is here, as a file or on paper: the clinician reviews it."""
        for request in self:
            if not request.image_ids and not request.received_as:
                raise UserError(
                    self.env._(
                        "%(number)s: attach the file, or enter what came instead of a file.",
                        number=request.number,
                    )
                )
        return self._step("received", received_on=fields.Date.context_today(self))

    def action_reject(self):
        """What came cannot be used: ask again."""
        return self._step("asked", chases=0)

    def action_review(self):
        """The clinician has looked at it."""
        self._step("reviewed", **self._review_values())
        self.image_ids.filtered(lambda image: not image.reviewed_at).action_review()
        return True

    def action_tell(self):
        """The patient knows the result."""
        return self._step("told", told_at=fields.Datetime.now())

    def action_cancel(self):
        return self._step("cancelled")

    def action_reopen(self):
        return self._step("to_ask")

    # Business

    def _is_open(self):
        return self.state in OPEN

    def _next_steps(self):
        return {
            "to_ask": (self.env._("Ask for it"), 0),
            "asked": (self.env._("Chase it"), 2 if self.urgency == "urgent" else CHASE_DAYS),
            "received": (self.env._("Review it"), 1),
            "reviewed": (self.env._("Tell the patient"), 0 if self.abnormal else 1),
        }

    def _check_pregnancy(self):
        if self.kind in XRAYS and self.where == "here" and not self.pregnancy:
            raise UserError(
                self.env._(
                    "%(number)s, Pregnancy asked: ask before an x-ray is taken here.",
                    number=self.number,
                )
            )
