# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalVisitWish(models.Model):
    """Somebody asks for a visit from outside. It waits in the inbox; only a person books."""

    _name = "dental.visit.wish"
    _inherit = ["dental.numbered.mixin", "dental.work.mixin", "dental.outcome.mixin"]
    _description = "Asked for a visit"
    _order = "create_date, id"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [
            ("new", "New"),
            ("booked", "Booked"),
            ("answered", "Answered"),
            ("refused", "Not taken on"),
        ],
        required=True,
        default="new",
        index=True,
    )
    patient_id = fields.Many2one(
        "dental.patient", ondelete="restrict", index=True, help="The file, once it is known."
    )
    suggestion_ids = fields.Many2many(
        "dental.patient", compute="_compute_suggestion_ids", string="Files that may be meant"
    )
    asked_by_id = fields.Many2one(
        "res.users", readonly=True, help="Whoever was logged in on the portal.", string="Asked by"
    )
    name = fields.Char(required=True)
    birth_date = fields.Date(string="Birth date")
    phone = fields.Char()
    email = fields.Char()
    is_new = fields.Boolean(string="Says to be new here")
    kind = fields.Selection(
        [
            ("pain", "Pain or an accident"),
            ("checkup", "Check-up or cleaning"),
            ("treatment", "Treatment that was planned"),
            ("other", "Something else"),
        ],
        required=True,
        default="checkup",
    )
    part_of_day = fields.Selection(
        [("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening")],
        string="Part of day",
    )
    days = fields.Char(string="Days that suit")
    payer = fields.Char(string="Insurance, as told", help="To be verified.")
    message = fields.Text()
    appointment_id = fields.Many2one("dental.appointment", readonly=True, ondelete="restrict")
    age_days = fields.Integer(compute="_compute_age_days", string="Waits (days)")

    # Computes

    @api.depends("name", "phone", "birth_date")
    def _compute_suggestion_ids(self):
        for wish in self:
            found = self.env["dental.patient"]
            for text in (wish.phone, wish.name):
                found = found or (text and found.search(found._find_domain(text), limit=5)) or found
            wish.suggestion_ids = found

    @api.depends("create_date")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for wish in self:
            wish.age_days = (now - (wish.create_date or now)).days

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("next_action", self.env._("Call back and book"))
        return super().create(vals_list)

    # Actions

    def action_book(self):
        """Look for a place for the patient; the file is chosen first."""
        self.ensure_one()
        if not self.patient_id:
            raise UserError(
                self.env._(
                    "%s, Patient: choose the file, or make one, before you book.", self.number
                )
            )
        self.write({"state": "booked"})
        return self.patient_id.action_book()

    def action_take_suggestion(self):
        """The one file that fits is the one meant."""
        for wish in self:
            if len(wish.suggestion_ids) != 1:
                raise UserError(
                    self.env._("%s, Patient: several files fit, or none. Choose.", wish.number)
                )
            wish.patient_id = wish.suggestion_ids
        return True

    def action_new_patient(self):
        """Start a file from what was told."""
        self.ensure_one()
        first, _space, last = self.name.strip().rpartition(" ")
        self.patient_id = self.env["dental.patient"].create(
            {
                "first_name": first or last,
                "last_name": last,
                "birth_date": self.birth_date,
                "phone": self.phone,
                "email": self.email,
                "company_id": self.company_id.id,
                "status": "prospective",
            }
        )
        return True

    def action_answer(self):
        return self.write({"state": "answered"})

    def action_refuse(self):
        return self.write({"state": "refused"})

    # Business

    def _is_open(self):
        return self.state == "new"

    @api.model
    def _outcomes(self):
        return [
            ("book", self.env._("Book")),
            *self._contact_outcomes(),
            ("answer", self.env._("Answered, no visit")),
        ]

    def _outcome_book(self):
        if len(self) != 1:
            return {"message": self.env._("Choose one of them to book."), "level": "warning"}
        return {"action": self.action_book()}

    def _outcome_answer(self):
        self._log_contact("reached")
        self.action_answer()

    @api.model
    def _owner_of(self, company):
        """Who answers what comes in: the one named in the settings, else a coordinator."""
        chosen = company.dental_wish_owner_id
        group = self.env.ref("dental_coordinator.group_coordinator")
        everybody = group.sudo().all_user_ids.filtered(lambda user: company in user.company_ids)
        return chosen or everybody[:1]


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_wish_public = fields.Boolean(
        string="Anybody may ask for a visit",
        help="Shows the form at /dental/ask to people without a login.",
    )
    dental_wish_owner_id = fields.Many2one("res.users", string="Answered by")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_wish_public = fields.Boolean(related="company_id.dental_wish_public", readonly=False)
    dental_wish_owner_id = fields.Many2one(
        related="company_id.dental_wish_owner_id", readonly=False
    )
