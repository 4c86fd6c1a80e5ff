# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.dental_coordinator import notation
from odoo.addons.dental_coordinator.models.dental_image import XRAYS

from .dental_claim_enclosure import KINDS as ENCLOSURES

# Which files of the patient may serve as which enclosure.
IMAGES = {"RB": XRAYS, "P6": ("perio",), "DA": ("scan",), "OZ": ("photo", "records")}
# X-rays that show a tooth although it is not named on them.
WHOLE = ("series", "pano", "cbct", "bitewing")


class DentalClaimKit(models.Model):
    """What a payer wants to see with a kind of service, and how old it may be."""

    _name = "dental.claim.kit"
    _description = "What goes with a claim"
    _order = "payer_id, category_id, code_id, id"

    payer_id = fields.Many2one(
        "res.partner", domain=[("dental_payer", "=", True)], help="Empty: for every payer."
    )
    category_id = fields.Many2one("dental.procedure.category", ondelete="restrict")
    code_id = fields.Many2one("dental.procedure.code", ondelete="restrict")
    kind = fields.Selection(
        [*ENCLOSURES, ("narrative", "Narrative")], required=True, string="Needs"
    )
    max_age = fields.Integer(
        string="Not older than (days)", help="At the day of the service. 0: of any age."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: of every clinic.")

    _scope = models.Constraint(
        "CHECK (category_id IS NOT NULL OR code_id IS NOT NULL)",
        "Say for which category or which code it is needed.",
    )
    _age = models.Constraint("CHECK (max_age >= 0)", "An age cannot be negative.")

    # Computes

    @api.depends("kind", "category_id", "code_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for kit in self:
            what = kit.code_id.display_name or kit.category_id.display_name
            kit.display_name = f"{what}: {kinds.get(kit.kind, '')}"

    # Business

    def _fits(self, line):
        procedure = line.procedure_id
        return (
            (not self.payer_id or self.payer_id == line.claim_id.payer_id)
            and (not self.code_id or self.code_id == procedure.code_id)
            and (not self.category_id or self.category_id == procedure.category_id)
            and (not self.company_id or self.company_id == line.company_id)
        )


class DentalClaim(models.Model):
    _inherit = "dental.claim"

    # Actions

    def action_pick_enclosures(self):
        """Take what the payer wants from the patient's file, as far as it is fresh enough."""
        for claim in self:
            for line, kit in claim._kit_missing():
                if not claim._kit_has(line, kit):  # what was just taken may show this tooth too
                    claim._pick(line, kit)
        return True

    # Business

    def _kit_missing(self):
        """What the payer wants with these services and the claim does not have.

        :return: list of (claim line, kit rule)
        """
        kits = (
            self.env["dental.claim.kit"]
            .sudo()
            .search([("company_id", "in", [False, *self.company_id.ids])])
        )
        return [
            (line, kit)
            for line in self.line_ids.filtered("procedure_id")
            for kit in kits.filtered(lambda one, line=line: one._fits(line))
            if not self._kit_has(line, kit)
        ]

    def _kit_has(self, line, kit):
        if kit.kind == "narrative":
            return bool(self.note)
        since, teeth = self._fresh_since(line, kit.max_age), line._shown_teeth()
        return any(
            one.kind == kit.kind
            and (not since or (one.taken_on and one.taken_on >= since))
            and (not one.image_id or one.image_id._shows(teeth))
            for one in self.enclosure_ids
        )

    def _fresh_since(self, line, max_age):
        day = line._service_date()
        return day - timedelta(days=max_age) if max_age and day else None

    def _pick(self, line, kit):
        """Enclose the newest fitting file of the patient, if there is one."""
        since = self._fresh_since(line, kit.max_age)
        image = self._fresh_images((kit.kind,), line, since)[:1]
        if image:
            self.env["dental.claim.enclosure"].create(
                {"claim_id": self.id, "kind": kit.kind, "image_id": image.id}
            )

    def _fresh_images(self, kinds, line, since=None):
        """Files of the patient that show this service, newest first."""
        wanted = [kind for one in kinds for kind in IMAGES.get(one, ())]
        domain = [("patient_id", "=", self.patient_id.id), ("kind", "in", wanted)]
        if since:
            domain.append(("taken_on", ">=", since))
        teeth = line._shown_teeth()
        images = self.env["dental.image"].search(domain, order="taken_on desc, id desc")
        return images.filtered(lambda image: not image.kept_back and image._shows(teeth))

    def _kit_texts(self):
        kinds = dict(self.env["dental.claim.kit"]._fields["kind"]._description_selection(self.env))
        texts = []
        for line, kit in self._kit_missing():
            what = kinds[kit.kind]
            if kit.max_age:
                what = self.env._(
                    "%(what)s, at most %(days)s days old", what=what, days=kit.max_age
                )
            texts.append(
                self.env._(
                    "%(payer)s wants with %(code)s: %(what)s",
                    payer=self.payer_id.name,
                    code=line.code,
                    what=what,
                )
            )
        return list(dict.fromkeys(texts))


class DentalClaimLine(models.Model):
    _inherit = "dental.claim.line"

    # Business

    def _shown_teeth(self):
        """Teeth that an x-ray of this service has to show."""
        return {self.tooth} if self.tooth else set(notation.parse_teeth(self.tooth_range or ""))


class DentalImage(models.Model):
    _inherit = "dental.image"

    # Business

    def _shows(self, teeth):
        """Whether it shows one of these teeth, as far as one can tell."""
        if not teeth or self.kind not in XRAYS or self.kind in WHOLE:
            return True
        try:
            return bool(teeth & set(notation.parse_teeth(self.teeth or "")))
        except notation.ToothError:
            return False
