# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# At the laboratory, or on the way to it.
AWAY = ("to_send", "sent")
OPEN = (*AWAY, "received", "checked")
ASK_DAYS = 7


class DentalLabCase(models.Model):
    """Work that a laboratory makes for one patient, until it is in his mouth."""

    _name = "dental.lab.case"
    _inherit = "dental.steps.mixin"
    _description = "Laboratory case"
    _order = "due_on, id"
    _patient_links = ("appointment_id", "procedure_ids", "remake_of_id")
    _flow = {
        "to_send": ("sent", "received", "cancelled"),
        "sent": ("to_send", "received", "cancelled"),
        "received": ("sent", "to_send", "checked", "returned"),
        "checked": ("received", "delivered", "returned"),
        "delivered": ("checked", "returned"),
        "cancelled": ("to_send",),
    }

    state = fields.Selection(
        [
            ("to_send", "To send"),
            ("sent", "Sent"),
            ("received", "Received"),
            ("checked", "Checked"),
            ("delivered", "Delivered"),
            ("returned", "Returned"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="to_send",
        copy=False,
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Laboratory", required=True, ondelete="restrict", index=True
    )
    kind_id = fields.Many2one(
        "dental.lab.kind", string="Kind of work", required=True, ondelete="restrict"
    )
    provider_id = fields.Many2one(
        "dental.provider",
        string="Dentist",
        ondelete="restrict",
        compute="_compute_provider",
        store=True,
        readonly=False,
        help="Who orders it, and signs the slip.",
    )
    procedure_ids = fields.Many2many(
        "dental.procedure", string="Procedures", help="What it is made for."
    )
    site = fields.Char(compute="_compute_site")
    shade = fields.Char(help="As in A2, with the guide that it is of.")
    material = fields.Char()
    instructions = fields.Text(help="What the laboratory must know. It is printed on the slip.")
    due_on = fields.Date(
        compute="_compute_due",
        inverse="_inverse_due",
        store=True,
        copy=False,
        index=True,
        string="Due",
        help="By the laboratory's published days, unless it named another day.",
    )
    promised_on = fields.Date(readonly=True, copy=False, string="Day the laboratory named")
    # The way there and back
    sent_on = fields.Date(readonly=True, copy=False, string="Sent on")
    tracking = fields.Char(copy=False, string="Carrier and number")
    received_on = fields.Date(readonly=True, copy=False, string="Received on")
    real_days = fields.Integer(
        readonly=True,
        copy=False,
        string="Days it took",
        help="Working days, from sent to received.",
    )
    checked_on = fields.Date(readonly=True, copy=False, string="Quality checked on")
    checked_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Quality checked by"
    )
    delivered_on = fields.Date(readonly=True, copy=False, string="Delivered on")
    # A remake
    return_reason = fields.Char(copy=False, string="Why it goes back")
    remake_of_id = fields.Many2one(
        "dental.lab.case", readonly=True, copy=False, ondelete="restrict", string="Remake of"
    )
    remake_ids = fields.One2many("dental.lab.case", "remake_of_id", string="Made again as")
    # For information: bills are paid elsewhere
    currency_id = fields.Many2one(related="company_id.currency_id")
    fee = fields.Monetary(copy=False, string="Fee of the laboratory")
    invoice_ref = fields.Char(copy=False, string="Invoice of the laboratory")

    _open_idx = models.Index("(due_on) WHERE state IN ('to_send', 'sent', 'received', 'checked')")
    _remade_once = models.UniqueIndex(
        "(remake_of_id) WHERE remake_of_id IS NOT NULL",
        "This case is being made again already. Refresh the screen.",
    )
    _back_idx = models.Index(
        "(partner_id, kind_id, company_id, received_on) WHERE received_on IS NOT NULL"
    )

    # Computes

    @api.depends("teeth")
    @api.depends_context("uid")
    def _compute_site(self):
        for case in self:
            case.site = case._site_label()

    @api.depends("patient_id")
    def _compute_provider(self):
        for case in self:
            case.provider_id = case.provider_id or case.patient_id.primary_provider_id

    @api.depends("partner_id", "kind_id", "company_id", "sent_on", "promised_on")
    def _compute_due(self):
        for case in self:
            case.due_on = case.promised_on or case._due_by_table()

    def _inverse_due(self):
        for case in self:
            by_table = case.due_on == case._due_by_table()
            case.promised_on = False if by_table else case.due_on

    # Actions

    def action_send(self):
        """It has left for the laboratory."""
        today = fields.Date.context_today(self)
        for case in self:
            case._step("sent", sent_on=today)
            case.next_date = case.due_on or today + timedelta(days=ASK_DAYS)
        return True

    def action_ask(self):
        """The laboratory was asked where it is; ask again when it is due, or the day after next."""
        today = fields.Date.context_today(self)
        for case in self:
            due = case.due_on or today
            case.next_date = due if due > today else today + timedelta(days=2)
        return True

    def action_receive(self):
        """It is here; how long it took counts for what is expected of the laboratory."""
        today = fields.Date.context_today(self)
        for case in self:
            since = case.sent_on or today
            days = case._workdays(since, today).between(since, today)
            case._step("received", received_on=today, real_days=days)
        return True

    def action_check(self):
        """Somebody has looked at it and found it good."""
        today = fields.Date.context_today(self)
        return self._step("checked", checked_on=today, checked_by_id=self.env.uid)

    def action_deliver(self):
        """The patient has it."""
        return self._step("delivered", delivered_on=fields.Date.context_today(self))

    def action_return(self):
        """It is no good: a new case goes to the laboratory, for the same visit if that still comes.

        :return: the action that opens the new case
        """
        remakes = self.browse()
        for case in self:
            if case.state == "returned":
                raise UserError(self.env._("%s is being made again already. Refresh.", case.number))
            if not case.return_reason:
                raise UserError(
                    self.env._(
                        "%(number)s, Why it goes back: say it, so that the laboratory and the "
                        "next reader know.",
                        number=case.number,
                    )
                )
            case._step("returned")
            # Whoever was slower waits here, and finds it returned.
            case.flush_recordset(["state"])
            remakes |= case.copy(case._prepare_remake())
        return remakes.action_open() if len(remakes) == 1 else True

    def action_cancel(self):
        return self._step("cancelled")

    def action_reopen(self):
        return self._step("to_send", sent_on=False)

    def action_back(self):
        """The last step was a mistake: one step back."""
        steps = {
            "sent": ("to_send", ("sent_on",)),
            "received": ("sent", ("received_on", "real_days")),
            "checked": ("received", ("checked_on", "checked_by_id")),
            "delivered": ("checked", ("delivered_on",)),
        }
        for case in self:
            before, stamps = steps.get(case.state, (case.state, ()))
            if case.state == "received" and not case.sent_on:
                before = "to_send"
            case._step(before, **dict.fromkeys(stamps, False))
        return True

    # Business

    def _is_open(self):
        return self.state in OPEN

    def _next_steps(self):
        return {
            "to_send": (self.env._("Send it to the laboratory"), 0),
            "sent": (self.env._("Ask the laboratory"), ASK_DAYS),
            "received": (self.env._("Check its quality"), 0),
            "checked": (self.env._("Deliver it at the visit"), 0),
        }

    def _prepare_next(self, state):
        vals = super()._prepare_next(state)
        if state == "checked" and self.appointment_id:
            visit = self.sudo().appointment_id
            vals["next_date"] = max(vals["next_date"], visit._local_day())
        return vals

    def _prepare_remake(self):
        return {
            "remake_of_id": self.id,
            "appointment_id": self._waits_for_visit() and self.appointment_id.id,
            "instructions": "\n".join(filter(None, [self.return_reason, self.instructions])),
            "owner_id": self.env.uid,
            "next_action": False,
            "next_date": fields.Date.context_today(self),
        }

    def _due_by_table(self):
        """The day by the laboratory's published days from when it was sent, else from today."""
        self.ensure_one()
        company = self.company_id or self.env.company
        row = self.env["dental.lab.turnaround"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("kind_id", "=", self.kind_id.id),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )
        if not row:
            return False
        since = self.sent_on or fields.Date.context_today(self)
        # Twice the days and a month of holidays: enough of the calendar for any answer.
        until = since + timedelta(days=2 * row.days + 30)
        return company._dental_workdays(since, until).after(since, row.days)

    def _workdays(self, first, last):
        company = self.company_id or self.env.company
        return company._dental_workdays(first, last)
