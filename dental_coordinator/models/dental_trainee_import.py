# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode

from odoo import fields, models

from ..students import read_class


class DentalTraineeImport(models.Model):
    """A class from a school's list: kept as it came, checked, then asked for as a whole."""

    _name = "dental.trainee.import"
    _inherit = "dental.import.mixin"
    _description = "Import of a class"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    school_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", domain=[("is_company", "=", True)]
    )
    supervisor_id = fields.Many2one("res.users", ondelete="restrict")

    # Business

    def _read(self):
        """Rows are (person or empty, values of the person, values of the placement or none)."""
        rows, told, ignored = read_class(b64decode(self.with_context(bin_size=False).file))
        problems = [tuple(problem) for problem in told]
        people = self._known_people([row.values["email"] for row in rows])
        placed = self._placed(people)
        found = []
        for row in rows:
            person = people.get(row.values["email"], self.env["res.partner"])
            vals = self._prepare_placement(row.values)
            others = placed.get(person.id, self.env["dental.trainee"]).filtered(
                lambda t, v=vals: t.date_from <= v["date_to"] and t.date_to >= v["date_from"]
            )
            same = others.filtered(
                lambda t, v=vals: all(t[name] == v[name] for name in ("date_from", "date_to"))
            )
            if others and not same:
                problems.append((row.line, "first_day", others[0]._told_placed()))
                continue
            found.append((person, self._prepare_person(row.values), None if same else vals))
        return found, sorted(problems), ignored

    def _effects(self, rows):
        return ["same" if placement is None else "new" for _person, _vals, placement in rows]

    def _take(self, rows):
        new = [row for row in rows if row[2] is not None]
        unknown = [vals for person, vals, _placement in new if not person]
        made = iter(self.env["res.partner"].create(unknown))
        self.env["dental.trainee"].create(
            [
                {**placement, "partner_id": (person or next(made)).id}
                for person, _vals, placement in new
            ]
        )

    def _known_people(self, emails):
        """Contacts by the address of their mail, in small letters."""
        people = self.env["res.partner"].search(
            [
                ("email_normalized", "in", emails),
                ("is_company", "=", False),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            order="id desc",
        )
        return {person.email_normalized: person for person in people}

    def _placed(self, people):
        """Placements of these people that still count, by person."""
        placed = self.env["dental.trainee"]._read_group(
            [
                ("partner_id", "in", [person.id for person in people.values()]),
                ("state", "!=", "refused"),
            ],
            ["partner_id"],
            ["id:recordset"],
        )
        return {person.id: trainees for person, trainees in placed}

    def _prepare_person(self, values):
        return {
            "name": values["name"],
            "email": values["email"],
            "phone": values.get("phone"),
        }

    def _prepare_placement(self, values):
        return {
            "company_id": self.company_id.id,
            "school_id": self.school_id.id,
            "supervisor_id": self.supervisor_id.id,
            "programme": values.get("programme"),
            "kind": values["kind"],
            "date_from": values["first_day"],
            "date_to": values["last_day"],
            "hours_required": values.get("hours", 0),
        }
