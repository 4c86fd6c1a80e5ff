# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits

KINDS = {
    "percent": "coinsurance",
    "deductible": "deductible",
    "maximum": "maximum",
    "frequency": "frequency",
    "age": "age",
    "waiting": "waiting",
    "exclusion": "exclusion",
    "copay": "copay",
    "fixed": "fixed_benefit",
    "missing_tooth": "missing_tooth",
    "same_day": "same_day",
}
YEARS = {
    "calendar_year": "calendar_year",
    "service_year": "benefit_year",
    "lifetime": "lifetime",
    "rolling_12_months": "last_12_months",
}
# A category's kind, from the widest to the narrowest that it belongs to.
WIDER = {"xray": ("diagnostic", "xray")}


def categories_of(key):
    """Categories of a service as the engine wants them, orthodontics not being general."""
    if key == "ortho":
        return ("ortho",)
    return ("general", *WIDER.get(key, (key,)))


class DentalInsuranceBenefit(models.Model):
    """A rule as the estimate engine takes it."""

    _inherit = "dental.insurance.benefit"

    # Business

    def _engine_rules(self):
        """These rules for the engine.

        :return: (list of benefits.Benefit, list of benefits.Substitution, the rules that the
            engine cannot reckon with, for a person to weigh)
        """
        rows, substitutions, unused = [], [], self.browse()
        for rule in self:
            if rule.kind == "downgrade":
                substitutions += rule._engine_substitutions()
            elif rule.kind in KINDS:
                row = rule._engine_row()
                rows += row
                unused |= self.browse() if row else rule
        return rows, substitutions, unused

    def _unused_texts(self, procedure):
        """What of these rules a person must weigh himself for a procedure."""
        return [rule._unused_text() for rule in self if rule._may_concern(procedure)]

    def _may_concern(self, procedure):
        if self.scope in ("category", "group"):
            return self.category_id == procedure.category_id
        if self.scope == "code":
            return procedure.code_id.claim_code in (self.code_id.claim_code, self.code_from)
        if self.scope == "range":
            code = procedure.code_id.claim_code or ""
            return self.code_from <= code <= (self.code_to or self.code_from)
        return True

    def _engine_row(self):
        scope, period = self._engine_scope(), self._engine_period()
        if scope is None or period is None:
            return []
        row = benefits.Benefit(
            KINDS[self.kind],
            scope,
            level=self.level,
            unlimited=self.unlimited,
            counts_toward_general=self.counts_toward_general,
            patient_level=bool(self.coverage_id),
            area=self.area or "",
            source=self._engine_source(),
            key=self.id,
            **period,
            **self._engine_value(),
        )
        return [row, *self._engine_waiver(scope)]

    def _engine_value(self):
        if self.kind == "percent":
            return {"percent": exact(self.percent)}
        if self.kind in ("deductible", "maximum", "copay", "fixed"):
            return {"amount": None if self.unlimited else exact(self.amount)}
        if self.kind == "same_day":
            return {"other_codes": frozenset(self.code_ids.mapped("claim_code"))}
        if self.kind == "age":
            return {"min_age": self.age_from or None, "max_age": self.age_to or None}
        return {}

    def _engine_waiver(self, scope):
        """A percentage paid without deductible is a deductible of nothing for those services."""
        if self.kind != "percent" or self.deductible_applies != "no":
            return []
        return [
            benefits.Benefit(
                "deductible",
                scope,
                amount=Decimal(0),
                source=self._engine_source(),
                patient_level=bool(self.coverage_id),
                key=self.id,
            )
        ]

    def _engine_period(self):
        """Period and count for the engine; None for those it does not know."""
        if self.kind in ("deductible", "maximum"):
            period = YEARS.get(self.period or "service_year")
            return {"period": period} if period not in (None, "last_12_months") else None
        if self.kind == "waiting":
            period = self.period or "months"
            return (
                {"period": period, "quantity": self.quantity}
                if period in ("months", "years")
                else None
            )
        if self.kind == "frequency":
            return self._engine_frequency()
        return {}

    def _engine_frequency(self):
        count = self.period_count or 1
        if self.period in YEARS and count == 1:
            return {"period": YEARS[self.period], "quantity": self.quantity}
        if self.period in ("months", "years"):
            if self.quantity == 1:
                return {"period": self.period, "quantity": count}
            if (self.period, count) in (("months", 12), ("years", 1)):
                return {"period": "last_12_months", "quantity": self.quantity}
            return {"period": self.period, "quantity": count, "count": self.quantity}
        return None

    def _engine_scope(self):
        """None where the rule names a group whose codes nobody has entered."""
        scope = benefits.Scope
        if self.scope == "category":
            return scope.category(self.category_id.key)
        if self.scope == "code":
            return scope.code(self.code_id.claim_code or self.code_from)
        if self.scope == "range":
            return scope.range(self.code_from, self.code_to or self.code_from)
        if self.scope == "group":
            codes = self.code_ids.mapped("claim_code")
            return scope.group(self.group_label, codes) if codes else None
        return scope.general()

    def _engine_substitutions(self):
        codes = self.code_ids.mapped("claim_code") or [self.code_id.claim_code or self.code_from]
        return [
            benefits.Substitution(
                code,
                self.substitute_code_id.claim_code,
                self.substitute_when or "always",
                self._engine_source(),
            )
            for code in codes
            if code
        ]

    def _engine_source(self):
        return benefits.Source(
            kind=self.source,
            verified_on=self.as_of,
            reference=self.reference or "",
            who=self.representative or "",
            record=self.id,
        )

    def _unused_text(self):
        if self.scope == "group" and not self.code_ids:
            return self.env._(
                "%(subject)s: %(value)s. Which codes that means is not listed; not reckoned with.",
                subject=self.subject,
                value=self.value,
            )
        return self.env._(
            "%(rule)s for %(subject)s (%(value)s) is not reckoned with.",
            rule=self._kind_text(),
            subject=self.subject,
            value=self.value,
        )
