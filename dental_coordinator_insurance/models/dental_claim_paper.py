# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import fields, models

from .. import claim_form, x12

# Fields of records behind the places of a claim, by the last step of the place.
WORDS = {
    "npi": "NPI",
    "tax_id": "tax number",
    "taxonomy": "specialty",
    "member_id": "member id",
    "group_number": "group number",
    "birth": "birth date",
    "charge": "fee",
    "tax": "sales tax of the bill",
    "prosthesis": "crown, bridge, denture",
    "prior_placement": "placed before on",
    "quantity": "quantity",
    "teeth": "tooth",
    "areas": "area",
    "code": "code",
    "date": "date done",
    "service_date": "service date",
}


class DentalClaimMixin(models.AbstractModel):
    """The preview: every value of the file and of the form, and the record it comes from."""

    _inherit = "dental.claim.mixin"

    elements_html = fields.Html(compute="_compute_elements_html", string="What the file says")
    boxes_html = fields.Html(compute="_compute_boxes_html", string="What the form says")

    # Computes

    def _compute_elements_html(self):
        row = Markup(
            '<tr><td class="text-muted">{loop}</td><td class="text-muted">{place}</td>'
            "<td>{label}</td><td>{value}</td><td>{source}</td></tr>"
        )
        for document in self:
            rows = [
                row.format(
                    loop=one.loop,
                    place=one.place,
                    label=one.label,
                    value=one.value,
                    source=document._source_link(one.field),
                )
                for one in x12.elements(document._x12_document())
            ]
            document.elements_html = document._preview_table(rows)

    def _compute_boxes_html(self):
        row = Markup(
            '<tr><td class="text-muted">{number}</td><td>{label}</td>'
            '<td style="white-space: pre-line">{value}</td><td>{source}</td></tr>'
        )
        for document in self:
            boxes, services = document._form()
            every = list(boxes)
            place = next(i for i, box in enumerate(boxes) if box.number == "31a")
            every[place:place] = [box for service in services for box in service.boxes]
            document.boxes_html = document._preview_table(
                [
                    row.format(
                        number=box.number,
                        label=box.label,
                        value=box.value,
                        source=document._source_link(box.source),
                    )
                    for box in every
                    if box.value
                ]
            )

    # Actions

    def action_print_sheet(self):
        """The data in the order of the form's boxes."""
        return self._show_pdf("sheet", lambda one: one._data_sheet())

    def action_print_form(self):
        """The data alone, for the form that the clinic has bought."""
        return self._show_pdf("form", lambda one: one._overlay())

    # Business

    def _preview_table(self, rows):
        return Markup('<table class="table table-sm"><tbody>{}</tbody></table>').format(
            Markup().join(rows)
        )

    def _source_link(self, path):
        """Where a value comes from, as a link to the record and the words for its field."""
        record, words = self._source_of(path)
        return Markup('<a href="{}" target="_blank">{}</a>').format(
            self._gap_target(path)["url"], self._source_text(record, words)
        )

    def _source_of(self, path):
        """(record, words for its field) of a place in the claim, such as ``lines[0].charge``."""
        target = self._gap_target(path)
        record = self.env[target["model"]].browse(target["res_id"])
        last = path.rsplit(".", 1)[-1].split("[")[0]
        return record, WORDS.get(last, last.replace("_", " "))

    def _source_text(self, record, words):
        name = record._description
        label = record.sudo().display_name if record._name != "dental.patient" else record.number
        return f"{name} {label}, {words}"

    def _form(self):
        """(boxes, rows of services) of this document."""
        claim, facts = self._x12_document(), self._form_facts()
        return claim_form.boxes(claim, facts), claim_form.rows(claim, facts)

    def _form_facts(self):
        document = self.sudo()
        policy = document.coverage_id.policy_id
        others = document._other_coverages()[:1]
        return claim_form.Facts(
            other=document._x12_other(others) if others else None,
            employer=policy.employer or "",
            signed_on=policy.release_on_file or None,
            phone=document.company_id.phone or "",
            last_scaling=document._last_scaling().date_done or None,
            descriptions=tuple(line.procedure_id.code_id.name or "" for line in document.line_ids),
        )

    def _last_scaling(self):
        """The last scaling of roots here that the plan may know of; the form asks for its day."""
        return self.env["dental.procedure"].search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("date_done", "!=", False),
                ("keep_from_plan", "=", False),
                ("category_id.key", "=", "perio"),
                ("code_id.area_rule", "=", "quadrant"),
            ],
            order="date_done desc",
            limit=1,
        )

    def _data_sheet(self):
        boxes, services = self._form()
        every = [*boxes, *(box for row in services for box in row.boxes)]
        sources = {box.source: self._source_text(*self._source_of(box.source)) for box in every}
        title = self.env._("%(number)s, data in the order of the form", number=self.number)
        return claim_form.data_sheet(title, boxes, services, sources)

    def _overlay(self):
        company = self.company_id
        boxes, services = self._form()
        right, down = company.dental_form_right, company.dental_form_down
        return claim_form.overlay(boxes, services, right, down)

    def _show_pdf(self, kind, make):
        """Show the documents' pages as one PDF."""
        self.check_access("read")
        self._record_access("print")
        name = self.number.replace("/", "-") if len(self) == 1 else self._description
        contents = [make(document) for document in self]
        return self.env["dental.merged.print"]._open(contents, f"{name}-{kind}")
