# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shared 837D checker, and the same with what its map of 4010 origin does not know yet.

Which of our files need the latter is kept in ``NOT_IN_THE_SHARED_MAP`` of `test_x12_claim`.

The further patches stand here, apart from the writer, so that one error does not hide in both.
"""

import copy
import importlib.util
import tempfile
import unittest
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

from .files import SHARED

# (loop, segment, place in the loop, where the professional map has one alike, its first codes)
_SEGMENTS = (
    ("2010BB", "REF", "035", "2010BB", ["G2", "LU"]),
    ("2300", "K3", "185", "2300", None),
    ("2320", "AMT", "300", "2320", ["EAF"]),
    ("2320", "AMT", "300", "2320", ["A8"]),
    ("2330B", "N3", "332", "2330B", None),
    ("2330B", "N4", "340", "2330B", None),
    ("2330B", "REF", "355", "2330B", ["F8"]),
    ("2400", "K3", "480", "2400", None),
    ("2430", "AMT", "551", "2430", ["EAF"]),
)
# (loop, segment, its place, the code of one alike in the same loop, its own code)
_RECODED = (
    ("2400", "DTP", "455", "446", "196"),
    ("2400", "DTP", "455", "446", "198"),
    ("2330B", "REF", "355", "T4", "G3"),
)
# (loop, its place among loops, professional loop alike, after which loop)
_LOOPS = (
    ("2310C77", "250", "2310C", "2310C"),
    ("2310E", "250", "2310D", "2310D"),
    ("2420D", "500", "2420D", "2420C"),
)
# The 4010 map wants N402 of every address; 5010 wants it of the United States and Canada alone, as
# the professional map has it. Which address it is, no map asks: see _states.
_USED = ("DN104", "SV301-07", "N402")
_WITH_STATE = ("", "US", "CA")
# Payers after the third one: 5010 tells them apart, as the professional map shows.
_LATER = "ABCDEFGH"
_UNUSED_2010AB = ("NM103", "NM108", "NM109")


@cache
def _tool():
    path = SHARED / "tools" / "check_837d.py"
    if not path.exists():
        raise unittest.SkipTest("the shared checker is not here")
    if importlib.util.find_spec("pyx12") is None:
        raise unittest.SkipTest("pyx12 is not here")
    spec = importlib.util.spec_from_file_location("check_837d", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@cache
def _folder(extended):
    """Folder with the map; the object is kept so that it lives as long as the tests."""
    folder = tempfile.TemporaryDirectory()
    _tool().build_map(Path(folder.name))
    if extended:
        _extend(Path(folder.name) / "837D.5010.derived.xml")
    return folder


def check(raw, extended=False):
    """Findings of the checker on the bytes of a file."""
    folder = Path(_folder(extended).name)
    with tempfile.NamedTemporaryFile(suffix=".edi") as file:
        file.write(raw)
        file.flush()
        findings = _tool().check(file.name, folder)
    return findings + _states(raw) if extended else findings


def _states(raw):
    """What the extended map no longer finds: an address that must have a state and has none."""
    found = []
    for segment in raw.decode().split("~"):
        name, _city, state, _zip, country, *_ = [*segment.strip().split("*"), "", "", "", ""]
        if name == "N4" and not state and country in _WITH_STATE:
            found.append(f"{segment.strip()}: N402 is missing")
    return found


def _extend(path):
    """Patch the derived map with what section 2.4 of the reference calls still to add."""
    tree = ET.parse(path)
    root, alike = tree.getroot(), ET.parse(_tool().MAPS / "837.5010.X222.A1.xml").getroot()
    for loop, tag, pos, source, codes in _SEGMENTS:
        segment = _segment(_tool().loops(alike, source)[0], tag, codes)
        _add(root, loop, segment, pos)
    for loop, tag, pos, like, code in _RECODED:
        segment = copy.deepcopy(_segment(_tool().loops(root, loop)[0], tag, [like]))
        _tool().set_codes(next(segment.iter("element")), [code])
        _add(root, loop, segment, pos)
    for new in _LOOPS:
        _add_loop(root, alike, *new)
    professional = _segment(_tool().loops(alike, "2400")[0], "SV1", None)
    for segment in root.iter("segment"):
        if segment.get("xid") == "SV3":
            _pointer(segment, professional)
        elif segment.get("xid") == "DN2":
            _tooth_system(segment)
    _elements(root)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _add(root, loop, segment, pos):
    for target in _tool().loops(root, loop):
        _insert(target, copy.deepcopy(segment), pos)


def _add_loop(root, alike, xid, pos, source, after):
    for parent in list(root.iter("loop")):
        children = [child for child in parent.findall("loop") if child.get("xid") == after]
        if children:
            new = copy.deepcopy(_tool().loops(alike, source)[0])
            new.set("xid", xid)
            new.find("pos").text = pos
            parent.insert(list(parent).index(children[-1]) + 1, new)


def _elements(root):
    """Usage and codes of elements, everywhere or in one loop."""
    for element in root.iter("element"):
        if element.get("xid") in _USED:
            element.find("usage").text = "S"
        elif element.get("xid") == "SBR01":
            for code in _LATER:
                ET.SubElement(element.find("valid_codes"), "code").text = code
    for loop in _tool().loops(root, "2010AB"):
        for element in loop.iter("element"):
            if element.get("xid") in _UNUSED_2010AB:
                element.find("usage").text = "N"
    for loop in _tool().loops(root, "2320"):
        relation = next(e for e in loop.iter("element") if e.get("xid") == "SBR02")
        ET.SubElement(relation.find("valid_codes"), "code").text = "G8"


def _tooth_system(segment):
    """DN206, a copy of the element before it."""
    last = copy.deepcopy(segment.findall("element")[-1])
    last.set("xid", "DN206")
    for tag, text in (("usage", "R"), ("seq", "06"), ("data_ele", "1270")):
        last.find(tag).text = text
    _tool().set_codes(last, ["JP"])
    segment.append(last)


def _pointer(segment, professional):
    """The diagnosis pointer, SV107 in the professional map and SV311 here."""
    new = copy.deepcopy(next(c for c in professional if c.findtext("seq") == "07"))
    new.find("usage").text, new.find("seq").text = "S", "11"
    old = next(c for c in segment if c.findtext("seq") == "11")
    segment.remove(old)
    segment.append(new)


def _segment(loop, tag, codes):
    for segment in loop.findall("segment"):
        first = next(segment.iter("element"))
        if segment.get("xid") == tag and codes in (
            None,
            [code.text for code in first.iter("code")],
        ):
            return segment
    raise LookupError(f"{loop.get('xid')} has no {tag} {codes}")


def _insert(loop, segment, pos):
    segment.find("pos").text = pos
    before = [s for s in loop.findall("segment") if int(s.findtext("pos")) <= int(pos)]
    loop.insert(list(loop).index(before[-1]) + 1, segment)
