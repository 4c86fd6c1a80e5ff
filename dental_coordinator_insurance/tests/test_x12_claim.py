# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What stands in an 837D that we write."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import Adjustment, X12Error, clean, kinds, render_837d, split_claim, write_837d
from .x12.checker import check
from .x12.claim_variants import variants
from .x12.claims import PUBLISHED, batch, claim, line, other_payer, patient, subscriber
from .x12.files import sample

# What the shared checker's map of 4010 origin refuses although 5010 has it (see checker.py).
NOT_IN_THE_SHARED_MAP = {
    "orthodontics of unknown length",
    "missing teeth",
    "remarks",
    "diagnoses",
    "place",
    "address abroad",
    "surgeons",
    "appliance",
    "modifiers",
    "pay to",
    "second payer, by line",
    "third payer",
    "fourth payer",
}
# What each variant must have, in this order.
EXPECTED = {
    "dependent": ["SBR*P**G-7******CI", "PAT*19", "NM1*QC*1*LUND*KAI", "DMG*D8*20150506*M"],
    "replacement": ["CLM*{number}*180***11:B:7*Y*A*Y*Y", "REF*F8*H-1"],
    "void": ["CLM*{number}*180***11:B:8*Y*A*Y*Y", "REF*F8*H-1"],
    "predetermination": ["CLM*{number}*180***11:B:1*Y*A*Y*Y**********PB", "NM1*82*1*ORTIZ*EVA"],
    "car accident": ["CLM*{number}*180***11:B:1*Y*A*Y*Y**AA:::OR", "DTP*439*D8*20260201"],
    "work accident": ["CLM*{number}*180***11:B:1*Y*A*Y*Y**EM", "DTP*439*D8*20260201"],
    "orthodontics": ["DTP*452*D8*20250801", "DTP*472*D8*20260210", "DN1*24*18"],
    "orthodontics of unknown length": ["DN1****Y"],
    "replaced crown": ["SV3*AD:D2740*180***R*1", "TOO*JP*14", "DTP*441*D8*20150301", "REF*6R"],
    "missing teeth": ["DN2*1*M****JP", "DN2*17*E****JP"],
    "attachments": ["PWK*RB*BM***AC*NEA-1", "PWK*OZ*AA"],
    "numbers": ["REF*G3*PD-1", "REF*9F*RF-1", "REF*G1*PA-1", "REF*D9*TR-1"],
    "line numbers": ["REF*G3*PD-2", "REF*G1*PA-2", "REF*6R*L-1", "REF*9F*RF-2"],
    "areas": ["SV3*AD:D4341*180**10:20**1", "SV3*AD:D2391*180**00**1"],
    "teeth": ["TOO*JP*A", "TOO*JP*TS*O", "TOO*JP*51", "TOO*JP*82*M:O:D:B:L"],
    "tax": ["REF*6R*L-1", "AMT*T*3.25"],
    "remarks": ["K3*KEEP", "NTE*ADD*CA VA OLD CROWN", "NTE*ADD*SECOND"],
    "diagnoses": ["HI*ABK:K0252*ABF:K081", "SV3*AD:D2391*180****1*****1:2", "SV3*AD:D1110"],
    "referring": ["NM1*DN*1*ROY*ANN****XX*1811901945", "NM1*82"],
    "place": ["CLM*{number}*180***31:B:1", "NM1*77*2*HOME", "N3*1 HILL", "N4*SALEM*OR*97301"],
    "address abroad": ["N3*1 RING", "N4*PASSAU**94032*DE"],
    "surgeons": ["NM1*82", "NM1*DD*1*KIM*LEE", "PRV*AS*PXC*1223X0400X", "REF*0B*D12345", "NM1*DQ"],
    "treating by line": ["REF*6R*L-1", "NM1*82*1*KIM*LEE", "PRV*PE*PXC*1223X0400X", "LX*2"],
    "dates by line": ["LX*1", "DTP*472*D8*20260201", "LX*2", "DTP*472*D8*20260202"],
    "appliance": [
        *("DTP*452*D8*20250101", "DTP*446*D8*20260101"),
        *("DTP*196*D8*20260105", "DTP*198*D8*20260210"),
    ],
    "modifiers": ["SV3*AD:D9999:GT::::BITE GUARD*180*02***1"],
    "money": ["CLM*{number}*100.1*", "AMT*F5*20.1", "SV3*AD:D2391*100.1****1"],
    "one dentist": ["PRV*BI*PXC*1223G0001X", "NM1*85*1*ORTIZ*EVA****XX", "REF*SY*999999999"],
    "pay to": [
        *("REF*EI*999999999", "REF*0B*D9", "PER*IC", "NM1*87*2", "N3*PO BOX 7", "N4*SALEM"),
        *("NM1*PR", "REF*G2*G2-9"),
    ],
    "payer in full": [
        *("SBR*P*18**MILL*****CI", "DMG*D8*19840704*F", "REF*SY*123456789", "NM1*PR*2*HARBOR"),
        *("N3*1 PIER", "N4*SALEM*OR*97301", "REF*2U*77"),
    ],
    "flags": ["CLM*{number}*180***11:B:1*N*C*N*I***01********7"],
    "second payer, by claim": [
        *("SBR*S*18*G-7******CI", "SBR*P*18*******CI", "CAS*CO*45*30", "CAS*PR*1*25**2*25"),
        *("AMT*D*100", "OI***Y***Y", "NM1*IL*1*LUND*ANNA****MI*F100", "NM1*PR*2*FIRST PLAN"),
        *("DTP*573*D8*20260220", "REF*F8*F-9", "LX*1"),
    ],
    "second payer, by line": [
        *("SBR*P*18**MILL*****CI", "AMT*D*100", "OI", "LX*1", "REF*6R*L-1"),
        *("SVD*FIRST*100*AD:D2391**1", "CAS*CO*45*30", "CAS*PR*2*50", "DTP*573*D8*20260220"),
        *("LX*2", "SVD*FIRST*0*AD:D1120**1", "CAS*PR*1*90", "DTP*573", "AMT*EAF*90"),
    ],
    "third payer": [
        *("SBR*P*18", "CAS*PR*96*180", "AMT*D*0", "OI", "SBR*S*G8", "CAS*OA*23*100", "AMT*D*80"),
        *("AMT*EAF*20.5", "AMT*A8*1", "OI", "NM1*PR*2", "N3*2 PIER", "N4*SALEM", "DTP*573"),
        *("REF*G1*PA-9", "REF*9F*RF-9", "REF*G3*PD-9"),
    ],
    "fourth payer": ["SBR*A*18", "SBR*P*18", "SBR*S*18", "SBR*T*18"],
    "first payer, second not asked yet": ["SBR*P*18", "SBR*S*18", "OI***Y***Y"],
}


def segments(raw):
    return [part.strip() for part in raw.decode("ascii").split("~") if part.strip()]


def without_own_numbers(raw):
    """Segments without envelope, dates of writing, counts, and our key of the line."""
    return [
        segment
        for segment in segments(raw.replace(b"\r", b"").replace(b"\n", b""))
        if segment.partition("*")[0] not in ("ISA", "GS", "BHT", "SE") and segment[:6] != "REF*6R"
    ]


class TestPublishedClaims(BaseCase):
    def test_published_claims_are_rebuilt_segment_by_segment(self):
        for name, build in PUBLISHED.items():
            raw = render_837d(build())
            self.assertEqual(without_own_numbers(raw), without_own_numbers(sample(name)), name)

    def test_rebuilt_claims_pass_the_shared_checker(self):
        for name, build in PUBLISHED.items():
            self.assertEqual(check(render_837d(build())), [], name)


class TestClaimFile(BaseCase):
    def test_each_variant_has_its_segments_in_order(self):
        for what, one in variants().items():
            found = segments(write_837d(batch(one)))
            position = 0
            for expected in EXPECTED.get(what, ()):
                start = expected.replace("{number}", one.number)
                rest = [n for n in range(position, len(found)) if found[n].startswith(start)]
                self.assertTrue(rest, f"{what}: {expected} is missing in {found[position:]}")
                position = rest[0] + 1

    def test_variants_pass_the_extended_checker(self):
        raw = write_837d(batch(*variants().values()))
        self.assertEqual(check(raw, extended=True), [])

    def test_variants_that_the_shared_map_knows_pass_the_shared_checker(self):
        known = [one for what, one in variants().items() if what not in NOT_IN_THE_SHARED_MAP]
        raw = write_837d(batch(*known))
        self.assertEqual(kinds(raw), ("837D",))
        self.assertEqual(check(raw), [])

    def test_variants_that_the_shared_map_does_not_know_are_refused_by_it(self):
        for what, one in variants().items():
            if what in NOT_IN_THE_SHARED_MAP:
                self.assertTrue(check(write_837d(batch(one))), what)

    def test_checker_finds_what_it_should(self):
        raw = write_837d(batch(variants()["place"]))
        for good, bad in (
            (b"NM1*77*", b"NM1*78*"),
            (b"*31:B:1", b"*31:C:1"),
            (b"PE*PXC", b"PE*ZZ"),
        ):
            self.assertTrue(check(raw.replace(good, bad), extended=True), bad)

    def test_what_the_extended_checker_lets_pass_is_no_more_than_the_standard(self):
        raw = write_837d(batch(variants()["address abroad"], variants()["fourth payer"]))
        self.assertEqual(check(raw, extended=True), [])
        for good, bad in (
            (b"N4*PORTLAND*OR*97201", b"N4*PORTLAND**97201"),
            (b"N4*PASSAU**94032*DE", b"N4*PASSAU**94032*CA"),
            (b"SBR*A*18", b"SBR*I*18"),
        ):
            self.assertIn(good, raw)
            self.assertTrue(check(raw.replace(good, bad), extended=True), bad)

    def test_predetermination_has_no_service_date_anywhere(self):
        one = claim(
            kind="predetermination",
            lines=(line(date=date(2026, 2, 1)), line("L-2", "D1110")),
        )
        self.assertFalse([s for s in segments(write_837d(batch(one))) if s.startswith("DTP*472")])

    def test_line_key_is_always_there(self):
        for what, one in variants().items():
            found = segments(render_837d(batch(one)))
            keys = [s for s in found if s.startswith("REF*6R")]
            self.assertEqual(len(keys), len([s for s in found if s.startswith("LX*")]), what)

    def test_hundred_claims_a_set(self):
        raw = write_837d(batch(*(claim(f"C-{n}") for n in range(1000, 1250))))
        found = segments(raw)
        self.assertEqual(
            [s for s in found if s.startswith(("ST*", "BHT*", "GE*"))],
            [
                *("ST*837*0001*005010X224A2", "BHT*0019*00*B-301*20260302*0915*CH"),
                *("ST*837*0002*005010X224A2", "BHT*0019*00*B-301-2*20260302*0915*CH"),
                *("ST*837*0003*005010X224A2", "BHT*0019*00*B-301-3*20260302*0915*CH"),
                "GE*3*7",
            ],
        )
        self.assertEqual(check(raw), [])

    def test_levels(self):
        other = subscriber(last="Roy", member_id="M200")
        raw = write_837d(
            batch(
                claim("A1"),
                claim("A2", patient=patient()),
                claim("A3"),
                claim("A4", subscriber=other),
                claim("A5", patient=patient(first="Mia")),
            )
        )
        levels = [s for s in segments(raw) if s.startswith(("HL*", "CLM*"))]
        self.assertEqual(
            [s[:6] if s.startswith("CLM") else s for s in levels],
            [
                *("HL*1**20*1", "HL*2*1*22*0", "CLM*A1", "CLM*A3", "HL*3*1*22*1", "HL*4*3*23*0"),
                *("CLM*A2", "HL*5*1*22*0", "CLM*A4", "HL*6*1*22*1", "HL*7*6*23*0", "CLM*A5"),
            ],
        )

    def test_envelope(self):
        raw = write_837d(batch(resend=True))
        self.assertEqual(raw[:106].decode()[-2:], ":~")
        found = segments(raw)
        self.assertEqual(
            found[0],
            "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*CLEARING       *260302*0915"
            "*^*00501*000000301*0*T*:",
        )
        self.assertEqual(found[1], "GS*HC*CLINIC*CLEARING*20260302*0915*7*X*005010X224A2")
        self.assertEqual(found[3], "BHT*0019*18*B-301*20260302*0915*CH")
        self.assertEqual(found[-2:], ["GE*1*7", "IEA*1*000000301"])

    def test_letters_and_separators_in_data_do_not_break_the_file(self):
        one = claim(
            subscriber=subscriber(last="Ğürsoy~*Łoś", first="Ærø:^>|\r\nß"),
            notes=("日本 tooth",),
        )
        raw = write_837d(batch(one))
        self.assertIn("NM1*IL*1*GURSOY LOS*AERO SS****MI*M100", segments(raw))
        self.assertIn("NTE*ADD*TOOTH", segments(raw))
        self.assertEqual(check(raw), [])

    def test_seven_reasons_take_two_segments(self):
        reasons = tuple(Adjustment("PR", str(n), Decimal(n)) for n in range(1, 8))
        one = claim(
            subscriber=subscriber(sequence="S"),
            others=(other_payer(paid=Decimal(152), adjustments=reasons),),
        )
        found = [s for s in segments(write_837d(batch(one))) if s.startswith("CAS")]
        self.assertEqual(found, ["CAS*PR*1*1**2*2**3*3**4*4**5*5**6*6", "CAS*PR*7*7"])

    def test_clean(self):
        for text, expected in (
            ("Søren Müller", "SOREN MULLER"),
            ("O’Brien–Smith", "O'BRIEN-SMITH"),
            ("a\x00b\tc", "A B C"),
            (None, ""),
            ("x" * 5, "XXXXX"),
        ):
            self.assertEqual(clean(text), expected)
        self.assertEqual(clean("abc def", 4), "ABC")


class TestSplit(BaseCase):
    def test_short_claim_stays(self):
        one = claim()
        self.assertEqual(split_claim(one), (one,))

    def test_long_claim_is_split_and_each_part_can_go(self):
        lines = tuple(line(f"L-{n}", f"D{1000 + n}") for n in range(120))
        one = claim(lines=lines, total=Decimal(120 * 180), patient_paid=Decimal(7))
        parts = split_claim(one)
        self.assertEqual([p.number for p in parts], ["C-100", "C-100-2", "C-100-3"])
        self.assertEqual([len(p.lines) for p in parts], [50, 50, 20])
        self.assertEqual([p.patient_paid for p in parts], [7, None, None])
        self.assertEqual(sum(p.charge for p in parts), one.charge)
        self.assertEqual(check(write_837d(batch(*parts))), [])

    def test_answers_by_line_are_divided(self):
        one = variants()["second payer, by line"]
        parts = split_claim(one, limit=1)
        self.assertEqual([p.others[0].paid for p in parts], [100, 0])
        write_837d(batch(*parts))

    def test_answer_for_the_whole_is_refused(self):
        with self.assertRaisesRegex(X12Error, "First Plan answered for all"):
            split_claim(
                claim(
                    lines=(line(), line("L-2", "D1110")), others=(other_payer(paid=Decimal(100)),)
                ),
                limit=1,
            )
