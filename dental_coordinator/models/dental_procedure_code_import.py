# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode

from odoo import api, models

from ..catalogue import read_codes


class DentalProcedureCodeImport(models.Model):
    """A clinic's own list of codes: the file is kept as it came, checked, then taken as a whole."""

    _name = "dental.procedure.code.import"
    _inherit = "dental.import.mixin"
    _description = "Import of procedure codes"
    _order = "id desc"

    # Business

    def _read(self):
        """Rows are (existing code or empty, values)."""
        listing = read_codes(b64decode(self.with_context(bin_size=False).file))
        known = self._known()
        problems = [tuple(problem) for problem in listing.problems]
        rows = []
        for row in listing.rows:
            vals, wrong = self._prepare_code_vals(row, known)
            problems += [(row.line, "", text) for text in wrong]
            rows.append((known["code"].get(row.code.upper(), known["none"]), vals))
        return rows, sorted(problems), listing.ignored

    def _effects(self, rows):
        return [self._kind(code, vals) for code, vals in rows]

    def _take(self, rows):
        for code, vals in rows:
            if code and self._kind(code, vals) == "changed":
                code.write(vals)
        self.env["dental.procedure.code"].create([vals for code, vals in rows if not code])

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
