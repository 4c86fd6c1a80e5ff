# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

from odoo.tests import BaseCase

from ..x12 import X12Error, ended, kinds, sniff
from ..x12.envelope import Document
from .x12.files import own, sample, samples, wrap

BODY = "BPR*I*0*H*NON\nTRN*1*T1*1999999999"


def walk(raw):
    """(list of segments a set, findings)."""
    document = Document(raw)
    return [list(transaction) for transaction in document.sets()], document.findings


class Trickle(io.BytesIO):
    """A file that comes in small pieces."""

    def read(self, size=-1):
        return super().read(7)


class TestEnvelope(BaseCase):
    def setUp(self):
        super().setUp()
        self.raw = own("remittance.edi")
        self.segments = walk(self.raw)[0]

    def assertRefused(self, raw, words):
        with self.assertRaisesRegex(X12Error, words):
            walk(raw)

    def test_any_separators_give_the_same_segments(self):
        text = self.raw.decode().replace("\n", "")
        for element, component, terminator in (
            ("|", ">", "\n"),
            ("\x1d", "\x1f", "\x1c"),
            (">", "+", "\r\n"),
        ):
            table = str.maketrans({"*": element, ":": component, "~": terminator})
            expected = [[[p.replace(":", component) for p in s] for s in t] for t in self.segments]
            self.assertEqual(walk(text.translate(table).encode())[0], expected, repr(terminator))

    def test_line_ends_blanks_and_byte_order_mark_do_not_matter(self):
        text = self.raw.decode()
        for raw in (
            b"\xef\xbb\xbf" + self.raw,
            text.replace("\n", "\r\n").encode(),
            text.replace("\n", "").encode(),
            text.replace("\n", "\n   ").encode(),
            ("\n \n" + text + "\x1a\x00").encode(),
        ):
            self.assertEqual(walk(raw)[0], self.segments)

    def test_last_terminator_may_be_missing(self):
        self.assertEqual(walk(self.raw.rstrip().rstrip(b"~"))[0], self.segments)

    def test_utf8_and_latin1_letters_are_read(self):
        text = self.raw.decode().replace("LUND*ANNA", "LÚND*ANNÉ")
        for encoding in ("utf-8", "latin-1"):
            segments, _findings = walk(text.encode(encoding))
            self.assertIn("LÚND", [s[3] for s in segments[0] if s[0] == "NM1"], encoding)

    def test_latin1_behind_a_mark_is_read(self):
        raw = b"\xef\xbb\xbf" + self.raw.replace(b"ANNA", b"ANN\xc9")
        self.assertEqual(sniff(raw), "835")

    def test_interchanges_with_other_separators_follow_each_other(self):
        second = wrap(BODY, element="|", terminator="\n", control=2)
        segments, findings = walk(self.raw + second + self.raw)
        self.assertEqual(
            segments, [*self.segments, [s.split("*") for s in BODY.split("\n")], *self.segments]
        )
        self.assertEqual(findings, [])

    def test_stream_and_bytes_read_alike(self):
        raw = self.raw.replace(b"ANNA", "ANNÉ".encode())
        self.assertEqual(walk(Trickle(raw)), walk(raw))
        self.assertIn("ANNÉ", walk(raw)[0][0][12])

    def test_cut_file_is_refused_wherever_it_is_cut(self):
        whole = self.raw.index(b"IEA*1") + len(b"IEA*1")
        for length in range(whole):
            self.assertRefused(self.raw[:length], ".")
        # from here on only digits of IEA02 are missing: all sets are there, and it is said
        for length in range(whole, len(self.raw.rstrip()) - 1):
            self.assertEqual([f.segment for f in walk(self.raw[:length])[1]], ["IEA"])

    def test_wrong_counts_are_refused_by_name(self):
        for good, bad, words in (
            (b"SE*48*", b"SE*47*", r"Segment 50 \(SE\): it says 47 segments, there are 48"),
            (b"GE*1*", b"GE*2*", r"\(GE\): it says 2 sets, there are 1"),
            (b"IEA*1*", b"IEA*3*", r"\(IEA\): it says 3 groups, there are 1"),
            (b"SE*48*", b"SE**", r"\(SE\): it says no number of segments"),
        ):
            self.assertRefused(self.raw.replace(good, bad), words)

    def test_set_closed_as_another_one_is_refused(self):
        self.assertRefused(self.raw.replace(b"SE*48*0001", b"SE*48*0002"), "closed as 0002")

    def test_differing_control_numbers_are_found_and_read(self):
        raw = self.raw.replace(b"IEA*1*000000301", b"IEA*1*7").replace(b"SE*48*0001", b"SE*48*1")
        segments, findings = walk(raw)
        self.assertEqual(segments, self.segments)
        self.assertEqual(
            [(f.code, f.segment, f.level) for f in findings],
            [("control_number", "SE", "warning"), ("control_number", "IEA", "warning")],
        )

    def test_segments_in_the_wrong_place_are_named(self):
        for good, bad, words in (
            (b"ST*835*0001~\n", b"", "stands outside of a set"),
            (b"GE*1*301~\n", b"", r"\(IEA\)"),
            (b"IEA*1*000000301~", b"ISA*00", "not closed by IEA"),
            (b"GE*1*301~", b"ST*835*0002~", r"\(IEA\)"),
        ):
            self.assertRefused(self.raw.replace(good, bad), words)

    def test_foreign_files_are_refused(self):
        for raw in (
            b"",
            None,
            b"  \n",
            b"%PDF-1.7",
            b"ISA",
            b"ISA*00*",
            b"\xff\xfeI\x00S\x00A\x00",
            b"ISA" + b"A" * 300,
        ):
            with self.assertRaises(X12Error):
                sniff(raw)

    def test_text_behind_the_last_interchange_is_refused(self):
        self.assertRefused(self.raw + b"hello", "text follows")

    def test_endless_segment_is_refused(self):
        self.assertRefused(
            self.raw.replace(b"N3*1 PIER ROAD", b"N3*" + b"X" * 300_000), "long stretch"
        )

    def test_repetition_separator_needs_a_version_that_has_one(self):
        for sign, version, expected in (
            ("^", "00501", ["35", "23"]),
            ("U", "00401", ["35^23"]),
            ("^", "00401", ["35^23"]),
            ("U", "00501", ["35^23"]),
        ):
            head = self.raw.decode().replace("*^*00501*", f"*{sign}*{version}*", 1)
            transaction = next(Document(head.encode()).sets())
            self.assertEqual(transaction.repeated("35^23"), expected, (sign, version))

    def test_other_sets_are_named(self):
        with self.assertRaisesRegex(X12Error, "850"):
            sniff(self.raw.replace(b"ST*835*", b"ST*850*"))
        with self.assertRaisesRegex(X12Error, "837"):
            sniff(wrap("BHT*0019*00", code="837", version="005010X222A1"))

    def test_kinds_of_a_mixed_file(self):
        raw = self.raw + wrap("AK1*HC*1", code="999", version="005010X231A1") + self.raw
        self.assertEqual(kinds(raw), ("835", "999"))


class TestEnd(BaseCase):
    def test_what_stops_in_the_middle_has_not_ended(self):
        whole = wrap("BPR*I*0*C*CHK")
        for raw in (whole, whole.rstrip(b"~\r\n"), b"\xef\xbb\xbf" + whole, b"Dear clinic"):
            self.assertTrue(ended(raw), raw[:20])
        for raw in (b"", b"I", b"\xef\xbb\xbfIS", whole[:200], whole[:-12]):
            self.assertFalse(ended(raw), raw[:20])


class TestPublishedEnvelopes(BaseCase):
    def test_every_sample_is_recognised(self):
        for folder in (
            "270",
            "271",
            "276",
            "277",
            "277ca",
            "278",
            "835",
            "837d",
            "997",
            "999",
            "ta1",
        ):
            for name in samples(folder):
                self.assertEqual(sniff(sample(name)), folder.upper(), name)

    def test_samples_with_differing_control_numbers(self):
        found = {
            name: [f.segment for f in walk(sample(name))[1]]
            for name in (
                "999/x12_999_accepted.txt",
                "277ca/x12-example-2-receiver-rejected.edi",
                "835/x835MassHealth.txt",
                "ta1/rejected-odd-delimiters.txt",
            )
        }
        self.assertEqual(list(found.values()), [["IEA"], ["SE"], ["GE", "IEA"], []])
