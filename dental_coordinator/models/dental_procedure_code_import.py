# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..catalogue import read_codes

SHOWN = 200


class DentalProcedureCodeImport(models.Model):
    """A clinic's own list of codes: the file is kept as it came, checked, then taken as a whole."""

    _name = "dental.procedure.code.import"
    _inherit = "dental.numbered.mixin"
    _description = "Import of procedure codes"
    _order = "id desc"

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
    done_at = fields.Datetime(readonly=True, copy=False)

    # CRUD

    def write(self, vals):
        if "file" in vals:
            done = self.filtered(lambda record: record.state == "done")
            if done:
                raise UserError(
                    self.env._(
                        "%(number)s was imported: its file is kept. Start a new import.",
                        number=done[0].number,
                    )
                )
            vals = {**vals, "state": "draft"}
        return super().write(vals)

    # Actions

    def action_check(self):
        """Read the file and say what an import would do; nothing is changed."""
        self.ensure_one()
        listing, values, problems = self._read()
        kinds = [self._kind(code, vals) for code, vals in values]
        self.write(
            {
                "state": "wrong" if problems else "checked",
                "new_count": kinds.count("new"),
                "changed_count": kinds.count("changed"),
                "same_count": kinds.count("same"),
                "problem_count": len(problems),
                "problems": self._problem_text(problems),
                "ignored": ", ".join(listing.ignored),
            }
        )
        return True

    def action_import(self):
        """Take the whole list, or nothing of it.

        :raises UserError: when the file has an error; the first ones are named
        """
        self.ensure_one()
        _listing, values, problems = self._read()
        if problems:
            raise UserError(
                self.env._(
                    "%(number)s: nothing was imported. Correct the file:\n%(problems)s",
                    number=self.number,
                    problems=self._problem_text(problems[:10]),
                )
            )
        for code, vals in values:
            if code and self._kind(code, vals) == "changed":
                code.write(vals)
        self.env["dental.procedure.code"].create([vals for code, vals in values if not code])
        self.write({"state": "done", "done_at": fields.Datetime.now()})
        return True

    # Business

    def _read(self):
        """What the file says.

        :return: listing of the reader, [(existing code or empty, values)], [(line, text)]
        """
        listing = read_codes(b64decode(self.with_context(bin_size=False).file))
        known = self._known()
        problems = [(p.line, f"{p.column} {p.text}".strip()) for p in listing.problems]
        values = []
        for row in listing.rows:
            vals, wrong = self._prepare_code_vals(row, known)
            problems += [(row.line, text) for text in wrong]
            values.append((known["code"].get(row.code.upper(), known["none"]), vals))
        return listing, values, sorted(problems)

    @api.model
    def _known(self):
        """What rows may refer to, by what may be written in the file."""
        codes = self.env["dental.procedure.code"].with_context(active_test=False)
        kinds = self.env["dental.procedure.category"]._read_group([], ["key"], ["id:recordset"])
        recalls = self.env["dental.recall.type"]._read_group([], ["name"], ["id:recordset"])
        return {
            "none": codes,
            "code": {
                word.upper(): code
                for word, code in codes._read_group([], ["code"], ["id:recordset"])
            },
            "category": {word.lower(): kind.id for key, kind in kinds for word in (key, kind.name)},
            "recall_type": {name.lower(): recall.id for name, recall in recalls},
        }

    def _prepare_code_vals(self, row, known):
        """Values of a code from a row of the file, and what is wrong with them."""
        vals, problems = {}, []
        for name, value in row.values.items():
            if name not in ("category", "recall_type"):
                vals[name] = value
                continue
            found = known[name].get(value.lower()) if value else False
            if found is None:
                choice = ", ".join(sorted(known[name])) or self.env._("none is set up")
                problems.append(
                    self.env._(
                        "%(column)s “%(value)s” is not known. Known: %(choice)s.",
                        column=name,
                        value=value,
                        choice=choice,
                    )
                )
            vals[f"{name}_id"] = found
        return vals, problems

    @api.model
    def _kind(self, code, vals):
        """Whether a row brings a new code, changes one, or says what is known."""
        if not code:
            return "new"
        now = code._convert_to_write({name: code[name] for name in vals})
        return "same" if all((now[n] or "") == (vals[n] or "") for n in vals) else "changed"

    @api.model
    def _problem_text(self, problems):
        lines = [
            self.env._("Line %(line)s: %(text)s", line=line, text=text) if line else text
            for line, text in problems[:SHOWN]
        ]
        if len(problems) > SHOWN:
            lines.append(self.env._("and %s more.", len(problems) - SHOWN))
        return "\n".join(lines)
