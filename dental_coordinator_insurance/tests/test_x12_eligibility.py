# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers about coverage, row by row and as benefit facts."""

from collections import Counter
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import facts, read_271
from .x12 import answers
from .x12.files import sample, wrap

ALLIANCE = "DG ALLIANCE SELECT, DG ELITE, DG CONNECT"
PLUS = "DG PLUS, NON CONTRACTED"


def answer_of(raw):
    (answer,) = read_271(raw)
    return answer


def said(*rows, **values):
    """Facts of an answer with these segments."""
    return facts(answer_of(answers.eligibility(rows)), **values)


def brief(fact, *fields):
    return tuple(getattr(fact, name) for name in fields)


class TestAnswer(BaseCase):
    def test_person_and_numbers(self):
        answer = answer_of(answers.eligibility(["EB*1**35"], trace="T-9", group_number="G-1"))
        self.assertEqual((answer.trace, answer.group_number), ("T-9", "G-1"))
        self.assertEqual((answer.person.text, answer.person.id), ("LUND, ANNA", "M100"))
        self.assertEqual((answer.birth, answer.sex), (date(1984, 7, 4), "F"))
        self.assertEqual((answer.payer.id, answer.provider.role), ("HARB1", "1P"))

    def test_active_is_unknown_until_it_is_said(self):
        for rows, expected in (
            (["EB*1**35"], True),
            (["EB*6**35"], False),
            (["EB*V**35"], None),
            ([], None),
        ):
            self.assertIs(answer_of(answers.eligibility(rows)).active, expected)

    def test_row(self):
        rows = [
            "EB*F*IND*35^41*DP*NET*23*100.5*.2*VS*2*Y*N*AD:D1110:GT",
            "HSD*VS*1***34*6",
            "REF*18*PLAN",
            "DTP*304*D8*20260101",
            "DTP*193*RD8*20260101-20261231",
            "MSG*one",
            "LS*2120",
            "NM1*PR*2*OTHER PLAN",
            "LE*2120",
        ]
        (row,) = answer_of(answers.eligibility(rows)).rows
        self.assertEqual((row.number, row.level, row.service_types), (1, "IND", ("35", "41")))
        self.assertEqual((row.amount, row.share), (Decimal("100.5"), Decimal("0.2")))
        self.assertEqual((row.quantity_qualifier, row.quantity), ("VS", 2))
        self.assertEqual((row.authorization, row.in_network), (True, False))
        self.assertEqual((row.procedure_code, row.modifiers), ("D1110", ("GT",)))
        self.assertEqual(
            [(f.quantity, f.period, f.period_count) for f in row.frequencies], [(1, "34", 6)]
        )
        self.assertEqual([one.end for one in row.dates], [None, date(2026, 12, 31)])
        self.assertEqual((row.messages, row.refs), (("one",), (("18", "PLAN"),)))
        self.assertEqual([name.last for name in row.entities], ["OTHER PLAN"])

    def test_not_said_is_not_no(self):
        (row,) = answer_of(answers.eligibility(["EB*A*******U**U*U"])).rows
        self.assertEqual((row.authorization, row.in_network, row.amount), (None, None, None))

    def test_rejection(self):
        answer = answer_of(answers.eligibility([], rejection="75"))
        (one,) = answer.rejections
        self.assertEqual(
            (one.level, one.text), ("subscriber", "The payer does not know the subscriber")
        )
        self.assertEqual(one.action_text, "Correct and send again")
        self.assertEqual((answer.rows, answer.active), ((), None))

    def test_dependents_are_answered_one_by_one(self):
        body = """BHT*0022*11*R*20260302*0915
            HL*1**20*1
            NM1*PR*2*HARBOR
            HL*2*1*21*1
            NM1*1P*2*BRIDGE
            HL*3*2*22*1
            NM1*IL*1*LUND*ANNA****MI*M100
            REF*6P*G-7
            HL*4*3*23*0
            TRN*2*T1
            NM1*03*1*LUND*KAI
            DMG*D8*20150506*M
            INS*N*19
            EB*1**35
            HL*5*3*23*0
            TRN*2*T2
            NM1*03*1*LUND*MIA
            EB*6**35
            HL*6*2*22*0
            NM1*IL*1*ROY*PETER****MI*M200
            EB*1**35"""
        found = read_271(wrap(body, code="271", version="005010X279A1"))
        self.assertEqual(
            [(a.person.first, a.subscriber.id, a.group_number, a.trace, a.active) for a in found],
            [
                ("KAI", "M100", "G-7", "T1", True),
                ("MIA", "M100", "G-7", "T2", False),
                ("PETER", "M200", "", "", True),
            ],
        )
        self.assertEqual([a.relation for a in found], ["19", "", ""])
        self.assertEqual([a.birth for a in found], [date(2015, 5, 6), None, None])

    def test_amounts_and_dates_that_are_none_are_found(self):
        reading = read_271(answers.eligibility(["EB*C*IND*35***23*fifty", "DTP*348*D8*20261340"]))
        self.assertEqual([f.code for f in reading.findings], ["date", "amount"])
        self.assertIsNone(reading.items[0].rows[0].amount)


class TestFacts(BaseCase):
    def test_plan_pays_what_the_patient_does_not(self):
        (fact,) = said("EB*A*IND*36*****.4****Y")
        self.assertEqual(
            brief(fact, "kind", "category", "percent", "in_network", "row"),
            ("percent", "crowns", 60, True, 1),
        )
        self.assertEqual(said("EB*A**36*****40")[0].percent, 60)

    def test_share_may_be_the_plan_s(self):
        (fact,) = said("EB*A**36*****.4", share_is_plan=True)
        self.assertEqual(fact.percent, 40)

    def test_total_and_rest_are_one_fact(self):
        (fact,) = said("EB*F*IND*35***23*2000", "EB*F*IND*35***29*1598")
        self.assertEqual(
            brief(fact, "kind", "level", "amount", "remaining", "used", "period", "remaining_row"),
            ("maximum", "individual", 2000, 1598, 402, "calendar_year", 2),
        )

    def test_rest_of_another_network_level_or_class_is_not_taken(self):
        for other in (
            "EB*F*FAM*35***29*1",
            "EB*F*IND*35**OTHER*29*1",
            "EB*F*IND*35***29*1*****Y",
            "EB*F*IND*38***29*1",
            "EB*C*IND*35***29*1",
        ):
            total, rest = said("EB*F*IND*35***23*2000", other)
            self.assertIsNone(total.remaining, other)
            self.assertEqual((rest.amount, rest.remaining, rest.used), (None, 1, None))

    def test_rest_of_a_lifetime_belongs_to_the_lifetime(self):
        found = said(
            "EB*F*IND*38***23*500",
            "EB*F*IND*38***32*1500",
            "EB*F*IND*38***33*900",
            "EB*F*IND*38***29*450",
        )
        rows = [brief(fact, "period", "amount", "remaining") for fact in found]
        self.assertEqual(rows, [("calendar_year", 500, 450), ("lifetime", 1500, 900)])

    def test_year_to_date_is_what_is_used(self):
        (fact,) = said("EB*C*IND*35***23*50", "EB*C*IND*35***24*20")
        self.assertEqual(brief(fact, "kind", "remaining", "used"), ("deductible", 30, 20))

    def test_deductible_without_an_amount_is_unknown(self):
        self.assertEqual(said("EB*C*IND*35***22"), ())

    def test_zero_is_zero(self):
        (fact,) = said("EB*C*IND*35***23*0")
        self.assertEqual(fact.amount, 0)

    def test_frequencies(self):
        for segment, expected in (
            ("HSD*VS*2***23*1", (2, "visits", "calendar_year", 1)),
            ("HSD*VS*1***34*6", (1, "visits", "months", 6)),
            ("HSD*VS*1***21*5", (1, "visits", "years", 5)),
            ("HSD*FL*999***21*5", (999, "units", "years", 5)),
            ("HSD*VS*1***32", (1, "visits", "lifetime", None)),
        ):
            (fact,) = said("EB*F**41", segment)
            self.assertEqual(brief(fact, "quantity", "unit", "period", "period_count"), expected)

    def test_count_in_the_row_itself(self):
        (fact,) = said("EB*F**41***23***VS*2")
        self.assertEqual(
            brief(fact, "kind", "quantity", "period"), ("frequency", 2, "calendar_year")
        )

    def test_several_limits_take_their_remarks_in_order(self):
        rows = ("EB*F**39", "HSD*VS*1***21*5", "HSD*VS*1***21*7", "MSG*CROWNS", "MSG*DENTURES")
        self.assertEqual([f.text for f in said(*rows)], ["CROWNS", "DENTURES"])

    def test_last_done(self):
        rows = ("EB*F**41", "HSD*VS*1***34*6", "DTP*304*D8*{}")
        for day, expected in (("20251027", date(2025, 10, 27)), ("99990101", None)):
            (fact,) = said(*(row.format(day) for row in rows))
            self.assertEqual(fact.date, expected)
        (fact,) = said("EB*F**41", "DTP*304*D8*20251027")
        self.assertEqual(brief(fact, "kind", "date"), ("history", date(2025, 10, 27)))

    def test_ages(self):
        for qualifier, bound in (("S7", "upper"), ("S8", "lower")):
            (fact,) = said(f"EB*F**41******{qualifier}*14")
            self.assertEqual(brief(fact, "kind", "quantity", "bound"), ("age", 14, bound))

    def test_benefit_that_begins_later_is_waited_for(self):
        (percent, waiting) = said("EB*A**36*****.5", "DTP*348*D8*20260701")
        self.assertEqual(
            (percent.kind, waiting.kind, waiting.date), ("percent", "waiting", date(2026, 7, 1))
        )
        self.assertEqual(len(said("EB*A**36*****.5", "DTP*348*D8*20250701")), 1)

    def test_benefit_class_narrows_a_broad_type_and_is_only_suggested(self):
        (fact,) = said(
            "EB*A**30*****0", "MSG*BENEFITCLASS=BITEWING X-RAYS", "MSG*DEDUCTIBLE WAIVED"
        )
        self.assertEqual(
            brief(fact, "category", "suggested", "benefit_class", "deductible_applies", "text"),
            ("", "xray", "BITEWING X-RAYS", False, ""),
        )
        (fact,) = said("EB*A**39*****0", "MSG*BENEFITCLASS=REPAIR", "MSG*DEDUCTIBLE APPLIES")
        self.assertEqual(
            brief(fact, "category", "suggested", "deductible_applies"), ("prostho", "", True)
        )

    def test_other_wording_is_kept_and_not_understood(self):
        (fact,) = said("EB*A**36*****.5", "MSG*NO DEDUCTIBLE. 12 MONTHS WAITING PERIOD")
        self.assertEqual(
            brief(fact, "deductible_applies", "text"),
            (None, "NO DEDUCTIBLE. 12 MONTHS WAITING PERIOD"),
        )

    def test_one_row_for_several_types(self):
        found = said("EB*A**23^41^4*****.2")
        self.assertEqual([f.category for f in found], ["diagnostic", "preventive", "xray"])
        self.assertEqual({f.row for f in found}, {1})

    def test_exclusion_needs_something_to_exclude(self):
        self.assertEqual([f.kind for f in said("EB*I**38")], ["exclusion"])
        self.assertEqual([f.kind for f in said("EB*E", "MSG*COSMETIC WORK")], ["note"])
        self.assertEqual(said("EB*E"), ())

    def test_silence_gives_no_fact(self):
        self.assertEqual(said(), ())
        self.assertEqual(said("EB*A**36"), ())


class TestPublishedAnswers(BaseCase):
    def test_subscriber_and_dependent(self):
        subscriber = answer_of(sample("271/generic-response-subscriber.edi"))
        dependent = answer_of(sample("271/generic-response-dependent.edi"))
        self.assertEqual((subscriber.person.first, subscriber.relation), ("JOHN", ""))
        self.assertEqual((dependent.person.first, dependent.relation), ("MARY", "19"))
        self.assertEqual(dependent.birth, date(1998, 10, 14))
        for answer in (subscriber, dependent):
            self.assertEqual(len(answer.rows[2].service_types), 10)
            self.assertEqual([name.last for name in answer.rows[4].entities], ["JONES"])
            copays = [f for f in facts(answer) if f.kind == "copay" and f.category == "general"]
            self.assertEqual(
                [brief(f, "in_network", "amount", "period") for f in copays],
                [(True, 10, "visit"), (False, 30, "visit")],
            )

    def test_rejected_provider(self):
        answer = answer_of(sample("271/error-response-aaa.edi"))
        (one,) = answer.rejections
        self.assertEqual(
            (one.level, one.valid, one.reason, one.action), ("provider", "Y", "50", "N")
        )
        self.assertEqual((answer.person, answer.rows), (None, ()))


class TestPublishedDentalPlan(BaseCase):
    def setUp(self):
        super().setUp()
        reading = read_271(sample("271/x271Test-dental-4010.txt"))
        self.assertEqual(reading.findings, ())
        (self.answer,) = reading
        self.facts = facts(self.answer)

    def only(self, **values):
        return [
            fact
            for fact in self.facts
            if all(getattr(fact, name) == value for name, value in values.items())
        ]

    def test_every_segment_is_there(self):
        rows = self.answer.rows
        self.assertEqual(len(rows), 118)
        self.assertEqual(Counter(r.info for r in rows), {"A": 70, "F": 39, "C": 6, "1": 2, "I": 1})
        self.assertEqual(sum(len(r.messages) for r in rows), 155)
        self.assertEqual(sum(len(r.frequencies) for r in rows), 13)
        self.assertEqual(sum(len(r.dates) for r in rows) + len(self.answer.dates), 75)
        self.assertIs(self.answer.active, True)
        self.assertEqual(self.answer.group_number, "12341234")

    def test_two_networks(self):
        networks = {f.network for f in self.facts if f.kind in ("percent", "deductible", "maximum")}
        self.assertEqual(networks, {ALLIANCE, PLUS})
        self.assertEqual({f.in_network for f in self.facts}, {None})
        for network, expected in ((ALLIANCE, 60), (PLUS, 50)):
            (fact,) = self.only(kind="percent", category="crowns", network=network)
            self.assertEqual(fact.percent, expected)

    def test_deductibles(self):
        rows = [
            brief(f, "network", "level", "amount", "remaining", "period")
            for f in self.only(kind="deductible")
        ]
        self.assertEqual(
            rows,
            [
                (PLUS, "individual", 50, 50, "service_year"),
                (PLUS, "family", 150, 150, "service_year"),
            ],
        )

    def test_maxima(self):
        rows = [
            brief(f, "network", "category", "amount", "remaining", "period")
            for f in self.only(kind="maximum")
        ]
        self.assertEqual(
            rows,
            [
                (ALLIANCE, "general", 2000, 2000, "calendar_year"),
                (ALLIANCE, "ortho", 1000, None, "lifetime"),
                (PLUS, "general", 2000, 2000, "calendar_year"),
                (PLUS, "ortho", 1000, None, "lifetime"),
            ],
        )

    def test_one_in_six_months(self):
        (fact,) = self.only(kind="frequency", benefit_class="PROPHYLAXIS")
        self.assertEqual(
            brief(fact, "quantity", "period", "period_count", "date", "suggested"),
            (1, "months", 6, date(2018, 10, 27), "preventive"),
        )
        (fact,) = self.only(kind="frequency", benefit_class="FLUORIDE")
        self.assertIsNone(fact.date)

    def test_three_limits_of_prosthetics(self):
        rows = [
            brief(f, "quantity", "period_count")
            for f in self.only(kind="frequency", category="prostho")
        ]
        self.assertEqual(rows, [(999, 5), (1, 5), (1, 5)])

    def test_ages(self):
        rows = {
            f.procedure_code or f.benefit_class: (f.bound, f.quantity)
            for f in self.only(kind="age")
        }
        self.assertEqual(
            rows,
            {
                "D0431": ("lower", 40),
                "HARMFUL HABITS APPLIANCE": ("upper", 14),
                "AMALGAM & COMPOSITE": ("upper", 18),
                "SEALANTS": ("upper", 15),
            },
        )

    def test_deductible_waived_or_not(self):
        for network, expected in ((ALLIANCE, False), (PLUS, True)):
            (fact,) = self.only(kind="percent", category="endo", network=network)
            self.assertIs(fact.deductible_applies, expected)

    def test_waiting_periods_were_not_said(self):
        self.assertEqual(self.only(kind="waiting"), [])
