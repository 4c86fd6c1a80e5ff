# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dental_surgery_preparation import ASLEEP

DISCHARGERS = ("dentist", "anaesthetist")


class DentalSurgery(models.Model):
    """Recovery: readings in time until the score, or the dentist, lets the patient go home."""

    _inherit = "dental.surgery"

    recovery_ids = fields.One2many("dental.surgery.recovery", "surgery_id")
    recovery_scored = fields.Boolean(compute="_compute_recovery")
    recovery_score = fields.Integer(compute="_compute_recovery", string="Last score")
    discharge_limit = fields.Integer(
        related="company_id.dental_discharge_score", string="Home from a score of"
    )
    may_go_home = fields.Boolean(compute="_compute_recovery")
    discharge_reason = fields.Char(
        string="Home below the score because", copy=False, help="The dentist's reason."
    )
    discharged_at = fields.Datetime(string="Discharged at", readonly=True, copy=False)
    discharged_by_id = fields.Many2one(
        "res.users", string="Discharged by", readonly=True, copy=False, ondelete="restrict"
    )

    # Computes

    @api.depends("recovery_ids.score", "recovery_ids.is_scored", "recovery_ids.at")
    def _compute_recovery(self):
        for surgery in self:
            last = surgery.recovery_ids.filtered("is_scored").sorted("at")[-1:]
            surgery.recovery_scored = bool(last)
            surgery.recovery_score = last.score
            surgery.may_go_home = bool(last) and last.score >= surgery.discharge_limit

    # Actions

    def action_discharge(self):
        """The patient goes home: by the score, or below it by a dentist with a reason."""
        self.ensure_one()
        self.check_access("write")
        self._check_clinician({"discharge_reason": True})
        self._check_discharge()
        self.sudo().write(
            {"discharged_at": fields.Datetime.now(), "discharged_by_id": self.env.uid}
        )
        return True

    # Business

    def _check_discharge(self):
        """Refuse to let somebody go home too early.

        :raises UserError: naming what is missing
        :raises AccessError: where only a dentist may
        """
        if self.state not in ("in_progress", "done"):
            raise UserError(self.env._("%s is not under way: nobody is in recovery.", self.number))
        if self.discharged_at:
            raise UserError(
                self.env._(
                    "%(number)s: discharged already by %(who)s. Refresh the screen.",
                    number=self.number,
                    who=self.discharged_by_id.name,
                )
            )
        if not self.aftercare_given:
            raise UserError(
                self.env._(
                    "%s, Instructions for home: give them to patient and escort first.", self.number
                )
            )
        if not self.may_go_home:
            self._check_early_discharge()

    def _check_early_discharge(self):
        score = self.recovery_score if self.recovery_scored else self.env._("not taken")
        if not self._is_discharger():
            raise AccessError(
                self.env._(
                    "%(number)s: the score is %(score)s, %(limit)s is needed. Take it again, or "
                    "ask the dentist.",
                    number=self.number,
                    score=score,
                    limit=self.discharge_limit,
                )
            )
        if not (self.discharge_reason or "").strip():
            raise UserError(
                self.env._(
                    "%(number)s: the score is %(score)s, %(limit)s is needed. Write why the "
                    "patient goes home.",
                    number=self.number,
                    score=score,
                    limit=self.discharge_limit,
                )
            )

    def _is_discharger(self):
        """Whether the user is a dentist or anaesthetist by his own login."""
        return bool(
            self.env["dental.provider"]
            .sudo()
            .search_count([("user_id", "=", self.env.uid), ("kind", "in", DISCHARGERS)], limit=1)
        )

    def _needs_recovery(self):
        return self.anaesthesia in ASLEEP
