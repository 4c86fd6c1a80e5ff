# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Presses are only undone on their day; their records are of no use later.
KEPT_FOR = timedelta(days=30)


class DentalOutcomePress(models.Model):
    """What one outcome in a work list did, so that it can be taken back: rows, values, contacts.

    ``changes`` has one item for each row that it changed: {model, id, before, after}, where
    ``after`` are all the values that were looked at and ``before`` those of them there were.
    """

    _name = "dental.outcome.press"
    _description = "Outcome given in a work list"
    _order = "id desc"
    _rec_name = "label"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
        string="Given by",
    )
    work_list = fields.Char(required=True, readonly=True, string="List")
    outcome = fields.Char(required=True, readonly=True)
    label = fields.Char(required=True, readonly=True)
    changes = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    contact_ids = fields.One2many("dental.contact.log", "press_id", string="Contacts")
    undone_at = fields.Datetime(readonly=True, string="Taken back at")

    _last_idx = models.Index("(user_id, work_list, id)")

    # Business

    @api.model
    def _give(self, records, key, label):
        """Give an outcome, and note what it does.

        :return: the answer of the outcome; with {press, said} where there is something to undo
        """
        watched = records._press_watched()
        press = self.sudo().create(
            {"work_list": records._work_list(), "outcome": key, "label": label}
        )
        before = self._snapshot(watched)
        own = records.with_context(dental_press=press.id)
        answer = getattr(own, f"_outcome_{key}")() or {}
        press.changes = self._changes(before, self._snapshot(watched))
        if not press.changes and not press.contact_ids:
            press.unlink()
            return answer
        return {**answer, "press": press.id, "said": press._said(records)}

    @api.model
    def _snapshot(self, watched):
        """{(model, id): {field: plain value}} of pairs (records, names of fields)"""
        return {
            (record._name, record.id): plain_values(record, names)
            for records, names in watched
            for record in records
        }

    @api.model
    def _changes(self, before, after):
        return [
            {"model": model, "id": key, "before": before[model, key], "after": values}
            for (model, key), values in after.items()
            if values != before[model, key]
        ]

    def _said(self, records):
        if len(records) == 1:
            return f"{self.label}: {self._name_of(records)}"
        return self.env._("%(outcome)s: %(count)s rows", outcome=self.label, count=len(records))

    @api.model
    def _last(self, work_list):
        """The last outcome that this user gave in a list today."""
        begin, _end = self.env["dental.today"]._day_span()
        return self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("work_list", "=", work_list),
                ("create_date", ">=", begin),
            ],
            limit=1,
        )

    def _undo(self):
        """Give back what the press changed, row by row; what somebody changed since stays.

        :return: {message, stays: number of rows, ids: {model: rows that are as before}}
        :raises UserError: where it was taken back already, or nothing can be
        """
        self._lock_for_undo()
        stays, kept, given = [], self.env["dental.patient"], defaultdict(list)
        for row, change, locked in self._rows():
            why = self.env._("changed since")
            if locked and plain_values(row, change["after"]) == change["after"]:
                why = self._give_back(row, change["before"])
                if not why:
                    given[row._name].append(row.id)
                    continue
                kept |= self._patient_of(row)
            stays.append(f"{self._name_of(row)}: {why}")
        contacts = self.contact_ids.filtered(lambda each: each.patient_id not in kept)
        if not given and not contacts:
            raise UserError(
                self.env._(
                    "%(outcome)s: nothing can be taken back. %(why)s",
                    outcome=self.label,
                    why="; ".join(stays),
                )
            )
        contacts._take_back()
        self.undone_at = fields.Datetime.now()
        return {"message": self._undone_words(stays), "stays": len(stays), "ids": dict(given)}

    def _lock_for_undo(self):
        """One at a time takes a press back."""
        if not self.try_lock_for_update():
            raise UserError(self.env._("%s is being taken back right now.", self.label))
        self.invalidate_recordset()
        if self.undone_at:
            raise UserError(
                self.env._("%s was taken back already. Nothing else was changed.", self.label)
            )

    def _rows(self):
        """(row as its user has it, change, whether nobody else is changing it right now)"""
        by_model = defaultdict(list)
        for change in self.changes or []:
            by_model[change["model"]].append(change)
        for model, changes in by_model.items():
            rows = self.env(user=self.user_id.id)[model].browse(c["id"] for c in changes).exists()
            locked = rows.sudo().try_lock_for_update(allow_referencing=True)
            locked.invalidate_recordset()
            known = {change["id"]: change for change in changes}
            for row in rows:
                yield row, known[row.id], row.id in locked.ids

    def _give_back(self, row, before):
        """Bring one row back to what it was.

        :return: why it stays, or None
        """
        try:
            with self.env.cr.savepoint():
                row = row.with_context(dental_undone=self.id)
                getattr(row, "_press_restore", row.write)(before)
        except UserError as error:
            return str(error.args[0])
        return None

    @api.model
    def _patient_of(self, row):
        return row.patient_id if "patient_id" in row._fields else row

    @api.model
    def _name_of(self, row):
        return self._patient_of(row).display_name or row.display_name

    def _undone_words(self, stays):
        words = self.env._("Taken back: %s.", self.label)
        if stays:
            words += " " + self.env._("Stays as it is: %s.", "; ".join(stays).rstrip("."))
        return words

    @api.autovacuum
    def _gc_presses(self):
        self.search([("create_date", "<", fields.Datetime.now() - KEPT_FOR)]).unlink()


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    # Business

    def _press_restore(self, vals):
        """May be written to and called again, unless somebody else heard the same."""
        heard = (
            self.env["dental.contact.log"]
            .sudo()
            .search_count(
                [
                    ("patient_id", "=", self.id),
                    ("outcome", "=", "refused"),
                    ("taken_back_at", "=", False),
                    ("press_id", "!=", self.env.context["dental_undone"]),
                ],
                limit=1,
            )
        )
        if heard:
            raise UserError(self.env._("wants no contact, as others heard too"))
        self.sudo().write(vals)


def plain_values(record, names):
    """Values as JSON keeps them and `write` takes them."""
    return {name: _plain(record[name]) for name in names}


def _plain(value):
    if isinstance(value, models.BaseModel):
        return value.id
    return str(value) if isinstance(value, date) else value
