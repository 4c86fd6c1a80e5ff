# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..notation import (
    AREAS,
    PERMANENT,
    PRIMARY,
    SURFACES,
    SYSTEMS,
    TEETH,
    Site,
    ToothError,
    arch,
    area_label,
    area_teeth,
    base,
    format_tooth,
    from_palmer,
    from_universal,
    in_class,
    is_anterior,
    is_permanent,
    is_posterior,
    is_primary,
    is_supernumerary,
    label,
    parse_area,
    parse_site,
    parse_surfaces,
    parse_teeth,
    parse_tooth,
    quadrant,
    sextant,
    to_palmer,
    to_universal,
    tooth_class,
    valid_surfaces,
)

teeth = st.sampled_from(TEETH)
systems = st.sampled_from(SYSTEMS)


class TestTeeth(BaseCase):
    def test_there_are_52_teeth_and_as_many_supernumerary_ones(self):
        self.assertEqual((len(PERMANENT), len(PRIMARY), len(set(TEETH))), (32, 20, 104))

    def test_chart_order_goes_round_the_mouth(self):
        self.assertEqual(PERMANENT[:2] + PERMANENT[-2:], ("18", "17", "47", "48"))
        self.assertEqual(PRIMARY[4:6] + PRIMARY[14:16], ("51", "61", "71", "81"))

    def test_kinds(self):
        self.assertTrue(is_primary("55") and is_primary("55S") and is_permanent("48S"))
        self.assertTrue(is_supernumerary("18S") and not is_supernumerary("18"))
        self.assertTrue(is_anterior("83") and is_posterior("84"))
        self.assertEqual(base("85S"), "85")

    def test_class_of_each_place(self):
        permanent = [tooth_class(f"1{place}") for place in range(1, 9)]
        self.assertEqual(
            permanent,
            ["incisor"] * 2 + ["canine"] + ["premolar"] * 2 + ["molar", "second_molar", "molar"],
        )
        primary = [tooth_class(f"7{place}") for place in range(1, 6)]
        self.assertEqual(primary, ["incisor", "incisor", "canine", "molar", "molar"])

    def test_classes_nest(self):
        self.assertTrue(in_class("37", "molar") and in_class("37", "second_molar"))
        self.assertFalse(in_class("36", "second_molar") or in_class("75", "second_molar"))
        self.assertTrue(in_class("34", "posterior") and in_class("33", "anterior"))
        with self.assertRaisesRegex(ToothError, "'wisdom' is not a class"):
            in_class("38", "wisdom")

    def test_label(self):
        self.assertEqual(label("18"), "upper right third molar")
        self.assertEqual(label("73"), "lower left primary canine")
        self.assertEqual(label("11S"), "supernumerary beside upper right central incisor")

    @given(st.text(max_size=4))
    def test_anything_else_is_refused(self, text):
        if text not in TEETH:
            for function in (label, tooth_class, quadrant, to_universal, to_palmer, base):
                with self.assertRaises(ToothError):
                    function(text)


class TestSystems(BaseCase):
    def test_universal_by_the_ada_table(self):
        pairs = {
            "18": "1", "11": "8", "21": "9", "28": "16", "38": "17", "31": "24", "41": "25",
            "48": "32", "55": "A", "51": "E", "61": "F", "65": "J", "75": "K", "71": "O",
            "81": "P", "85": "T", "18S": "51", "28S": "66", "38S": "67", "48S": "82",
            "55S": "AS", "85S": "TS",
        }  # fmt: skip
        self.assertEqual({tooth: to_universal(tooth) for tooth in pairs}, pairs)

    def test_palmer_text_and_grid(self):
        rows = [
            ("18", "UR8", "8┘"),
            ("26", "UL6", "└6"),
            ("71", "LLA", "┌A"),
            ("48S", "LR8S", "8S┐"),
        ]
        for tooth, text, grid in rows:
            self.assertEqual((to_palmer(tooth), to_palmer(tooth, symbols=True)), (text, grid))

    def test_palmer_reads_the_dental_symbols_of_unicode(self):
        read = [from_palmer(text) for text in ("8⏌", "⎿6", "⎾A", "8⏋")]
        self.assertEqual(read, ["18", "26", "71", "48"])

    def test_typed_with_sign_zero_dot_and_small_letters(self):
        self.assertEqual(parse_tooth(" #03 ", "universal"), "16")
        self.assertEqual(parse_tooth("bs", "universal"), "54S")
        self.assertEqual(parse_tooth("1.6"), "16")
        self.assertEqual(parse_tooth("ur 6", "palmer"), "16")

    def test_the_same_text_means_other_teeth_in_other_systems(self):
        self.assertEqual((parse_tooth("51"), parse_tooth("51", "universal")), ("51", "18S"))

    @given(teeth, systems)
    def test_round_trip(self, tooth, system):
        self.assertEqual(parse_tooth(format_tooth(tooth, system), system), tooth)

    @given(teeth)
    def test_round_trip_of_the_palmer_grid(self, tooth):
        self.assertEqual(from_palmer(to_palmer(tooth, symbols=True)), tooth)

    @given(systems)
    def test_no_two_teeth_are_written_alike(self, system):
        self.assertEqual(len({format_tooth(tooth, system) for tooth in TEETH}), len(TEETH))

    def test_refusal_names_the_text_the_range_and_the_likely_mistake(self):
        with self.assertRaisesRegex(ToothError, r"'19' is not a tooth: use 11 to 48.*19 is 36"):
            parse_tooth("19")
        with self.assertRaisesRegex(ToothError, r"'36' is not .* Universal.*36 is 19 here"):
            from_universal("36")
        with self.assertRaisesRegex(ToothError, "'UR9' is not a tooth in Palmer"):
            parse_tooth("UR9", "palmer")
        with self.assertRaisesRegex(ToothError, "36 is LL6 here"):
            from_palmer("36")
        with self.assertRaisesRegex(ToothError, "'haderup' is not a notation"):
            parse_tooth("+8", "haderup")


class TestSurfaces(BaseCase):
    def test_canonical_order_and_once(self):
        self.assertEqual(parse_surfaces("dom"), "MOD")
        self.assertEqual(parse_surfaces("L,B,D:O M m"), "MODBL")
        self.assertEqual(parse_surfaces("lfdim", "11"), "MIDFL")
        self.assertEqual(parse_surfaces(""), "")

    def test_outer_surface_takes_the_letter_of_the_tooth(self):
        self.assertEqual([parse_surfaces(text, "11") for text in "BFV"], ["F"] * 3)
        self.assertEqual(parse_surfaces("V"), "F", "no tooth named")
        self.assertEqual([parse_surfaces(text, "36") for text in "BFV"], ["B"] * 3)

    def test_palatal_is_the_inner_surface_above_only(self):
        self.assertEqual(parse_surfaces("MP", "16"), "ML")
        with self.assertRaisesRegex(ToothError, "'P' in 'MP' is not a surface"):
            parse_surfaces("MP", "46")

    def test_front_teeth_have_no_occlusal_and_back_teeth_no_incisal_surface(self):
        with self.assertRaisesRegex(ToothError, r"Tooth 11 .* no occlusal .*use I \(incisal\)"):
            parse_surfaces("MO", "11")
        with self.assertRaisesRegex(ToothError, r"Tooth 84 .* no incisal .*use O \(occlusal\)"):
            parse_surfaces("I", "84")

    @given(teeth, st.sets(st.sampled_from("MODBLFI")))
    def test_what_is_accepted_is_valid_and_stays(self, tooth, letters):
        try:
            found = parse_surfaces("".join(letters), tooth)
        except ToothError:
            wrong = "O" if is_anterior(tooth) else "I"
            self.assertIn(wrong, letters)
        else:
            self.assertLessEqual(set(found), set(valid_surfaces(tooth)))
            self.assertEqual(parse_surfaces(found, tooth), found)

    def test_every_surface_has_a_word(self):
        self.assertEqual(set(SURFACES), set(valid_surfaces("11") + valid_surfaces("16")))


class TestAreas(BaseCase):
    def test_quadrant_arch_and_sextant(self):
        rows = [
            ("14", "10", "01", "03"),
            ("13", "10", "01", "04"),
            ("21", "20", "01", "04"),
            ("65", "20", "01", "05"),
            ("38", "30", "02", "06"),
            ("73", "30", "02", "07"),
            ("41", "40", "02", "07"),
            ("48S", "40", "02", "08"),
        ]
        found = [(tooth, quadrant(tooth), arch(tooth), sextant(tooth)) for tooth, *_area in rows]
        self.assertEqual(found, rows)

    def test_teeth_of_an_area(self):
        self.assertEqual(area_teeth("03"), ("18", "17", "16", "15", "14"))
        self.assertEqual(area_teeth("40", primary=True), ("81", "82", "83", "84", "85"))
        self.assertEqual(area_teeth("00"), PERMANENT)

    def test_quadrants_and_sextants_and_arches_divide_the_mouth(self):
        for areas in (("10", "20", "30", "40"), ("03", "04", "05", "06", "07", "08"), ("01", "02")):
            for primary, row in ((False, PERMANENT), (True, PRIMARY)):
                parts = [tooth for area in areas for tooth in area_teeth(area, primary)]
                self.assertCountEqual(parts, row)

    def test_typed_areas(self):
        typed = ["10", "ur", "U", "fm", "S6", " 02 "]
        self.assertEqual([parse_area(text) for text in typed], ["10", "10", "01", "00", "08", "02"])
        self.assertEqual({area_label(area) for area in AREAS}, set(AREAS.values()))
        with self.assertRaisesRegex(ToothError, "'50' is not an area of the mouth: use 00"):
            parse_area("50")


class TestTyped(BaseCase):
    def test_tooth_with_surfaces(self):
        rows = {
            ("36 mo", "fdi"): Site("36", "MO"),
            ("36OM", "fdi"): Site("36", "MO"),
            ("1.1 - f", "fdi"): Site("11", "F"),
            ("18S", "fdi"): Site("18S", ""),
            ("#19-MO", "universal"): Site("36", "MO"),
            ("14 v", "universal"): Site("26", "B"),
            ("AMO", "universal"): Site("55", "MO"),
            ("ASMO", "universal"): Site("55S", "MO"),
            ("LOD", "universal"): Site("74", "OD"),
            ("UR6 mob", "palmer"): Site("16", "MOB"),
            ("└1 il", "palmer"): Site("21", "IL"),
        }
        found = {(text, system): parse_site(text, system) for text, system in rows}
        self.assertEqual(found, rows)

    @given(teeth, systems, st.data())
    def test_what_is_shown_can_be_typed(self, tooth, system, data):
        letters = data.draw(st.sets(st.sampled_from(valid_surfaces(tooth))))
        surfaces = parse_surfaces("".join(letters), tooth)
        text = f"{format_tooth(tooth, system)} {surfaces.lower()}"
        self.assertEqual(parse_site(text, system), Site(tooth, surfaces))

    def test_lists_and_ranges(self):
        self.assertEqual(
            parse_teeth("13 - 22, 36;36 18S"), ("13", "12", "11", "21", "22", "36", "18S")
        )
        self.assertEqual(parse_teeth("a-c 1", "universal"), ("55", "54", "53", "18"))
        self.assertEqual(parse_teeth("22\u201312"), ("12", "11", "21", "22"))
        self.assertEqual(parse_teeth("  "), ())

    def test_a_range_stays_in_one_set_of_teeth(self):
        with self.assertRaisesRegex(ToothError, "13-63 runs over two sets of teeth: list"):
            parse_teeth("13-63")
        with self.assertRaisesRegex(ToothError, "18S-16 runs over a supernumerary tooth"):
            parse_teeth("18S-16")

    def test_bad_text_is_named(self):
        named = {"": "''", "mo": "'mo'", "99 mo": "'99'", "36 xyz": "'X' in ' xyz'", "36 i": "36"}
        for text, name in named.items():
            with self.assertRaisesRegex(ToothError, name):
                parse_site(text)
