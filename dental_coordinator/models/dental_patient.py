# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .dental_appointment_status import COMING

MAY_OPEN = """(
    SELECT patient.id FROM dental_patient patient
     WHERE NOT COALESCE(patient.restricted, FALSE)
        OR EXISTS (SELECT 1 FROM dental_patient_care_team_rel team
                    WHERE team.patient_id = patient.id AND team.user_id = %(uid)s)
        OR EXISTS (SELECT 1 FROM dental_access_grant live
                    WHERE live.patient_id = patient.id AND live.user_id = %(uid)s
                      AND live.revoked_at IS NULL
                      AND live.date_from <= %(now)s AND live.until > %(now)s))"""

PORTAL_OWN = """(
    SELECT patient.id FROM dental_patient patient
     WHERE patient.partner_id = %(partner)s
        OR EXISTS (SELECT 1 FROM dental_guardian guardian
                    WHERE guardian.patient_id = patient.id AND guardian.partner_id = %(partner)s
                      AND guardian.date_from <= %(today)s
                      AND (guardian.date_to IS NULL OR guardian.date_to >= %(today)s)))"""

# What the team notes for itself: not for the patient's portal.
STAFF = "dental_coordinator.group_staff"


class DentalPatient(models.Model):
    """A patient's file. What everybody may know is the partner's; all that tells more is here."""

    _name = "dental.patient"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin"]
    _inherits = {"res.partner": "partner_id"}
    _description = "Patient"
    _order = "last_name, first_name, id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)
    status = fields.Selection(
        [
            ("prospective", "Prospective"),
            ("patient", "Patient"),
            ("inactive", "Inactive"),
            ("deceased", "Deceased"),
        ],
        required=True,
        default="patient",
    )
    # Person
    first_name = fields.Char(required=True, string="First name")
    middle_name = fields.Char(string="Middle name")
    last_name = fields.Char(required=True, index=True, string="Last name")
    preferred_name = fields.Char(string="Preferred name")
    pronoun = fields.Char()
    birth_date = fields.Date(string="Birth date")
    age = fields.Integer(compute="_compute_age")
    sex = fields.Selection([("F", "Female"), ("M", "Male"), ("U", "Unknown")], default="U")
    interpreter = fields.Selection(
        [("phone", "By phone"), ("in_person", "In person"), ("sign", "Sign language")]
    )
    # People around
    family_id = fields.Many2one("dental.family", ondelete="restrict", index=True)
    guarantor_id = fields.Many2one(
        "res.partner",
        compute="_compute_guarantor_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        index=True,
        help="Who gets the bills. The patient, unless someone else is named.",
    )
    guardian_ids = fields.One2many("dental.guardian", "patient_id")
    primary_provider_id = fields.Many2one("dental.provider", string="Dentist", ondelete="restrict")
    hygienist_id = fields.Many2one("dental.provider", ondelete="restrict")
    care_team_ids = fields.Many2many(
        "res.users", "dental_patient_care_team_rel", "patient_id", "user_id", string="Care team"
    )
    appointment_ids = fields.One2many("dental.appointment", "patient_id")
    next_appointment_id = fields.Many2one(
        "dental.appointment", compute="_compute_next_appointment_id", string="Next visit"
    )
    grant_ids = fields.One2many("dental.access.grant", "patient_id", groups=STAFF)
    # Contact
    text_ok = fields.Selection([("yes", "Yes"), ("no", "No")], string="Texts allowed")
    email_ok = fields.Selection([("yes", "Yes"), ("no", "No")], string="Mails allowed")
    voicemail_ok = fields.Selection([("yes", "Yes"), ("no", "No")], string="Voicemail allowed")
    contact_channel = fields.Selection(
        [("phone", "Phone"), ("text", "Text"), ("email", "Mail"), ("letter", "Letter")],
        string="Contact channel",
    )
    do_not_contact = fields.Boolean(string="Do not contact")
    arrive_early_minutes = fields.Integer(string="Arrive early minutes")
    how_heard = fields.Char(string="How found us", groups=STAFF)
    # Notes
    medical_note = fields.Char(
        string="Urgent medical note", groups=f"{STAFF},dental_coordinator.group_trainee"
    )
    money_note = fields.Char(string="Urgent money note", groups=STAFF)
    service_note = fields.Char(string="Service note", groups=STAFF)
    # Confidentiality
    restricted = fields.Boolean(
        help="Only the care team opens this file; others say why, for a time, and it is reviewed."
    )
    may_open = fields.Boolean(compute="_compute_may_open", search="_search_may_open")
    portal_own = fields.Boolean(compute="_compute_portal_own", search="_search_portal_own")

    _partner_uniq = models.Constraint("UNIQUE (partner_id)", "This contact already has a file.")
    _number_uniq = models.Constraint("UNIQUE (number)", "This patient number is taken.")
    _restricted_idx = models.Index("(id) WHERE restricted")

    # Computes

    @api.depends("birth_date")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for patient in self:
            born = patient.birth_date
            patient.age = (
                today.year - born.year - ((today.month, today.day) < (born.month, born.day))
                if born
                else 0
            )

    @api.depends("family_id.guarantor_id", "partner_id")
    def _compute_guarantor_id(self):
        for patient in self:
            patient.guarantor_id = (
                patient.guarantor_id or patient.family_id.guarantor_id or patient.partner_id
            )

    def _compute_next_appointment_id(self):
        coming = self.env["dental.appointment"].search(
            [("patient_id", "in", self.ids), ("start", ">=", "now"), ("status", "in", COMING)],
            order="start desc",
        )
        soonest = {visit.patient_id.id: visit for visit in coming}
        for patient in self:
            patient.next_appointment_id = soonest.get(patient.id)

    @api.depends("number", "first_name", "last_name", "preferred_name")
    @api.depends_context("dental_names")
    def _compute_display_name(self):
        named = self.env.context.get("dental_names")
        for patient in self:
            patient.display_name = patient._full_name() if named else patient.number

    @api.depends_context("uid")
    def _compute_may_open(self):
        """Whoever works here opens a file, unless it is restricted: then the database is asked."""
        restricted = self.sudo().filtered("restricted")
        allowed = restricted and restricted.search(
            [("id", "in", restricted.ids), ("may_open", "=", True)]
        )
        closed = restricted - allowed
        for patient in self:
            patient.may_open = bool(patient.id) and patient not in closed

    def _search_may_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        grant = self.env["dental.access.grant"]._fields
        used = (self._fields["restricted"], self._fields["care_team_ids"], *grant.values())
        query = SQL(
            MAY_OPEN,
            uid=self.env.uid,
            now=fields.Datetime.now(),
            to_flush=[field for field in used if field.store],
        )
        return [("id", "in", query)]

    @api.depends_context("uid")
    def _compute_portal_own(self):
        own = self.sudo().search([("id", "in", self.ids), ("portal_own", "=", True)])
        for patient in self:
            patient.portal_own = patient.id in own._ids

    def _search_portal_own(self, operator, value):
        if operator != "in":
            return NotImplemented
        guardian = self.env["dental.guardian"]._fields
        query = SQL(
            PORTAL_OWN,
            partner=self.env.user.partner_id.id,
            today=fields.Date.today(),
            to_flush=[field for field in guardian.values() if field.store],
        )
        return [("id", "in", query)]

    @api.model
    def _search_display_name(self, operator, value):
        if operator != "ilike" or not value:
            return super()._search_display_name(operator, value)
        return self._find_domain(value)

    # Constraints

    @api.constrains("birth_date")
    def _check_birth_date(self):
        for patient in self:
            if patient.birth_date and patient.birth_date > fields.Date.context_today(self):
                raise ValidationError(
                    self.env._(
                        "File %(number)s: the birth date lies in the future. Correct it.",
                        number=patient.number,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("partner_id"):
                vals.setdefault("name", self._partner_name(vals))
        return super(DentalPatient, self.with_context(mail_create_nosubscribe=True)).create(
            vals_list
        )

    def write(self, vals):
        result = super().write(vals)
        if {"first_name", "middle_name", "last_name"} & vals.keys() and "name" not in vals:
            for patient in self:
                patient.name = self._partner_name(
                    {
                        "first_name": patient.first_name,
                        "middle_name": patient.middle_name,
                        "last_name": patient.last_name,
                    }
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(
            self.env._("A patient's file is kept by law. Archive it, or set it to inactive.")
        )

    # Actions

    def action_open_file(self):
        """Open the file of this patient."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dental.patient",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_book(self):
        """Look for a place in the book for this patient."""
        self.ensure_one()
        kind = self.env["dental.appointment.type"].search(
            [("new_patient", "=", not self.appointment_ids)], limit=1
        ) or self.env["dental.appointment.type"].search([], limit=1)
        if not kind:
            raise UserError(
                self.env._("There is no appointment type yet. Add one under Configuration.")
            )
        finder = self.env["dental.slot.finder"].create({"patient_id": self.id, "type_id": kind.id})
        return finder.action_search()

    # Business

    @api.model
    def find(self, text, limit=12):
        """Find files by parts of name, number, phone or birth date (YYYY-MM-DD).

        A restricted file that one may not open shows its number only, so that it can be asked for.

        :return: list of {id, number, name, birth_date, phone, restricted}
        """
        self.check_access("read")
        domain = self._find_domain(text) & Domain("company_id", "in", self.env.companies.ids)
        found = self.sudo().search(domain, limit=limit)
        return [patient.with_env(self.env)._find_row() for patient in found]

    def _find_row(self):
        patient = self.sudo()
        hidden = not self.may_open
        return {
            "id": patient.id,
            "number": patient.number,
            "name": self.env._("Restricted file") if hidden else patient._full_name(),
            "birth_date": not hidden and patient.birth_date,
            "phone": not hidden and patient.phone,
            "restricted": hidden,
        }

    @api.model
    def _find_domain(self, text):
        words = (text or "").replace(",", " ").split()
        return Domain.AND([Domain.OR(self._find_word(word)) for word in words])

    @api.model
    def _find_word(self, word):
        """Domains of which a file meets one for a word of a search. Addons add theirs."""
        domains = [Domain(name, "ilike", word) for name in self._find_fields()]
        digits = re.sub(r"[^0-9]", "", word)
        if len(digits) >= 5 and not re.search(r"[^\W\d]", word):
            domains.append(Domain("partner_id", "in", self._phone_query(digits)))
        with suppress(ValueError):
            domains.append(Domain("birth_date", "=", fields.Date.to_date(word)))
        return domains

    @api.model
    def _phone_query(self, digits):
        """Contacts whose phone has these digits in a row, however it is written."""
        return SQL(
            "(SELECT id FROM res_partner WHERE regexp_replace(phone, '\\D', '', 'g') LIKE %s)",
            f"%{digits}%",
            to_flush=self.env["res.partner"]._fields["phone"],
        )

    @api.model
    def _find_fields(self):
        """Char fields in which each word of a search is looked for."""
        return ["number", "first_name", "last_name", "preferred_name", "phone"]

    def _full_name(self):
        self.ensure_one()
        return self._name_of(self.first_name, self.last_name, self.preferred_name)

    @api.model
    def _name_of(self, first_name, last_name, preferred_name):
        preferred = f' "{preferred_name}"' if preferred_name else ""
        return f"{first_name} {last_name}{preferred}"

    @api.model
    def _partner_name(self, vals):
        parts = (vals.get(key) for key in ("first_name", "middle_name", "last_name"))
        return " ".join(part.strip() for part in parts if part)

    def _access_patients(self):
        return self
