# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The guard in front of every reader: bytes to interchanges, groups and transaction sets.

Files come with any separators, a byte-order mark, UTF-8 or Latin-1, line breaks anywhere, several
interchanges with different separators, a missing last terminator. All of these are read, block by
block, so that a large file never stands in memory as a whole. What is cut off, miscounted or
foreign raises :class:`X12Error`; control numbers that differ are common and only found.
"""

import codecs
import re
from dataclasses import astuple, dataclass

from .errors import Finding, X12Error
from .values import day, number

KINDS = ("835", "837D", "270", "271", "276", "277", "277CA", "278", "997", "999", "TA1")
ENVELOPE = frozenset(("ISA", "IEA", "GS", "GE", "ST", "SE", "TA1"))

_BLOCK = 1 << 16
_LONGEST = 1 << 16  # characters of a segment; the longest ones of the guides are below 2,000
_PADDING = "".join(map(chr, range(33))) + "\ufeff\xef\xbb\xbf"  # a mark may be read as Latin-1
# What is looked at of either end of a file, and what stands at the latter.
_TAIL = 512
_END = re.compile(rb"IEA.\d{1,5}.\d{9}", re.DOTALL)
_AGAIN = "Ask the sender for the file again."
_ISA_WIDTHS = tuple(enumerate((3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)))


@dataclass(frozen=True, slots=True)
class Separators:
    element: str
    component: str
    repetition: str  # empty when the version has none
    terminator: str


@dataclass(frozen=True, slots=True)
class Interchange:
    sender: str
    receiver: str
    version: str
    control: str
    test: bool
    separators: Separators


@dataclass(frozen=True, slots=True)
class Group:
    functional: str
    sender: str
    receiver: str
    control: str
    version: str


class TransactionSet:
    """One set (ST to SE), or a lone TA1; iterate it once for its segments.

    A segment is the list of its elements, the segment id first.
    """

    def __init__(self, document, parts, kind, version, body):
        self.document = document
        self.kind = kind
        self.version = version
        self.control = element(parts, 2)
        self.interchange = document.interchange
        self.group = document.group
        self.position = document.position
        self._body = body

    def __iter__(self):
        return self._body

    @property
    def component(self):
        return self.interchange.separators.component

    def amount(self, parts, index):
        """Decimal of an element that only informs: None, and a finding, when it is none."""
        text = element(parts, index)
        value = number(text) if text else None
        if text and value is None:
            self.document.warn("amount", f"{text[:30]!r} is no amount", parts[0])
        return value

    def day(self, parts, index):
        """date of an element, None when it is empty or, with a finding, when it is no day."""
        text = element(parts, index)
        value = day(text)
        if text and value is None:
            self.document.warn("date", f"{text[:30]!r} is no date", parts[0])
        return value

    def repeated(self, text):
        """Values of a repeated element."""
        separator = self.interchange.separators.repetition
        return text.split(separator) if separator and text else [text] if text else []


def element(parts, index):
    """Element by its number in the guide, empty when it was left out."""
    return parts[index] if len(parts) > index else ""


def sniff(raw):
    """Kind of the first set in a file, one of KINDS.

    :raises X12Error: for an empty or foreign file and for sets this program does not read
    """
    for transaction in Document(raw).sets():
        if transaction.kind not in KINDS:
            raise X12Error(
                f"the file is a {transaction.kind} of version {transaction.version or 'unknown'}",
                "ST",
                transaction.position,
                "Only dental claims and the answers to them are read here.",
            )
        return transaction.kind
    raise X12Error("the file has no transaction set", remedy=_AGAIN)


def ended(raw):
    """False for bytes that stop in the middle of an interchange, as while they are being written.

    What is no interchange at all has ended: nothing says that more of it is to come.
    """
    start = raw[:_TAIL].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not raw or not start.startswith(b"ISA"):
        return bool(raw) and not b"ISA".startswith(start)
    return bool(_END.search(raw[-_TAIL:]))


def kinds(source):
    """Distinct kinds in a file, in their order; the whole envelope is checked."""
    return tuple(dict.fromkeys(transaction.kind for transaction in Document(source).sets()))


def sets_of(source, *wanted):
    """Document, and a generator of its sets that are of a wanted kind.

    :raises X12Error: at the end, when there was none
    """
    document = Document(source)

    def matching():
        seen = []
        for transaction in document.sets():
            seen.append(transaction.kind)
            if transaction.kind in wanted:
                yield transaction
        if not set(seen) & set(wanted):
            raise X12Error(
                f"the file has no {' or '.join(wanted)} but {', '.join(seen) or 'no set at all'}",
                remedy="Import it as what it is.",
            )

    return document, matching()


class Document:
    """A file, walked once by :meth:`sets`. ``findings`` grows while it is walked."""

    def __init__(self, source):
        self._texts = _texts(source)
        self._rest = ""
        self._separators = None
        self.position = 0
        self.findings = []
        self.interchange = None
        self.group = None

    def warn(self, code, message, segment, ref=""):
        self.findings.append(Finding(code, message, segment, self.position, ref=ref))

    def error(self, reason, segment, remedy=_AGAIN):
        return X12Error(reason, segment, self.position, remedy)

    # ---- segments ----

    def _find_interchange(self):
        """Skip padding up to the next ISA; False at the end of the file."""
        while True:
            self._rest = self._rest.lstrip(_PADDING)
            if len(self._rest) >= 2 * 106:
                break
            more = next(self._texts, None)
            if more is None:
                break
            self._rest += more
        if not self._rest:
            if not self.position:
                raise X12Error("the file is empty", remedy=_AGAIN)
            return False
        if not self._rest.startswith("ISA"):
            reason = "text follows the last interchange" if self.position else "this is no X12 file"
            raise X12Error(
                f"{reason}: {self._rest[:20]!r}", remedy="An X12 file starts with ISA. " + _AGAIN
            )
        return True

    def _segments(self):
        """Every segment as a list of elements, through all interchanges."""
        while self._find_interchange():
            self._separators = separators = _separators(self._rest)
            # str.strip() alone would also take separators such as 0x1F
            blanks = "".join({" ", "\t", "\n"} - set(astuple(separators)))
            carry, self._rest = self._rest, ""
            while True:
                pieces = carry.split(separators.terminator)
                carry = pieces.pop()
                if len(carry) > _LONGEST:
                    raise self.error("no segment end was found for a long stretch", carry[:3])
                for index, piece in enumerate(pieces):
                    piece = piece.strip(blanks)
                    if not piece:
                        continue
                    self.position += 1
                    parts = piece.split(separators.element)
                    yield parts
                    if parts[0] == "IEA":
                        self._rest = separators.terminator.join([*pieces[index + 1 :], carry])
                        break
                else:
                    more = next(self._texts, None)
                    if more is not None:
                        carry += more
                    elif carry.strip(_PADDING):
                        carry += separators.terminator  # the last one was left out
                    else:
                        raise self.error("the file ends before the interchange does", "IEA")
                    continue
                break

    # ---- envelope ----

    def sets(self):
        """Each TransactionSet in turn; a set that the caller leaves early is read to its end."""
        segments = self._segments()
        for parts in segments:
            if parts[0] != "ISA":
                raise self.error("an interchange must start with ISA", parts[0])
            self.interchange = self._open_interchange(parts)
            yield from self._interchange_sets(segments)

    def _interchange_sets(self, segments):
        groups = 0
        self.group = None
        for parts in segments:
            tag = parts[0]
            if tag == "GS":
                groups += 1
                self.group = Group(*(element(parts, n).strip() for n in (1, 2, 3, 6, 8)))
                yield from self._group_sets(segments)
                self.group = None
            elif tag == "TA1":
                yield TransactionSet(self, parts, "TA1", "", iter([parts]))
            elif tag == "IEA":
                self._count(parts, groups, "groups")
                self._control(parts, self.interchange.control, "ISA13")
                return
            else:
                raise self._misplaced(tag, "group")
        raise self.error("the file ends before the interchange does", "IEA")

    def _group_sets(self, segments):
        count = 0
        for parts in segments:
            tag = parts[0]
            if tag == "ST":
                count += 1
                version = element(parts, 3) or self.group.version
                kind = _kind(element(parts, 1), version)
                body = self._body(segments, element(parts, 2), self.position)
                yield TransactionSet(self, parts, kind, version, body)
                for _rest in body:
                    pass
            elif tag == "GE":
                self._count(parts, count, "sets")
                self._control(parts, self.group.control, "GS06")
                return
            else:
                raise self._misplaced(tag, "set (ST to SE)")
        raise self.error("the file ends before the group does", "GE")

    def _body(self, segments, control, start):
        for parts in segments:
            if parts[0] not in ENVELOPE:
                yield parts
                continue
            if parts[0] != "SE":
                raise self.error("the set before it was not closed by SE", parts[0])
            self._count(parts, self.position - start + 1, "segments")
            if element(parts, 2).lstrip("0") != control.lstrip("0"):
                raise self.error(f"set {control} is closed as {element(parts, 2)}", "SE")
            if element(parts, 2) != control:
                self._control(parts, control, "ST02")
            return
        raise self.error("the file ends before the set does", "SE")

    def _open_interchange(self, parts):
        if len(parts) != len(_ISA_WIDTHS):
            raise self.error("it does not have 16 elements", "ISA")
        if any(len(parts[n]) != width for n, width in _ISA_WIDTHS):
            self.warn("isa_width", "The elements of ISA do not have their fixed widths", "ISA")
        values = [part.strip() for part in parts]
        return Interchange(
            sender=values[6],
            receiver=values[8],
            version=values[12],
            control=values[13],
            test=values[15] == "T",
            separators=self._separators,
        )

    def _misplaced(self, tag, where):
        if tag == "ISA":
            return self.error("the interchange before it was not closed by IEA", tag)
        return self.error(f"it stands outside of a {where}", tag)

    def _count(self, parts, counted, what):
        said = element(parts, 1)
        if not said.isdecimal() or len(said) > 10 or int(said) != counted:
            raise self.error(
                f"it says {said or 'no number of'} {what}, there are {counted}",
                parts[0],
                "The file was cut or edited. " + _AGAIN,
            )

    def _control(self, parts, control, place):
        said = element(parts, 2).strip()
        if said != control:
            self.warn(
                "control_number",
                f"{parts[0]}02 is {said or 'empty'} but {place} is {control}",
                parts[0],
            )


def _kind(code, version):
    if code == "837":
        return "837D" if "X224" in version or "X097" in version else "837"
    if code == "277":
        # X214 is the acknowledgment of claims in 5010, X167 the one used beside 4010
        return "277CA" if "X214" in version or "X167" in version else "277"
    return code


def _separators(text):
    """Separators named by an ISA, found by counting its elements, not by its width."""
    mark = text[3:4]
    place = 2
    for _element in range(16):
        place = text.find(mark, place + 1) if mark else -1
        if place < 0 or place > 250:
            raise X12Error("the ISA segment is cut off or has no 16 elements", "ISA", 1, _AGAIN)
    component, terminator = text[place + 1 : place + 2], text[place + 2 : place + 3]
    if terminator == "\r":
        terminator = "\n"
    found = [mark, component, terminator]
    if not all(found) or len(set(found)) < 3 or any(c.isalnum() or c == " " for c in found):
        raise X12Error(f"{found} cannot be the separators", "ISA", 1, _AGAIN)
    repetition, version = text.split(mark, 13)[11:13]
    # 4010 has the letter U here, or anything; it must never split a value
    usable = len(repetition) == 1 and not repetition.isalnum() and repetition not in (*found, " ")
    if not usable or version < "00402":
        repetition = ""
    return Separators(mark, component, repetition, terminator)


def _blocks(source):
    if not hasattr(source, "read"):
        view = memoryview(source or b"")
        for start in range(0, len(view), _BLOCK):
            yield bytes(view[start : start + _BLOCK])
        return
    while block := source.read(_BLOCK):
        yield block


def _texts(source):
    """Decoded blocks: UTF-8 as long as it is that, Latin-1 from then on.

    Line ends become one character, so that either of them may be the segment terminator.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    for block in _blocks(source):
        pending = decoder.getstate()[0]
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError:
            decoder = codecs.getincrementaldecoder("latin-1")()
            text = decoder.decode(pending + block)
        yield text.replace("\r", "\n") if "\r" in text else text
    if pending := decoder.getstate()[0]:
        yield pending.decode("latin-1")
