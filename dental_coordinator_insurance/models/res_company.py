# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import x12


class ResCompany(models.Model):
    """Who bills: the numbers that claim files carry of the clinic."""

    _inherit = "res.company"

    dental_npi = fields.Char(string="NPI", help="National provider identifier of the clinic.")
    dental_tax_kind = fields.Selection(
        [("EI", "Employer number"), ("SY", "Social security number")],
        string="Tax number kind",
        default="EI",
        required=True,
    )
    dental_tax_id = fields.Char(
        string="Tax number on claims", help="Nine digits. Empty: the company's tax id."
    )
    dental_taxonomy = fields.Char(
        string="Specialty code", help="Provider taxonomy code of the clinic, ten characters."
    )
    dental_submitter_id = fields.Char(
        string="Our id at the clearinghouse", help="As the receiver of the files gave it."
    )
    dental_receiver_name = fields.Char(string="Receiver of the files")
    dental_receiver_id = fields.Char(string="Receiver's id")
    dental_sender_qualifier = fields.Char(string="Our id's qualifier", default="ZZ", size=2)
    dental_receiver_qualifier = fields.Char(string="Receiver's qualifier", default="ZZ", size=2)
    dental_x12_test = fields.Boolean(
        string="Files are tests", help="The receiver checks them and pays nothing."
    )

    dental_insurance_user_id = fields.Many2one(
        "res.users",
        string="Insurance is followed up by",
        help="Takes the next step of claims made at the desk and of verifications for coming "
        "visits. Empty: whoever closed or booked the visit.",
    )

    dental_ask_days = fields.Integer(
        string="Ask payers by night",
        default=3,
        help="Days before a visit from which its cover is asked after by file (270), where files "
        "have a way to the payer. 0: never.",
    )

    dental_billing_person_id = fields.Many2one(
        "dental.provider",
        string="Bills in person",
        help="A dentist who bills in his own name. Empty: the company bills.",
    )
    dental_pay_to_id = fields.Many2one(
        "res.partner",
        string="Payments go to",
        help="Address to which payers send cheques, such as a PO box. Empty: the clinic's own.",
    )
    dental_submitter_name = fields.Char(
        string="Sender's name", help="Empty: the company. A billing service names itself here."
    )
    dental_submitter_contact = fields.Char(
        string="Whom to ask", help="Person or desk that the receiver of the files may call."
    )
    dental_form_right = fields.Float(
        string="Print further right (inches)", help="For the printed form in this printer."
    )
    dental_form_down = fields.Float(string="Print further down (inches)")
    dental_denial_hints = fields.Boolean(
        string="Tell of earlier denials",
        default=True,
        help="Before a claim goes out, say what this payer denied of the same services before.",
    )
    # How estimates are made
    dental_payer_memory = fields.Boolean(
        string="Learn from payers' answers",
        default=True,
        help="Where no schedule says what a plan allows, the median of its newest answers is used.",
    )
    dental_secondary_write_offs = fields.Boolean(
        string="Second plans write off", help="Where no other plan writes off."
    )
    dental_missing_fee_is_zero = fields.Boolean(
        string="No contracted fee means not covered",
        help="A code that a plan's schedule does not list is allowed at 0.00.",
    )
    dental_blank_fixed_is_zero = fields.Boolean(string="No fixed amount means 0.00")
    dental_excluded_not_billed = fields.Boolean(string="Do not bill what is not covered")
    dental_full_fee_over_max = fields.Boolean(string="Full fee when the maximum is used up")
    dental_full_fee_over_limit = fields.Boolean(string="Full fee over frequency or age")

    # Constraints

    @api.constrains("dental_npi")
    def _check_dental_npi(self):
        for company in self.filtered("dental_npi"):
            if not x12.npi_valid(company.dental_npi):
                raise ValidationError(
                    self.env._(
                        "%(company)s: NPI %(npi)s is wrong, its check digit does not fit. "
                        "Correct the NPI.",
                        company=company.name,
                        npi=company.dental_npi,
                    )
                )
