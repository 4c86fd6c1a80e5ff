# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from markupsafe import Markup

from odoo import api, models

ADDRESS = {
    "": "street",
    "street": "street",
    "street2": "street2",
    "city": "city",
    "state": "state_id",
    "zip": "zip",
    "country": "country_id",
}
PERSON = {
    "": "last_name",
    "first": "first_name",
    "last": "last_name",
    "birth": "birth_date",
    "sex": "sex",
}
DENTIST = {
    "": "npi",
    "name": "last_name",
    "first": "first_name",
    "npi": "npi",
    "taxonomy": "taxonomy",
    "license": "license_no",
}
SUBSCRIBER = {
    "": "subscriber_last_name",
    "first": "subscriber_first_name",
    "last": "subscriber_last_name",
    "birth": "subscriber_birth_date",
    "sex": "subscriber_sex",
    "member_id": "member_id",
}
PLAN = {"filing": "filing_code", "group_number": "group_number", "group_name": "group_name"}
PAYER = {"id": "dental_payer_code", "name": "name"}
SERVICE = {
    "date": "date_done",
    "teeth": "tooth",
    "areas": "area",
    "surfaces": "surfaces",
    "prosthesis": "prosthesis",
    "prior_placement": "prior_placement_date",
    "charge": "fee",
    "tax": "invoice_line_id",
    "quantity": "quantity",
}
# What the clinic says of itself to payers stands in its settings.
SETTINGS = {
    "npi": "dental_npi",
    "tax_id": "dental_tax_id",
    "tax_kind": "dental_tax_kind",
    "taxonomy": "dental_taxonomy",
    "contact": "dental_submitter_contact",
}
SETTINGS_URL = "/odoo/dental-settings"
CLAIM = {
    "kind": "kind",
    "accident": "accident_kind",
    "orthodontics": "ortho",
    "accident.date": "accident_date",
    "accident.kinds": "accident_kind",
    "accident.state": "accident_state_id",
    "accident.country": "accident_country_id",
    "orthodontics.months_total": "ortho_months",
    "orthodontics.months_remaining": "ortho_remaining",
    "orthodontics.placed": "ortho_placed",
    "attachments": "enclosure_ids",
    "diagnoses": "diagnoses",
    "referring.npi": "referring_npi",
    "referring": "referring_id",
    "referral": "referral_number",
    "prior_authorization": "prior_authorization",
    "delay_reason": "delay_reason",
    "special_program": "epsdt",
    "patient_paid": "patient_paid",
    "trace_number": "trace_number",
    "rendering": "provider_id",
    "notes": "note",
    "place": "place",
    "number": "number",
    "service_date": "date_service",
    "payer_number": "payer_number",
    "lines": "line_ids",
}
LINE = re.compile(r"lines\[(\d+)\]\.?(.*)")
OTHER = re.compile(r"others\[(\d+)\]\.?(.*)")


class DentalClaimMixin(models.AbstractModel):
    """From a place in the file to the record and the very field behind it."""

    _inherit = "dental.claim.mixin"

    # Business

    def _gap_target(self, path):
        """The field that a place speaks of: {model, res_id, name, url}; the name may be unknown."""
        record, name = self._field_of(re.sub(r"^facts\.", "", path))
        return {
            "model": record._name,
            "res_id": record.id,
            "name": name,
            "url": self._field_url(record, name),
        }

    def _field_of(self, path):
        """(record, name of its field) of a place in the claim."""
        line, other = LINE.match(path), OTHER.match(path)
        if line:
            return self._line_field(self.line_ids[int(line[1])], line[2])
        if other:
            return self._other_field(int(other[1]), other[2])
        head, _dot, rest = path.partition(".")
        finder = getattr(self, f"_{head}_field", None)
        return finder(rest) if finder else (self, self._own_field(path))

    def _own_field(self, path):
        """The document's own field; what stands below it counts for it."""
        while path:
            name = CLAIM.get(re.sub(r"\[\d+\]", "", path))
            if name in self._fields:
                return name
            path = path.rpartition(".")[0]
        return ""

    def _line_field(self, line, rest):
        procedure = line.procedure_id
        if not procedure:
            return self, "line_ids"
        if rest in ("code", "description"):
            return procedure.code_id, "licensed_code" if rest == "code" else "name"
        if rest.startswith("pointers"):
            return self, "diagnoses"
        head, _dot, part = rest.partition(".")
        if head == "rendering":
            return procedure.provider_id, DENTIST.get(part, "")
        last = rest.rpartition(".")[2]
        key = last if last in SERVICE else rest.partition("[")[0].partition(".")[0]
        if key in SERVICE:
            return procedure, SERVICE[key]
        return self, "line_ids"

    def _other_field(self, number, rest):
        """A field behind what is said of another payer of the same services."""
        coverages = self._other_coverages()
        if number >= len(coverages):
            return self, ""
        coverage = coverages[number]
        if rest in PAYER:
            return coverage.plan_id.payer_id, PAYER[rest]
        if rest.startswith("subscriber.") or rest in PLAN or rest == "sequence":
            return self._subscriber_field(rest.removeprefix("subscriber."), coverage)
        if rest == "relation":
            return coverage, "relation"
        if rest in ("assigned", "release"):
            policy = coverage.policy_id
            return policy, "assignment" if rest == "assigned" else "release_on_file"
        earlier = self._earlier() if self._name == "dental.claim" else self.browse()
        claim = earlier.filtered(lambda one: one.coverage_id == coverage)[:1]
        return (claim, "line_ids") if claim else (coverage, "")

    def _billing_field(self, rest):
        company = self.company_id
        person = company.dental_billing_person_id
        if rest.startswith(("address", "pay_to")):
            holder = company.dental_pay_to_id if rest.startswith("pay_to") else company
            return holder or company, self._address_field(rest)
        if person and rest in DENTIST:
            return person, DENTIST[rest]
        return company, SETTINGS.get(rest.partition(".")[0], "name")

    def _payer_field(self, rest):
        if rest.startswith("address"):
            return self.payer_id, self._address_field(rest)
        return self.payer_id, PAYER.get(rest, "dental_payer_code")

    def _patient_field(self, rest):
        if rest == "relation":
            return self.coverage_id, "relation"
        if rest.startswith("address"):
            return self.patient_id, self._address_field(rest)
        return self.patient_id, PERSON.get(rest, "")

    def _rendering_field(self, rest):
        return self._dentist_field(self.provider_id, "provider_id", rest)

    def _dentist_field(self, provider, name, rest):
        """A field of a dentist of the claim; without one, the claim's own."""
        return (provider, DENTIST.get(rest, "")) if provider else (self, name)

    def _subscriber_field(self, rest, coverage=None):
        coverage = coverage or self.coverage_id
        himself = coverage.relation == "self" or coverage.own_member_id
        if rest in PLAN:
            return coverage.plan_id, PLAN[rest]
        if rest in ("sequence", "relation"):
            return coverage, rest
        if rest == "member_id" and coverage.own_member_id:
            return coverage, "own_member_id"
        if rest.startswith("address"):
            holder = self.patient_id if himself else coverage.policy_id.subscriber_id
            return holder, self._address_field(rest)
        if himself and rest in PERSON:
            return self.patient_id, PERSON[rest]
        return coverage.policy_id, SUBSCRIBER.get(rest, "")

    def _benefits_assigned_field(self, _rest):
        return self.coverage_id.policy_id, "assignment"

    def _release_field(self, _rest):
        return self.coverage_id.policy_id, "release_on_file"

    def _employer_field(self, _rest):
        return self.coverage_id.policy_id, "employer"

    def _phone_field(self, _rest):
        return self.company_id, "phone"

    def _last_scaling_field(self, _rest):
        done = self.sudo()._last_scaling()
        return (done, "date_done") if done else (self, "")

    def _missing_teeth_field(self, _rest):
        return self.patient_id, ""

    @api.model
    def _address_field(self, rest):
        return ADDRESS.get(rest.rpartition("address")[2].lstrip("."), "street")

    @api.model
    def _field_url(self, record, name):
        """Where a person changes it; the screen then puts the cursor into the field."""
        url = f"/odoo/{record._name}/{record.id}"
        if record._name == "res.company" and name in SETTINGS.values():
            url = SETTINGS_URL
        return f"{url}?dental_field={name}" if name else url

    @api.model
    def _gap_url(self, gap):
        """The link of a gap; one noted by an earlier version knows no field."""
        return gap.get("url") or f"/odoo/{gap['model']}/{gap['res_id']}"

    def _gap_link(self, gap):
        """The way to the field; the clinic's settings open to administrators only."""
        url = self._gap_url(gap)
        if url.startswith(SETTINGS_URL) and not self.env.user.has_group("base.group_system"):
            return self.env._("For an administrator: Settings, Dental")
        return Markup('<a href="{}" target="_blank">{}</a>').format(url, self.env._("Open"))

    def _gaps_table(self):
        row = Markup(
            '<tr><td>{message}</td><td>{remedy}</td><td class="text-end">{link}</td>'
            '<td class="text-muted text-end">{element}</td></tr>'
        )
        rows = [row.format(**gap, link=self._gap_link(gap)) for gap in self.gaps or ()]
        table = Markup('<table class="table table-sm mb-0"><tbody>{}</tbody></table>')
        return rows and table.format(Markup().join(rows))
