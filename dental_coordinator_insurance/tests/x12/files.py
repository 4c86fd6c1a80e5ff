# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files for the tests: own ones beside this module, published ones where they are available."""

import unittest
from pathlib import Path

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
GROUPS = {"835": "HP", "837": "HC", "271": "HB", "999": "FA", "997": "FA", "277": "HN", "278": "HI"}


def own(name):
    return (HERE / name).read_bytes()


def sample(name):
    """Bytes of a published sample such as ``835/dental-era-sample.edi``; skips without it."""
    path = SHARED / "samples" / "x12" / name
    if not path.exists():
        raise unittest.SkipTest(f"{name}: the published samples are not here")
    return path.read_bytes()


def samples(folder):
    path = SHARED / "samples" / "x12" / folder
    if not path.exists():
        raise unittest.SkipTest("the published samples are not here")
    return sorted(f"{folder}/{file.name}" for file in path.iterdir())


def wrap(*bodies, code="835", version="005010X221A1", control=1, terminator="~", element="*"):
    """An interchange with one set for each body, a text of segments between ST and SE.

    Bodies are written with ``*`` and a line for each segment.
    """
    group = GROUPS[code]
    lines = [
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{'PAYER':15}*ZZ*{'CLINIC':15}*260302*0915*^*00501*"
        + f"{control:09}*0*T*:",
        f"GS*{group}*PAYER*CLINIC*20260302*0915*{control}*X*{version}",
    ]
    for number, body in enumerate(bodies, 1):
        segments = [line.strip() for line in body.strip().splitlines() if line.strip()]
        lines += [f"ST*{code}*{number:04}", *segments, f"SE*{len(segments) + 2}*{number:04}"]
    lines += [f"GE*{len(bodies)}*{control}", f"IEA*1*{control:09}"]
    text = "".join(line.replace("*", element) + terminator for line in lines)
    return text.encode()
