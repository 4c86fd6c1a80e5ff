# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Damaged files: an X12Error or findings, never anything else.

Every file of our own and every published one is cut, mended wrongly and filled with nonsense,
always in the same way. ``X12_MUTATIONS`` sets how often each file is changed: 10,000 for the
figure that is promised, 300 at a desk.
"""

import io
import os
import random
import re
from dataclasses import fields, is_dataclass, replace
from time import process_time

from odoo.tests import BaseCase

from ..x12 import (
    X12Error,
    elements,
    facts,
    gaps,
    iter_835,
    kinds,
    read_271,
    read_277,
    read_277ca,
    read_278,
    read_835,
    read_999,
    read_ta1,
    render_837d,
    sniff,
    write_837d,
)
from .x12 import answers
from .x12.claim_variants import variants
from .x12.claims import TODAY, batch, claim, line, patient, subscriber
from .x12.files import SHARED, own

MUTATIONS = int(os.environ.get("X12_MUTATIONS", "300"))
FOLDERS = ("271", "277", "277ca", "278", "835", "997", "999", "ta1")
NONSENSE = (
    *("", "0", "-1", "1e999999", "NaN", "Infinity", "9" * 400, "0.0000000000001", "٣٤", "²"),
    *(
        "20260231",
        "00000000",
        "99999999",
        "20260101-20251301",
        "-",
        ":",
        ":::::",
        "^^^",
        "A" * 3000,
    ),
    *("é", "\ufeff", "\x00\x1b\x7f", "日本", "\u2028", "' OR 1=1 --", "ISA", "SE", "*", "~"),
)


def touch_835(raw):
    events = list(iter_835(io.BytesIO(raw)))
    remittance = read_835(raw)
    assert len(events) == sum(len(p.claims) + 2 for p in remittance.payments)
    for payment in remittance.payments:
        repr((payment.key, payment.balanced, payment.signed_amount))
        for one in payment.claims:
            repr((one.kind, one.service_from, one.service_to, one.patient_responsibility))
            repr([(s.allowed, s.downgraded) for s in one.lines])


def touch_271(raw):
    for answer in read_271(raw):
        repr((answer.active, answer.person, answer.group_number))
        repr([(fact, fact.used) for fact in facts(answer)])


def touch_999(raw):
    for group in read_999(raw):
        repr([(s.verdict, s.text, [e.claim_number for e in s.segments]) for s in group.sets])
        group.verdict("0001")


def touch_ta1(raw):
    repr([(one.accepted, one.text) for one in read_ta1(raw)])


def touch_status(raw):
    for report in (read_277ca if sniff(raw) == "277CA" else read_277)(raw):
        repr([(level.verdict, level.charge, level.service_dates) for level in report.levels])
        repr((report.batch_rejected, report.verdict("C-1")))


def touch_278(raw):
    for answer in read_278(raw):
        repr((answer.final, answer.valid_to, answer.decision_of("D2740")))


# Read a file and everything its objects can be asked.
TOUCH = {
    "835": touch_835,
    "271": touch_271,
    "999": touch_999,
    "997": touch_999,
    "TA1": touch_ta1,
    "277": touch_status,
    "277CA": touch_status,
    "278": touch_278,
}


READERS = {
    "835": read_835,
    "271": read_271,
    "999": read_999,
    "997": read_999,
    "TA1": read_ta1,
    "277": read_277,
    "277CA": read_277ca,
    "278": read_278,
}


def bare(raw):
    """A file without byte order mark and line ends."""
    return raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"").replace(b"\n", b"")


def dressed(raw):
    """(name, the same file as others write it)"""
    end = raw[105:106]
    yield "byte order mark", b"\xef\xbb\xbf" + raw
    yield "line ends of Windows", raw.replace(end, end + b"\r\n")
    yield "line ends", raw.replace(end, end + b"\n")
    others = b"\x1d\x1e\x1c"
    yield "other separators", raw.translate(bytes.maketrans(raw[3:4] + raw[104:106], others))


def files():
    """{name: (kind, bytes)}: ours, and the published ones where they are."""
    raw = write_837d(batch(claim("C-1"), claim("C-2", patient=patient())))
    rows = ["EB*C*IND*35***23*50*****Y", "HSD*VS*1***34*6", "DTP*304*D8*20260101", "MSG*X"]
    found = {
        "remittance": own("remittance.edi"),
        "authorization": own("authorization.edi"),
        "status": own("status.edi"),
        "999": answers.ack_999(raw, rejected=["0001"]),
        "ta1": answers.ack_ta1(raw, "R", "006"),
        "277ca": answers.claim_ack(raw, {"C-2": "A3:21"}),
        "271": answers.eligibility(rows),
    }
    for folder in FOLDERS:
        path = SHARED / "samples" / "x12" / folder
        found |= {file.name: file.read_bytes() for file in path.glob("*")}
    return {name: (sniff(raw), raw) for name, raw in found.items()}


def mended(text):
    """The same with right counts of segments, so that damage gets past the envelope."""
    count = 0
    segments = text.split("~")
    for index, segment in enumerate(segments):
        tag = segment.strip()[:3]
        count = 1 if tag == "ST*" else count + 1
        if tag == "SE*":
            segments[index] = re.sub(r"SE\*\d*", f"SE*{count}", segment)
    return "~".join(segments)


def damaged(text, chance):
    """One to three changes of a file."""
    for _change in range(chance.randint(1, 3)):
        segments = text.split("~")
        place = chance.randrange(len(segments))
        kind = chance.randrange(7)
        if kind == 0:
            del segments[place]
        elif kind == 1:
            segments.insert(place, chance.choice(segments))
        elif kind == 2:
            other = chance.randrange(len(segments))
            segments[place], segments[other] = segments[other], segments[place]
        elif kind < 6:
            parts = segments[place].split("*")
            parts[chance.randrange(len(parts))] = chance.choice(NONSENSE)
            segments[place] = "*".join(parts)
        else:
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(NONSENSE) + text[at + chance.randrange(5) :]
            continue
        text = "~".join(segments)
    return mended(text) if chance.random() < 0.8 else text


def emptied(item, path=""):
    """(field, the same object with that text field emptied) for each text field in its tree."""
    for field in fields(item):
        value, name = getattr(item, field.name), f"{path}.{field.name}"
        if isinstance(value, str):
            yield from ((name, replace(item, **{field.name: empty})) for empty in ("", None))
        elif is_dataclass(value):
            for where, new in emptied(value, name):
                yield where, replace(item, **{field.name: new})
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for where, new in emptied(value[0], f"{name}[0]"):
                yield where, replace(item, **{field.name: (new, *value[1:])})


class TestDamage(BaseCase):
    def assertHarmless(self, kind, raw, name):
        """Whether it could be read; fails when anything but X12Error comes out."""
        try:
            TOUCH[kind](raw)
        except X12Error as error:
            self.assertTrue(str(error).strip(), name)
            return False
        except Exception as error:
            raise AssertionError(f"{name}: {type(error).__name__}: {error}\n{raw!r}") from error
        return True

    def test_files_are_read_as_they_are(self):
        for name, (kind, raw) in files().items():
            readable = self.assertHarmless(kind, raw, name)
            self.assertTrue(readable or b"*0007*13*" in raw, name)

    def test_cut_at_every_byte(self):
        for name, (kind, raw) in files().items():
            step = 1 if len(raw) < 3000 else 17
            for length in range(0, len(raw), step):
                self.assertHarmless(kind, raw[:length], name)

    def test_every_byte_missing_or_wrong(self):
        for name, (kind, raw) in files().items():
            step = 3 if len(raw) < 3000 else 61
            for place in range(0, len(raw), step):
                self.assertHarmless(kind, raw[:place] + raw[place + 1 :], name)
                self.assertHarmless(kind, raw[:place] + b"\xff" + raw[place + 1 :], name)
                self.assertHarmless(kind, raw[:place] + b"*" + raw[place + 1 :], name)

    def test_same_file_in_another_dress(self):
        """Byte order mark, line ends and other separators change nothing of what is read."""
        for name, (kind, raw) in files().items():
            plain = bare(raw)
            if not self.assertHarmless(kind, plain, name):
                continue
            told = repr(READERS[kind](plain))
            for dress, changed in dressed(plain):
                self.assertEqual(repr(READERS[kind](changed)), told, f"{name}, {dress}")

    def test_wrong_counts_are_refused(self):
        for name, (kind, raw) in files().items():
            plain = bare(raw)
            readable = self.assertHarmless(kind, plain, name)
            for tag in (b"SE", b"GE", b"IEA"):
                count = re.compile(rb"(?<=%s)%s(.)(\d+)" % (plain[105:106], tag))
                wrong = count.sub(rb"%s\g<1>9\2" % tag, plain)
                if readable and wrong != plain:
                    self.assertFalse(self.assertHarmless(kind, wrong, name), f"{name}, {tag}")

    def test_time_grows_with_the_size_alone(self):
        """Nothing that somebody can put into a file keeps a worker busy."""
        for name, (kind, raw) in files().items():
            plain = bare(raw)
            for filling in (b"A", b":", b"^", b"*", b"~", b"9", b"CAS*CO*45*1~", b"HL*1**20*1~"):
                small, large = (
                    self._time(kind, plain[:300] + filling * size + plain[300:], name)
                    for size in (2_000, 16_000)
                )
                self.assertLess(large, 24 * small + 0.2, (name, filling))

    def _time(self, kind, raw, name):
        started = process_time()
        self.assertHarmless(kind, raw, name)
        return process_time() - started

    def test_random_damage(self):
        readable = 0
        for name, (kind, raw) in files().items():
            chance = random.Random(name)
            text = raw.decode("utf-8-sig").replace("\r", "").replace("\n", "")
            large = len(raw) >= 3000 and MUTATIONS < 10_000
            for _run in range(MUTATIONS // 10 if large else MUTATIONS):
                changed = damaged(text, chance).encode("utf-8", "surrogatepass")
                readable += self.assertHarmless(kind, changed, name)
        # most damage must get past the envelope, or the readers behind it were not tried
        self.assertGreater(readable, MUTATIONS)

    def test_random_bytes(self):
        chance = random.Random(0)
        for _run in range(MUTATIONS):
            raw = chance.randbytes(chance.randrange(400))
            for prefix in (b"", b"ISA", own("remittance.edi")[:106]):
                with self.assertRaises(X12Error):
                    kinds(prefix + raw)

    def test_every_reader_refuses_the_files_of_others(self):
        for name, (kind, raw) in files().items():
            for wanted, reader in READERS.items():
                if wanted not in (kind, "997", "999" if kind == "997" else kind):
                    with self.assertRaisesRegex(X12Error, f"no {wanted}"):
                        reader(raw)
                        self.fail(name)


class TestHostileClaims(BaseCase):
    """Data that no clinic should have, which a clinic will have."""

    def test_any_text_gives_a_gap_or_a_sound_file(self):
        chance = random.Random(837)
        written = 0
        for run in range(MUTATIONS):
            text = "".join(chance.choice(NONSENSE) for _part in range(2)) + chance.choice(
                "ABC123~*"
            )
            one = claim(
                f"C-{run}",
                subscriber=subscriber(last=text, member_id=text, group_number=text),
                notes=(text,),
                lines=(line(description=text), line(f"L-{run}", "D1110")),
            )
            self.assertIsInstance(gaps(one, TODAY), tuple)
            elements(one)
            raw = render_837d(batch(one))
            self.assertEqual(kinds(raw), ("837D",))
            self.assertEqual(raw.count(b"~"), raw.count(b"\n"))
            written += not gaps(one, TODAY)
        self.assertGreater(written, MUTATIONS // 4)

    def test_emptied_fields_are_shown_and_never_crash(self):
        chosen = ("dependent", "pay to", "place", "second payer, by line", "third payer", "teeth")
        for what in chosen:
            for path, one in emptied(variants()[what]):
                self.assertIsInstance(gaps(one, TODAY), tuple, (what, path))
                elements(one)
                render_837d(batch(one))

    def test_every_variant_survives_in_other_separators(self):
        raw = write_837d(batch(*variants().values()))
        swapped = raw.translate(bytes.maketrans(b"*:~", b"|>\x1c"))
        self.assertEqual(kinds(swapped), ("837D",))
