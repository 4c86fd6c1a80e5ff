# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

SHOWN = 200
NAMED = 10


class DentalImportMixin(models.AbstractModel):
    """A list from a file: kept as it came, checked first, then taken as a whole or not at all.

    A model that imports says how a file is read (`_read`), what each row would do (`_effects`),
    and takes the rows (`_take`).
    """

    _name = "dental.import.mixin"
    _inherit = "dental.numbered.mixin"
    _description = "Import of a list"

    file = fields.Binary(string="CSV file", required=True, attachment=True)
    filename = fields.Char()
    state = fields.Selection(
        [("draft", "To check"), ("wrong", "Has errors"), ("checked", "Checked"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    new_count = fields.Integer(readonly=True, copy=False, string="New")
    changed_count = fields.Integer(readonly=True, copy=False, string="Changed")
    same_count = fields.Integer(readonly=True, copy=False, string="Unchanged")
    problem_count = fields.Integer(readonly=True, copy=False, string="Errors")
    problems = fields.Text(readonly=True, copy=False)
    ignored = fields.Char(readonly=True, copy=False, string="Columns not used")
    done_at = fields.Datetime(readonly=True, copy=False, string="Done at")

    # CRUD

    def write(self, vals):
        if "file" in vals:
            for one in self.filtered(lambda record: record.state == "done"):
                raise UserError(
                    self.env._("%s was imported: its file is kept. Start a new import.", one.number)
                )
            vals = {**vals, "state": "draft"}
        return super().write(vals)

    # Actions

    def action_check(self):
        """Read the file and say what an import would do; nothing else is changed."""
        self.ensure_one()
        self._note_reading(*self._read())
        return True

    def action_import(self):
        """Take the whole list, or nothing of it.

        :raises UserError: when the file has an error; the first ones are named
        """
        self.ensure_one()
        if self.state == "done":
            raise UserError(self.env._("%s was imported before.", self.number))
        rows, problems, _ignored = self._read()
        if problems or not rows:
            raise UserError(
                self.env._(
                    "%(number)s: nothing was imported. Correct the file:\n%(problems)s",
                    number=self.number,
                    problems=self._problem_text(problems[:NAMED]),
                )
            )
        self._take(rows)
        self.write({"state": "done", "done_at": fields.Datetime.now()})
        return True

    # Business

    def _read(self):
        """What the file says.

        :return: (rows without a mistake, [(line, column, text)] of every mistake in the order of
            the file, titles of columns that mean nothing here)
        """
        raise NotImplementedError

    def _effects(self, rows):
        """What each row would do: ``new``, ``changed`` or ``same``."""
        raise NotImplementedError

    def _take(self, rows):
        raise NotImplementedError

    def _note_reading(self, rows, problems, ignored):
        effects = list(self._effects(rows))
        self.write(
            {
                **{f"{name}_count": effects.count(name) for name in ("new", "changed", "same")},
                "state": "wrong" if problems or not rows else "checked",
                "problem_count": len(problems),
                "problems": self._problem_text(problems),
                "ignored": ", ".join(ignored),
            }
        )

    def _problem_text(self, problems):
        lines = [self._problem_line(*problem) for problem in problems[:SHOWN]]
        if len(problems) > SHOWN:
            lines.append(self.env._("and %s more.", len(problems) - SHOWN))
        return "\n".join(lines)

    def _problem_line(self, line, column, text):
        if not line:
            return text
        place = f"{line}, {column}" if column else line
        return self.env._("Line %(place)s: %(text)s", place=place, text=text)
