# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ..book import local
from .dental_appointment_status import COMING


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Business

    def _dental_label(self):
        """Name and address, a line each."""
        lines = [line for line in self._display_address().splitlines() if line.strip()]
        return "\n".join(lines if lines[:1] == [self.name] else [self.name, *lines])


class ResCompany(models.Model):
    _inherit = "res.company"

    # Business

    def _postal_sender(self):
        """Name, address and telephone of the clinic, a line each."""
        return "\n".join(filter(None, [self.partner_id._dental_label(), self.phone]))


class DentalPatient(models.Model):
    """Mail in the letter box: to whom it may go."""

    _inherit = "dental.patient"

    # Business

    def _to_write_to(self):
        """Those of these patients who may be written to, each once, in their order.

        :raises UserError: where nobody is left, or an address is missing
        """
        wanted = self.filtered(lambda patient: not patient.do_not_contact)
        if not wanted:
            raise UserError(self.env._("Choose patients who may be written to: nobody is left."))
        nowhere = wanted.filtered(lambda patient: not (patient.street and patient.city))
        if nowhere:
            raise UserError(
                self.env._(
                    "No address is entered for %s. Complete the file or leave it out, then print "
                    "again.",
                    ", ".join(nowhere.mapped("number")),
                )
            )
        return wanted

    def _letter_address(self):
        """Whom mail is for and where it goes, a line each; a child's mail is for the parents."""
        self.ensure_one()
        address = self.partner_id._dental_label()
        if self._is_minor(self.env["dental.today"]._day()):
            return self.env._("To the parents of\n%s", address)
        return address

    def _postcards(self):
        """[{from, address: texts, visits: []}] that ask to arrange a visit, one a patient."""
        return [
            {
                "from": patient.company_id._postal_sender(),
                "address": patient._letter_address(),
                "visits": [],
            }
            for patient in self
            if not patient.do_not_contact
        ]


class DentalAppointment(models.Model):
    """Cards by post that say when to come. Anybody may read them: not what for, nor with whom."""

    _inherit = "dental.appointment"

    # Actions

    def action_print_postcards(self):
        """A card for each patient of these visits, with all of them that still come."""
        self.check_access("read")
        coming = self.filtered(lambda visit: visit.status in COMING)
        if not coming:
            raise UserError(
                self.env._("None of these visits is still to come: there is no card to print.")
            )
        coming.patient_id._to_write_to()
        report = self.env.ref("dental_coordinator.report_visit_postcard_action")
        return report.report_action(coming)

    # Business

    def _postcards(self):
        """[{from, address: texts, visits: [{day, from}]}], one a patient."""
        zone = self.env["dental.today"]._zone()
        coming = self.filtered(lambda visit: visit.status in COMING).sorted("start")
        return [
            {
                "from": visits.company_id[:1]._postal_sender(),
                "address": patient._letter_address(),
                "visits": [
                    {
                        "day": local.day_of(visit.start, zone),
                        "from": self._clock(visit.start, zone),
                    }
                    for visit in visits
                ],
            }
            for patient, visits in coming.grouped("patient_id").items()
            if not patient.do_not_contact
        ]


class DentalRecall(models.Model):
    """Cards by post that ask to arrange the next visit, and say nothing else."""

    _inherit = "dental.recall"

    # Actions

    def action_print_postcards(self):
        """A card for each patient of these recalls."""
        self.check_access("read")
        self.patient_id._to_write_to()
        report = self.env.ref("dental_coordinator.report_recall_postcard_action")
        return report.report_action(self)

    # Business

    def _postcards(self):
        return self.patient_id._postcards()


class DentalPatientDue(models.Model):
    """The same cards for who has open treatment: that it is treatment they do not say."""

    _inherit = "dental.patient.due"

    # Actions

    def action_print_postcards(self):
        """A card for each of these patients."""
        self.check_access("read")
        self.patient_id._to_write_to()
        report = self.env.ref("dental_coordinator.report_due_postcard_action")
        return report.report_action(self)

    # Business

    def _postcards(self):
        return self.patient_id._postcards()
