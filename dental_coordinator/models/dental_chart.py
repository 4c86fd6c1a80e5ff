# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import notation
from .dental_procedure import DONE, OPEN

# Primary teeth come out between six and twelve: from, to which age both sets are shown.
MIXED_AGES = (6, 12)
# What treatment concerns when no surface is named, by category.
PARTS = {"endo": "root", "implant": "root", "oral_surgery": "tooth"}
PROCEDURE_STATUSES = ("planned", "done")


class DentalChart(models.AbstractModel):
    """The tooth chart of a patient as one screen: what is there, planned and done, per tooth."""

    _name = "dental.chart"
    _description = "Tooth chart"

    @api.model
    def _data(self, patient):
        """Everything the chart draws, in the user's notation.

        :return: {notation, dentition: permanent|primary|mixed, may_edit,
            teeth: [{tooth, label, name, arch: upper|lower, primary, right, surfaces}] in the
            order in which they stand on the screen (right: of the patient),
            entries: [{key, model, id, tooth, site, parts, status, text, note, date, date_to,
            provider}] oldest first, findings: [[value, word]]}
        """
        entries = self._entries(patient)
        teeth = self._teeth({entry["tooth"] for entry in entries})
        return {
            "notation": self.env.user.dental_notation,
            "dentition": self._dentition(patient, entries),
            "may_edit": self.env["dental.chart.entry"].has_access("create"),
            "teeth": teeth,
            "entries": entries,
            "findings": self.env["dental.chart.entry"]
            ._fields["finding"]
            ._description_selection(self.env),
            "today": fields.Date.to_string(fields.Date.context_today(self)),
        }

    @api.model
    def _add(self, patient, values):
        """Enter the same on one place or more.

        :param values: {status: existing|watch|missing|unerupted|planned|done,
            text: places as typed in the user's notation (``36 mo; 37``) or
            sites: [{tooth, surfaces}] canonical,
            finding (existing, watch), code_id (planned, done), date, note, provider_id}
        :raises ValidationError, UserError: naming what is missing or does not exist
        """
        sites = values.get("sites") or self._parse(values.get("text"))
        if not sites:
            raise UserError(self.env._("Choose a tooth, or type one, for example 36 mo."))
        if values.get("status") in PROCEDURE_STATUSES:
            model, common = "dental.procedure", self._prepare_procedure_vals(values)
        else:
            model, common = "dental.chart.entry", self._prepare_entry_vals(values)
        return self.env[model].create(
            [
                {
                    **common,
                    "patient_id": patient.id,
                    "tooth": site["tooth"],
                    "surfaces": site.get("surfaces"),
                }
                for site in sites
            ]
        )

    # Business

    def _parse(self, text):
        """Places from what was typed, separated by semicolons."""
        system = self.env.user.dental_notation
        try:
            sites = [
                notation.parse_site(part, system)
                for part in (text or "").split(";")
                if part.strip()
            ]
        except notation.ToothError as error:
            raise ValidationError(str(error)) from error
        return [site._asdict() for site in sites]

    def _prepare_entry_vals(self, values):
        status = values.get("status") or "existing"
        finding = values.get("finding") or False
        return {
            "status": status,
            "finding": finding if status in ("existing", "watch") else False,
            "date": values.get("date") or fields.Date.context_today(self),
            **self._prepare_remarks(values),
        }

    def _prepare_remarks(self, values):
        """What was said beside; what was not is left to its default."""
        return {name: values[name] for name in ("note", "provider_id") if values.get(name)}

    def _prepare_procedure_vals(self, values):
        if not values.get("code_id"):
            raise UserError(
                self.env._("Procedure: choose what is planned or was done on this tooth.")
            )
        day = "date_done" if values["status"] == "done" else "date_planned"
        return {
            "code_id": values["code_id"],
            "state": values["status"],
            day: values.get("date") or fields.Date.context_today(self),
            **self._prepare_remarks(values),
        }

    def _entries(self, patient):
        domain = [("patient_id", "=", patient.id)]
        charted = self.env["dental.chart.entry"].search(domain)
        treated = self.env["dental.procedure"].search(
            [*domain, ("tooth", "!=", False), ("state", "in", (*OPEN, *DONE))]
        )
        entries = [entry._prepare_drawing() for entry in charted]
        entries += [self._prepare_procedure_drawing(procedure) for procedure in treated]
        return sorted(entries, key=lambda entry: (entry["date"], entry["key"]))

    def _prepare_procedure_drawing(self, procedure):
        done = procedure.state in DONE
        date = procedure.date_done if done else procedure.date_planned
        part = PARTS.get(procedure.category_id.key, "crown")
        if procedure.code_id.removes_tooth:
            part = "tooth"
        return {
            "key": f"procedure-{procedure.id}",
            "model": procedure._name,
            "id": procedure.id,
            "tooth": procedure.tooth,
            "site": procedure.site,
            "parts": list(procedure.surfaces or "") or [part],
            "status": "done" if done else "planned",
            "text": procedure.code_id.display_name,
            "note": procedure.note or "",
            "date": fields.Date.to_string(date or procedure.create_date.date()),
            "date_to": False,
            "provider": procedure.provider_id.name or "",
        }

    def _dentition(self, patient, entries):
        """Which set is shown first: by age, both sets when a primary tooth is charted later on."""
        first, last = MIXED_AGES
        if patient.birth_date and patient.age < first:
            return "primary"
        primary = any(notation.is_primary(entry["tooth"]) for entry in entries)
        growing = patient.birth_date and patient.age <= last
        return "mixed" if growing or primary else "permanent"

    def _teeth(self, charted):
        """Every tooth, and charted supernumerary ones beside their neighbours, left to right."""
        system = self.env.user.dental_notation
        rows = []
        for teeth in (notation.PERMANENT, notation.PRIMARY):
            half = len(teeth) // 2
            rows += [*teeth[:half], *reversed(teeth[half:])]
        found = []
        for tooth in rows:
            found += [tooth] + [extra for extra in (f"{tooth}S",) if extra in charted]
        return [self._prepare_tooth(tooth, system) for tooth in found]

    def _prepare_tooth(self, tooth, system):
        surfaces = notation.valid_surfaces(tooth)
        return {
            "tooth": tooth,
            "label": notation.format_tooth(tooth, system),
            "name": notation.label(tooth),
            "arch": "upper" if notation.arch(tooth) == "01" else "lower",
            "primary": notation.is_primary(tooth),
            # The side of the mouth as one faces the patient: it stands on that side of the screen.
            "right": notation.quadrant(tooth) in ("10", "40"),
            "surfaces": surfaces,
        }
