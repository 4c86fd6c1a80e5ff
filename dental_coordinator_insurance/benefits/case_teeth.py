# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Teeth of the case files (Universal numbers) as the engine's :class:`~.area.Area`."""

from .area import Area

UPPER = tuple(str(n) for n in range(1, 17)) + tuple("ABCDEFGHIJ")
LOWER = tuple(str(n) for n in range(17, 33)) + tuple("KLMNOPQRST")
_PERMANENT = {"upper": UPPER[:16], "lower": LOWER[:16]}
_SECOND_MOLARS = frozenset(("2", "15", "18", "31"))
_MOLARS = frozenset(
    ("1", "2", "3", "14", "15", "16", "17", "18", "19", "30", "31", "32", *"ABIJKLST")
)
_PREMOLARS = frozenset(("4", "5", "12", "13", "20", "21", "28", "29"))
_REGIONS = {
    "U": "upper",
    "L": "lower",
    "UR": "upper",
    "UL": "upper",
    "LR": "lower",
    "LL": "lower",
    **dict.fromkeys("123", "upper"),
    **dict.fromkeys("456", "lower"),
}
_REGION_CODES = ("arch", "quadrant", "sextant")


def read_area(tooth="", text="", tooth_range="", code_area=""):
    """Area of a line.

    :param text: surfaces, or the arch (U, L), quadrant (UR ...) or sextant (1 to 6)
    :param tooth_range: comma list; empty entries are ignored, ``2-5`` is a span
    :param code_area: treatment area of the code; empty derives it from the line
    :raises ValueError: for a tooth that does not exist
    """
    tooth, text = (tooth or "").strip().upper(), (text or "").strip().upper()
    teeth = _read_range(tooth_range or "")
    for name in (tooth, *teeth):
        _arch_of_tooth(name)
    is_region = code_area in _REGION_CODES or (not (code_area or tooth or teeth) and bool(text))
    region = text if is_region and text in _REGIONS else ""
    first = tooth or (teeth[0] if teeth else "")
    arch = _arch_of_tooth(first) or _REGIONS.get(region, "")
    whole_arch = region in ("U", "L") and not first
    return Area(
        tooth=tooth,
        text=text,
        teeth=frozenset(teeth),
        covers=frozenset(_PERMANENT[arch]) if whole_arch else frozenset(),
        arch=arch,
        quadrant=_quadrant(first) or (region if len(region) == 2 else ""),
        is_region=is_region,
        classes=_classes(tooth),
    )


def _read_range(text):
    teeth = []
    for part in text.upper().split(","):
        part = part.strip()
        first, dash, last = part.partition("-")
        if dash:
            teeth += [str(n) for n in range(int(first), int(last) + 1)]
        elif part:
            teeth.append(part)
    return teeth


def _base(tooth):
    """The tooth beside which a supernumerary one stands (51 to 82, AS to TS)."""
    if tooth.isdigit() and 51 <= int(tooth) <= 82:
        return str(int(tooth) - 50)
    return tooth[0] if len(tooth) == 2 and tooth[1] == "S" else tooth


def _arch_of_tooth(tooth):
    if not tooth:
        return ""
    base = _base(tooth)
    if base in UPPER:
        return "upper"
    if base in LOWER:
        return "lower"
    raise ValueError(f"tooth {tooth!r} does not exist in Universal numbers")


def _quadrant(tooth):
    if not tooth:
        return ""
    base, arch = _base(tooth), _arch_of_tooth(tooth)
    row = UPPER if arch == "upper" else LOWER
    place = row.index(base)
    half = place < 8 if place < 16 else place < 21
    # Upper teeth are numbered from the patient's right, lower ones from the left.
    return ("U" + "LR"[half]) if arch == "upper" else ("L" + "RL"[half])


def _classes(tooth):
    base = _base(tooth) if tooth else ""
    found = set()
    if base in _SECOND_MOLARS:
        found.add("second_molar")
    if base in _MOLARS:
        found.add("molar")
    if base in _MOLARS or base in _PREMOLARS:
        found.add("posterior")
    return frozenset(found)
