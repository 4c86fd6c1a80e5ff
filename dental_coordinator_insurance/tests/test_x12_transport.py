# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What happens to a file on its way: other line ends, marks and separators, wrong counts.

Whatever does not change what a file says is read the same; whatever does is refused with the
segment and the reason.
"""

from odoo.tests import BaseCase

from ..x12 import X12Error, kinds, sniff
from .test_x12_robustness import TOUCH, files

# Separators that real files come with: element, component, terminator.
SEPARATORS = ("|>\x1c", "*:\n", "\x1d\x1f\x1c", "+:'", "*\\~", "|:\x15")


def one_line(raw):
    """The text of a file without line ends, and its (element, component, terminator)."""
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").lstrip()
    mark = text[3]
    place = 0
    for _element in range(16):
        place = text.index(mark, place + 1)
    component, terminator = text[place + 1], text[place + 2]
    if terminator != "\n":
        text = text.replace("\n", "")
    return text, (mark, component, terminator)


def answer(kind, raw):
    """What is said of a file: nothing when it was read, else the error."""
    try:
        TOUCH[kind](raw)
    except X12Error as error:
        return error
    return None


class TestTransport(BaseCase):
    def setUp(self):
        super().setUp()
        self.readable = {
            name: (kind, raw) for name, (kind, raw) in files().items() if not answer(kind, raw)
        }
        self.assertGreaterEqual(len(self.readable), 6)

    def test_line_ends_and_marks_change_nothing(self):
        for name, (kind, raw) in self.readable.items():
            text, (_mark, _component, terminator) = one_line(raw)
            for end in ("", "\n", "\r\n", " \n\t"):
                if terminator == "\n" and end != "\r\n":
                    continue
                lines = (
                    text.replace("\n", end)
                    if terminator == "\n"
                    else text.replace(terminator, terminator + end)
                )
                for mark in (b"", b"\xef\xbb\xbf", b"\r\n\r\n"):
                    with self.subTest(name, end=end, mark=mark):
                        self.assertIsNone(answer(kind, mark + lines.encode()))

    def test_other_separators_change_nothing(self):
        for name, (kind, raw) in self.readable.items():
            text, own = one_line(raw)
            for other in SEPARATORS:
                foreign = set(other) - set(own)
                if any(char in text for char in foreign if char != "\n"):
                    continue  # it would split a value
                swapped = text.translate(str.maketrans(dict(zip(own, other, strict=True))))
                with self.subTest(name, separators=other):
                    self.assertIsNone(answer(kind, swapped.encode()))
                    self.assertEqual(sniff(swapped.encode()), kind)

    def test_swapped_separators_are_refused(self):
        """One that is both: the ISA names it, so nothing can be split by it."""
        for name, (_kind, raw) in self.readable.items():
            text, (mark, component, terminator) = one_line(raw)
            for wrong in (
                text.replace(component, mark),
                text.replace(terminator, mark),
                text.replace(mark, component),
            ):
                with self.subTest(name), self.assertRaisesRegex(X12Error, "[a-z]"):
                    kinds(wrong.encode())

    def test_wrong_counts_name_their_segment(self):
        for name, (kind, raw) in self.readable.items():
            text, (mark, _component, terminator) = one_line(raw)
            for tag in ("SE", "GE", "IEA"):
                if (kind, tag) == ("TA1", "IEA"):
                    continue  # it has no group, so 0 is right
                for count in ("0", "99999", "9" * 40, "-1", "1.0", "", "\x00", "٣"):
                    changed = self._counted(text, mark, terminator, tag, count)
                    if changed is None:
                        continue
                    with self.subTest(name, tag=tag, count=count):
                        error = answer(kind, changed.encode())
                        self.assertIsInstance(error, X12Error)
                        self.assertEqual(error.segment, tag)
                        self.assertIn("The file was cut or edited", str(error))

    def _counted(self, text, mark, terminator, tag, count):
        """The text with another count in the first segment ``tag``, None if it has none."""
        segments = text.split(terminator)
        for number, segment in enumerate(segments):
            parts = segment.split(mark)
            if parts[0] == tag:
                segments[number] = mark.join([tag, count, *parts[2:]])
                return terminator.join(segments)
        return None

    def test_huge_amounts_name_their_segment(self):
        text, (mark, _component, terminator) = one_line(self.readable["remittance"][1])
        for tag, place in (("BPR", 2), ("CLP", 3), ("CLP", 4), ("SVC", 2), ("CAS", 3)):
            for amount in ("9" * 400, "1e999999", "NaN", "Infinity", "1,000.00", "12.3.4", "\x1b"):
                segments = text.split(terminator)
                number = next(n for n, one in enumerate(segments) if one.startswith(tag + mark))
                parts = segments[number].split(mark)
                parts[place] = amount
                segments[number] = mark.join(parts)
                with self.subTest(tag, amount=amount):
                    error = answer("835", terminator.join(segments).encode())
                    self.assertIsInstance(error, X12Error)
                    self.assertEqual(error.segment, tag)
                    self.assertIn("is no amount", error.reason)
                    self.assertTrue(error.position and error.remedy)

    def test_cut_files_say_where_they_end(self):
        """Cut at each segment: the message names what is missing, not what is there."""
        for name, (kind, raw) in self.readable.items():
            text, (_mark, _component, terminator) = one_line(raw)
            segments = text.strip(terminator).split(terminator)
            for length in range(1, len(segments)):
                error = answer(kind, terminator.join(segments[:length]).encode())
                with self.subTest(name, length=length):
                    self.assertIsInstance(error, X12Error)
                    self.assertTrue(error.reason and error.remedy)
