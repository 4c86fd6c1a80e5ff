# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import format_date


class DentalReferral(models.Model):
    """What goes with a referral: the letter, the packet, and its place in the register."""

    _inherit = "dental.referral"

    practice_note = fields.Text(related="partner_id.dental_referral_note", string="To know")
    days_to_visit = fields.Float(related="partner_id.dental_days_to_visit")
    days_to_report = fields.Float(related="partner_id.dental_days_to_report")
    seen_before = fields.Integer(related="partner_id.dental_seen_count")
    disclosure_ids = fields.One2many("dental.disclosure", "referral_id", string="Given to them")
    disclosure_count = fields.Integer(compute="_compute_disclosure_count")

    # Computes

    @api.depends("disclosure_ids")
    def _compute_disclosure_count(self):
        for referral in self:
            referral.disclosure_count = len(referral.disclosure_ids)

    # Onchange

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        self.specialty = self.partner_id.dental_specialty or self.specialty

    # Actions

    def action_print_letter(self):
        """The letter that goes with a patient, the thanks to who sent one, or our report."""
        self.ensure_one()
        return self.env.ref("dental_coordinator.report_referral_letter_action").report_action(self)

    def action_packet(self):
        """Put the images chosen here together for the practice."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "dental_coordinator.dental_packet_action"
        )
        return {**action, "context": {"default_referral_id": self.id, **self._packet_defaults()}}

    def action_open_disclosures(self):
        """What was given to this practice about it."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "dental_coordinator.dental_disclosure_action"
        )
        return {**action, "domain": [("referral_id", "=", self.id)]}

    # Business

    def _packet_defaults(self):
        practice = self.partner_id
        chosen = {"default_image_ids": [Command.set(self.image_ids.ids)]} if self.image_ids else {}
        return {
            "default_patient_id": self.patient_id.id,
            "default_purpose": "treatment",
            "default_recipient": practice.name,
            "default_address": practice.email or practice._dental_label().replace("\n", ", "),
            "default_reason": self.number,
            **chosen,
        }

    def _letter(self):
        """What the letter tells; no more than the practice needs to treat this patient.

        :return: {kind: "out", "thanks" or "report"; alerts, images: list of texts}
        """
        self.ensure_one()
        patient = self.patient_id
        images = self.report_image_id if self.direction == "in" else self.image_ids
        kinds = dict(images._fields["kind"]._description_selection(self.env))
        kind = "out"
        if self.direction == "in":
            kind = "report" if self.state in ("treated", "report_sent", "closed") else "thanks"
        return {
            "kind": kind,
            "alerts": [
                ": ".join(filter(None, (alert["text"], alert["detail"])))
                for alert in patient._alerts_by_patient()[patient.id]
            ]
            if kind == "out"
            else [],
            "images": [
                " ".join(filter(None, (one.number, kinds[one.kind], self._day_text(one.taken_on))))
                for one in images
            ],
        }

    def _day_text(self, day):
        return day and format_date(self.env, day)


class DentalDisclosure(models.Model):
    _inherit = "dental.disclosure"

    referral_id = fields.Many2one(
        "dental.referral", readonly=True, ondelete="restrict", index="btree_not_null"
    )
