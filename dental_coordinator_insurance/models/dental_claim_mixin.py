# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import x12

PLACES = [
    ("11", "Office"),
    ("02", "Telehealth, not at home"),
    ("10", "Telehealth at home"),
    ("12", "Home"),
    ("03", "School"),
    ("15", "Mobile unit"),
    ("21", "Hospital, inpatient"),
    ("22", "Hospital, outpatient"),
    ("24", "Surgical centre"),
    ("31", "Skilled nursing facility"),
    ("32", "Nursing facility"),
    ("50", "Health centre"),
    ("71", "Public health clinic"),
]
SEQUENCES = "PSTABCDEFGH"
# Of the United States, though each has a code of its own as a country.
TERRITORIES = ("AS", "GU", "MP", "PR", "VI")
# Who may stand on a claim as the one who treated: others work under a dentist's name.
TREATING = ("dentist", "anaesthetist")
RELATIONS = {"spouse": "01", "child": "19", "other": "G8"}


class DentalClaimMixin(models.AbstractModel):
    """What a claim and a predetermination have in common: whom they tell what about whom."""

    _name = "dental.claim.mixin"
    _inherit = [
        "dental.numbered.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Document to a payer"
    _patient_links = ("coverage_id",)

    currency_id = fields.Many2one(related="company_id.currency_id")
    coverage_id = fields.Many2one(
        "dental.insurance.coverage", required=True, ondelete="restrict", index=True
    )
    plan_id = fields.Many2one(
        related="coverage_id.plan_id", store=True, index=True, precompute=True
    )
    payer_id = fields.Many2one(
        related="coverage_id.plan_id.payer_id", store=True, index=True, precompute=True
    )
    provider_id = fields.Many2one(
        "dental.provider", string="Treating dentist", ondelete="restrict", index=True
    )
    place = fields.Selection(PLACES, required=True, default="11")
    note = fields.Char(string="Remark to the payer", help="Goes to the payer, 80 characters.")
    prior_authorization = fields.Char(string="Authorization number")
    referral_number = fields.Char(string="Referral number")
    payer_number = fields.Char(
        readonly=True, copy=False, index="btree_not_null", string="Payer's number"
    )
    charge = fields.Monetary(compute="_compute_charge", store=True)
    gaps = fields.Json(readonly=True, copy=False)
    gap_count = fields.Integer(compute="_compute_gap_count", store=True, string="Missing")
    gaps_html = fields.Html(compute="_compute_gaps_html", string="What is missing")
    exchange_id = fields.Many2one(
        "dental.exchange",
        string="File",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )

    # Computes

    @api.depends("line_ids.fee")
    def _compute_charge(self):
        for document in self:
            document.charge = sum(document.line_ids.mapped("fee"))

    @api.depends("gaps")
    def _compute_gap_count(self):
        for document in self:
            document.gap_count = len(document.gaps or ())

    @api.depends("gaps")
    def _compute_gaps_html(self):
        for document in self:
            document.gaps_html = document._gaps_table()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(DentalClaimMixin, quiet).create(vals_list).with_env(self.env)

    # Actions

    def action_check(self):
        """Look again for what is missing."""
        self._check_gaps()
        return True

    # Business

    def _check_gaps(self):
        """Note what each of these documents lacks before its payer would take it.

        :return: those that lack nothing
        """
        today = fields.Date.context_today(self)
        complete = self.browse()
        for document in self:
            claim = document._x12_document()
            document.gaps = [
                {
                    "element": f"{gap.loop} {gap.element}",
                    "message": gap.message,
                    "remedy": gap.remedy,
                    **document._gap_target(gap.field),
                }
                for gap in x12.gaps(claim, today)
            ]
            complete |= document if not document.gaps else self.browse()
        return complete

    @api.model
    def _treating_dentist(self, procedures, visit=None):
        """Who treated, as a payer takes it: where a hygienist did all, the patient's dentist."""
        here = visit.provider_id if visit else procedures.provider_id.browse()
        known = procedures.provider_id | here | procedures.patient_id.primary_provider_id
        dentists = known.filtered(lambda one: one.kind in TREATING)
        return dentists[:1] or known[:1]

    # Into an X12 claim

    def _x12_document(self):
        """This document as :class:`x12.Claim`."""
        self.ensure_one()
        document = self.with_context(active_test=False).sudo()
        return x12.Claim(
            **document._x12_kind(),
            number=document.number or "",
            billing=document._x12_billing(document.company_id),
            subscriber=document._x12_subscriber(document.coverage_id),
            payer=document._x12_payer(),
            patient=document._x12_patient(),
            rendering=document._x12_rendering(),
            lines=tuple(document._x12_lines()),
            place=document.place,
            benefits_assigned="Y"
            if document.coverage_id.policy_id.assignment == "dentist"
            else "N",
            release="Y" if document.coverage_id.policy_id.release_on_file else "I",
            missing_teeth=document._x12_missing_teeth(),
            attachments=tuple(
                # What is sent on request only has no number to be put together by.
                x12.Attachment(one.kind, one.how, "" if one.how == "AA" else one.control or "")
                for one in document.enclosure_ids
            ),
            prior_authorization=document.prior_authorization or "",
            referral=document.referral_number or "",
            notes=(document.note,) if document.note else (),
        )

    def _x12_kind(self):
        """Fields of :class:`x12.Claim` that tell a claim from a predetermination."""
        raise NotImplementedError

    def _x12_lines(self):
        return [line._service_line() for line in self.line_ids]

    @api.model
    def _x12_billing(self, company):
        person = company.dental_billing_person_id
        who = {"name": company.name, "npi": company.dental_npi or ""}
        if person:
            who = {
                "name": person.last_name or person.name,
                "first": person.first_name or "",
                "npi": person.npi or "",
                "license": person.license_no or "",
                "organization": False,
            }
        return x12.BillingProvider(
            **who,
            address=self._x12_address(company.partner_id),
            tax_id=company.dental_tax_id or company.vat or "",
            tax_kind=company.dental_tax_kind or "EI",
            taxonomy=company.dental_taxonomy or (person.taxonomy if person else "") or "",
            pay_to=self._x12_pay_to(company),
        )

    @api.model
    def _x12_pay_to(self, company):
        """Where the money goes, None when that is where the clinic is."""
        partner = company.dental_pay_to_id
        if not partner:
            return None
        return x12.PayTo(self._x12_address(partner), not company.dental_billing_person_id)

    @api.model
    def _x12_asking(self, company):
        """Who bills, as the one who asks a payer something (270, 276, 278)."""
        one = self._x12_billing(company)
        return x12.Provider(
            name=one.name, npi=one.npi, first=one.first, organization=one.organization
        )

    def _x12_subscriber(self, coverage):
        policy, plan = coverage.policy_id, coverage.plan_id
        is_self = coverage.relation == "self" or bool(coverage.own_member_id)
        person = self.patient_id if is_self else policy
        return x12.Subscriber(
            last=(self.patient_id.last_name if is_self else policy.subscriber_last_name) or "",
            first=(self.patient_id.first_name if is_self else policy.subscriber_first_name) or "",
            middle=(self.patient_id.middle_name if is_self else "") or "",
            member_id=coverage.member_id or "",
            birth=person["birth_date" if is_self else "subscriber_birth_date"] or None,
            sex=person["sex" if is_self else "subscriber_sex"] or "U",
            address=self._x12_home(self.patient_id.partner_id if is_self else policy.subscriber_id),
            sequence=SEQUENCES[min(coverage.sequence, len(SEQUENCES)) - 1],
            group_number=plan.group_number or "",
            group_name=plan.group_name or "" if not plan.group_number else "",
            filing=plan.filing_code,
        )

    def _x12_payer(self):
        payer = self.payer_id
        return x12.Payer(
            name=payer.name or "",
            id=payer.dental_payer_code or "",
            address=self._x12_address(payer) if payer.street else None,
        )

    def _x12_patient(self):
        """None when the patient is the subscriber, or has a member id of his own."""
        coverage, patient = self.coverage_id, self.patient_id
        if coverage.relation == "self" or coverage.own_member_id:
            return None
        return x12.Patient(
            last=patient.last_name,
            first=patient.first_name,
            middle=patient.middle_name or "",
            relation=RELATIONS[coverage.relation],
            birth=patient.birth_date or None,
            sex=patient.sex or "U",
            address=self._x12_home(patient.partner_id),
        )

    def _x12_rendering(self):
        provider = self.provider_id
        if not provider or provider == self.company_id.dental_billing_person_id:
            return None
        return x12.Provider(
            name=provider.last_name or provider.name,
            first=provider.first_name or "",
            npi=provider.npi or "",
            taxonomy=provider.taxonomy or "",
            license=provider.license_no or "",
        )

    @api.model
    def _x12_home(self, partner):
        """Address of a person, None when nobody has entered one."""
        known = partner.street or partner.city or partner.zip
        return self._x12_address(partner) if known else None

    @api.model
    def _x12_address(self, partner):
        state, country = self._x12_land(partner.state_id, partner.country_id)
        return x12.Address(
            street=partner.street or "",
            street2=partner.street2 or "",
            city=partner.city or "",
            state=state,
            zip=partner.zip or "",
            country=country,
        )

    @api.model
    def _x12_land(self, state, country):
        """(state, country) as files tell them: no country at home, no state elsewhere.

        Two letters of a state are known of the United States and of Canada only.
        """
        code = (country or state.country_id).code or ""
        if code in TERRITORIES:
            return code, ""
        if code in ("", "US"):
            return state.code or "", ""
        return state.code or "" if code == "CA" else "", code
