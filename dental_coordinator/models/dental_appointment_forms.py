# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..desk import is_due

ALERT = """EXISTS (
    SELECT 1 FROM dental_form_sheet sheet
     WHERE sheet.patient_id = visit.patient_id AND sheet.alert AND sheet.state = 'review')"""


class DentalAppointment(models.Model):
    """Forms that are due at a visit, and answers that somebody should look at before it."""

    _inherit = "dental.appointment"

    form_sheet_ids = fields.One2many(
        "dental.form.sheet", "appointment_id", groups="dental_coordinator.group_staff"
    )

    # Actions

    def action_open_answers(self):
        """Show what this patient answered and nobody has looked at."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dental_coordinator.dental_form_sheet_action"
        )
        found = self.env["dental.form.sheet"].search(self._alert_domain())
        if len(found) == 1:
            action.update(res_id=found.id, views=[(False, "form")])
        return {**action, "domain": [("id", "in", found.ids)], "context": {}}

    # Business

    def _forms_due(self):
        """Forms that are to be asked now, in their order."""
        self.ensure_one()
        forms = self.env["dental.form"].sudo()
        forms = forms.search(
            [("company_id", "=", self.company_id.id), ("question_ids", "!=", False)]
        ).filtered(lambda form: form._is_for(self))
        filled = (
            self.env["dental.form.sheet"]
            .sudo()
            ._read_group(
                [
                    ("patient_id", "=", self.patient_id.id),
                    ("form_id", "in", forms.ids),
                    ("finished_at", "!=", False),
                ],
                ["form_id"],
                ["finished_at:max"],
            )
        )
        last, now = dict(filled), fields.Datetime.now()
        return forms.filtered(lambda form: is_due(last.get(form), form.every_months, now))

    def _has_forms(self):
        """Whether something is left to be filled in at this visit."""
        self.ensure_one()
        sheets = self.sudo().form_sheet_ids
        return not all(sheets.mapped("finished_at")) or bool(self._forms_due() - sheets.form_id)

    def _ask_forms(self, device):
        """Begin the forms that are due, once for each visit.

        :param device: the tablet (`dental.device`) at which they are asked
        """
        self.ensure_one()
        today = self.env["dental.today"].with_company(self.company_id)._day()
        self.env["dental.form.sheet"].sudo().create(
            [
                {
                    "form_id": form.id,
                    "patient_id": self.patient_id.id,
                    "appointment_id": self.id,
                    "device": device.name,
                    "owner_id": (form._owner() or device.paired_by_id).id,
                    "next_date": today,
                    "next_action": self.env._("Look at the answers"),
                }
                for form in self._forms_due() - self.sudo().form_sheet_ids.form_id
            ]
        )

    def _alert_domain(self):
        return [
            ("patient_id", "=", self.patient_id.id),
            ("alert", "=", True),
            ("state", "=", "review"),
        ]

    def _check_answers(self):
        sheets = self.env["dental.form.sheet"]
        if not sheets.has_access("read") or not sheets.search_count(self._alert_domain(), limit=1):
            return []
        return [
            {
                "severity": "warn",
                "reason": self.env._("said yes to a question of health at the tablet."),
                "fix": "action_open_answers",
                "fix_label": self.env._("Answers"),
            }
        ]

    def _checkin_items(self):
        return [*super()._checkin_items(), *self._check_answers()]

    def _check_gate(self, step):
        items = super()._check_gate(step)
        return [*items, *self._check_answers()] if step == "seated" else items


class DentalToday(models.AbstractModel):
    """Answers that wait are counted, and those that matter stand beside the name."""

    _inherit = "dental.today"

    def _asked_lists(self):
        lists = super()._asked_lists()
        if not self.env["dental.form.sheet"].has_access("write"):
            return lists
        waiting = [("state", "=", "review"), ("company_id", "in", self.env.companies.ids)]
        return [
            ("answers", "dental.form.sheet", waiting, self.env._("Answers"), "warning"),
            *lists,
        ]

    def _row_columns(self):
        return {**super()._row_columns(), "answers": SQL(ALERT)}

    def _prepare_row(self, row, flags, seated):
        if row["answers"] and self.env["dental.form.sheet"].has_access("read"):
            flags = [
                *flags,
                {
                    "level": "warn",
                    "text": self.env._("Answers to review"),
                    "detail": self.env._("Said yes to a question of health at the tablet."),
                },
            ]
        return super()._prepare_row(row, flags, seated)
