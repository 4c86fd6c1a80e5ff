# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What scenarios of the clinical file share: codes, a small picture, words of a refusal."""

from base64 import b64encode

from .common import DentalCase

# The smallest PNG there is.
PNG = b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
)
CODES = [
    ("T0150", "Examination", "diagnostic", "none", {}),
    ("T0210", "X-rays, whole mouth", "xray", "mouth", {}),
    ("T1110", "Cleaning", "preventive", "none", {}),
    ("T2392", "Filling", "restorative", "surface", {}),
    ("T2740", "Crown", "crowns", "tooth", {"prosthesis": True}),
    ("T3330", "Root canal", "endo", "tooth", {}),
    ("T4341", "Deep cleaning", "perio", "quadrant", {}),
    ("T5110", "Denture", "prostho_removable", "arch", {"prosthesis": True}),
    ("T6010", "Sextant work", "perio", "sextant", {}),
    ("T6240", "Bridge", "prostho_fixed", "range", {}),
    ("T7140", "Extraction", "oral_surgery", "tooth", {"removes_tooth": True}),
]


class ClinicalCase(DentalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cleaning = cls.env.ref("dental_coordinator.recall_type_cleaning")
        cls.codes = cls.env["dental.procedure.code"]
        for code, name, category, rule, more in CODES:
            cls.codes |= cls._new_code(code, name, category, rule, **more)
        cls._code("T1110").recall_type_id = cls.cleaning
        cls.practice = cls.env["res.partner"].create({"name": "Dr. Lee", "is_company": True})

    @classmethod
    def _new_code(cls, code, name, category, rule, **more):
        return cls.env["dental.procedure.code"].create(
            {
                "code": code,
                "name": name,
                "category_id": cls.env.ref(f"dental_coordinator.procedure_category_{category}").id,
                "area_rule": rule,
                **more,
            }
        )

    @classmethod
    def _code(cls, code):
        return cls.codes.filtered(lambda c: c.code == code)

    def _plan(self, code, **vals):
        """A procedure of the patient, planned by the test's user."""
        return self._make("dental.procedure", code_id=self._code(code).id, **vals)

    def _make(self, model, **vals):
        return self.env[model].create({"patient_id": self.patient.id, **vals})

    @property
    def file(self):
        """The patient as the test's user sees it."""
        return self.patient.with_env(self.env)
