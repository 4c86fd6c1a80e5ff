# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The public case files, run without a database."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import BaseCase

from ..benefits.cases import check_case, main, run

CASES = Path(__file__).parent / "cases"
PLAN = {
    "ordinal": 1,
    "plan_type": "ppo",
    "benefit_year": "calendar",
    "cob_rule": "not_applicable",
    "allowed": {"D2391": 80},
    "benefits": [{"kind": "coinsurance", "category_or_code": "Restorative", "percent": 80}],
}
SERVICE = {
    "ref": "p1",
    "code": "D2391",
    "category": "Restorative",
    "fee": 100,
    "date": "2024-06-14",
    "tooth": "3",
    "surfaces": "O",
    "status": "treatment_planned",
}


def case(plan=None, service=None, **values):
    expected = [{"procedure": "p1", "plan": 1, "insurance_estimate": 64}]
    return {
        "id": "c",
        "plans": [PLAN | (plan or {})],
        "procedures": [SERVICE | (service or {})],
        "expect": expected,
    } | values


class TestCaseFiles(BaseCase):
    def _check_file(self, name, number):
        with open(CASES / name, encoding="utf-8") as file:
            cases = json.load(file, parse_float=Decimal)
        self.assertEqual(len(cases), number)
        for one in cases:
            with self.subTest(one["id"]):
                remarks = []
                self.assertEqual([str(d) for d in check_case(one, remarks)], [])
                self.assertEqual(remarks, [])

    def test_estimates(self):
        self._check_file("estimates.json", 124)

    def test_estimates_by_logic(self):
        self._check_file("estimates_logic.json", 30)

    def test_components(self):
        self._check_file("components.json", 30)

    def test_rules_reckoned_by_hand(self):
        self._check_file("rules.json", 77)


class TestCaseRunner(BaseCase):
    def _run(self, *cases):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "cases.json"
        path.write_text(json.dumps(cases))
        out = io.StringIO()
        counts = run([path], out)
        return counts, out.getvalue().splitlines(), path

    def test_a_case_that_agrees_prints_only_the_count(self):
        counts, lines, _path = self._run(case())
        self.assertEqual(counts, (1, 1))
        self.assertEqual(lines, ["1 of 1 agree"])

    def test_a_case_that_differs_is_one_line_with_id_expected_got_and_trace(self):
        wrong = case(expect=[{"procedure": "p1", "plan": 1, "insurance_estimate": 60}])
        counts, lines, _path = self._run(wrong, case())
        self.assertEqual(counts, (1, 2))
        self.assertEqual(len(lines), 2)
        self.assertTrue(
            lines[0].startswith("c: p1, plan 1, insurance_estimate: expected 60, got 64 | The fee")
        )
        self.assertIn("The plan covers 80 % of Restorative: 64.00.", lines[0])
        self.assertEqual(lines[-1], "1 of 2 agree")

    def test_exit_status_tells_whether_all_agree(self):
        _counts, _lines, path = self._run(case())
        wrong = path.with_name("wrong.json")
        wrong.write_text(json.dumps([case(expect=[{"procedure": "p1", "patient_portion": 1}])]))
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as usage:
            self.assertEqual(main([str(path)]), 0)
            self.assertEqual(main([str(path), str(wrong)]), 1)
            self.assertEqual(main([]), 2)
        self.assertIn("usage", usage.getvalue())

    def test_an_unknown_field_is_named_and_does_not_hide(self):
        remarks = []
        self.assertEqual(check_case(case({"colour": "blue"}, {"mood": 1}, hat=1), remarks), [])
        self.assertEqual(
            sorted(remarks),
            [
                "field 'hat' is not known and was not used",
                "plan 1: field 'colour' is not known and was not used",
                "procedure p1: field 'mood' is not known and was not used",
            ],
        )

    def test_an_expectation_that_cannot_be_computed_differs(self):
        found = check_case(case(expect=[{"procedure": "p1", "plan": 1, "luck": 7}]))
        self.assertIn("'luck'", str(found[0]))
        self.assertIn("nothing is expected", str(check_case(case(expect=[]))[0]))

    def test_an_unknown_value_is_refused_with_its_place(self):
        for broken, words in (
            (case({"plan_type": "hmo"}), "plan 1: plan_type 'hmo' is none of ppo"),
            (case(service={"date": "soon"}), "procedure p1: date 'soon' is not a date"),
            (case(service={"tooth": "77Z"}), "tooth '77Z' does not exist"),
            (case(service={"fee": "much"}), "procedure p1: fee 'much' is not a number"),
            ({"id": "x", "predicate": "magic", "expect": []}, "predicate 'magic' is not known"),
        ):
            with self.subTest(words):
                self.assertIn(words, str(check_case(broken)[0]))

    def test_neighbours_of_the_format_are_read(self):
        for changed, expected in (
            (case(service={"preauth": {"plan": 1, "amount": 50}}), 50),
            (case(service={"overrides": [{"plan": 1, "percent": 50}]}), 40),
            (case(service={"allowed_override": 60}), 48),
            (case(service={"quantity": 2}), 128),
            (case(service={"do_not_bill": True}), 0),
            (case(history=[_past(service_ref="p1", status="preauth", insurance_estimated=33)]), 33),
            (case({"benefits": [_row(percent=80), _row(percent=50, patient_level=True)]}), 40),
        ):
            changed["expect"][0]["insurance_estimate"] = expected
            remarks = []
            self.assertEqual([str(d) for d in check_case(changed, remarks)], [])
            self.assertEqual(remarks, [])

    def test_an_orthodontic_case_spreads_the_insurance_share(self):
        ortho = {
            "id": "o",
            "predicate": "ortho_case",
            "ortho_case": {"fee": 2000, "insurance": 700},
            "procedures": [
                {"ref": "band", "fee": 500},
                {"ref": "visit", "fee": 333.33},
                {"ref": "last", "fee": 1166.67},
            ],
            "expect": [
                {"procedure": "band", "insurance_estimate": 175},
                {"procedure": "last", "insurance_estimate": 408.33},
            ],
        }
        self.assertEqual(check_case(ortho), [])
        ortho["expect"][1]["insurance_estimate"] = 408
        self.assertEqual(len(check_case(ortho)), 1)


def _row(**values):
    return {"kind": "coinsurance", "category_or_code": "Restorative"} | values


def _past(**values):
    return {"plan": 1, "code": "D2391", "category": "Restorative", "date": "2024-01-02"} | values
