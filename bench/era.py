# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A large remittance made up, and what reading it takes. Run as a script it tells its memory.

Usage: python -m bench.era FILE
"""

import re
import sys
from pathlib import Path

SIZE = 40_000_000
# One claim of three services, as payers write it.
CLAIM = (
    "CLP*C{number}*1*{charge}*{paid}*{share}*12*P{number}*11*1~"
    "NM1*QC*1*LUND*ANNA****MI*M{number}~"
    "DTM*232*20260302~"
    "SVC*AD:X2740*1150*402**1~DTM*472*20260302~CAS*CO*45*230~CAS*PR*1*50**2*468~REF*6R*A{number}~"
    "AMT*B6*920~"
    "SVC*AD:X0150*80*60**1~DTM*472*20260302~CAS*CO*45*20~REF*6R*B{number}~AMT*B6*60~"
    "SVC*AD:X1110*100*70**1~DTM*472*20260302~CAS*CO*45*30~REF*6R*D{number}~AMT*B6*70~"
)
HEAD = (
    "ISA*00*          *00*          *ZZ*HARBOR         *ZZ*CLINIC         *260302*0915*^*00501"
    "*000000001*0*T*:~GS*HP*HARBOR*CLINIC*20260302*0915*1*X*005010X221A1~ST*835*0001~"
    "BPR*I*{total}*C*ACH*CCP*01*111000025*DA*123*1999999999**01*111000038*DA*456*20260302~"
    "TRN*1*EFT1*1999999999~DTM*405*20260302~N1*PR*HARBOR DENTAL PLAN*XV*HARB1~"
    "N3*1 PIER ROAD~N4*PORTLAND*OR*97201~PER*BL*DESK*TE*5035550100~"
    "N1*PE*BRIDGE DENTAL*XX*1234567893~LX*1~"
)
PAID, CHARGE, SHARE = 532, 1330, 518


def write(path, size=SIZE):
    """Write a sound remittance of about ``size`` bytes. Returns the number of its claims."""
    one = CLAIM.format(number=1000000, charge=CHARGE, paid=PAID, share=SHARE)
    count = size // len(one)
    segments = HEAD.count("~") - 2 + count * one.count("~") + 1
    with Path(path).open("w", encoding="ascii") as file:
        file.write(HEAD.format(total=PAID * count))
        for number in range(1000000, 1000000 + count):
            file.write(CLAIM.format(number=number, charge=CHARGE, paid=PAID, share=SHARE))
        file.write(f"SE*{segments}*0001~GE*1*1~IEA*1*000000001~")
    return count


def walk(path):
    """What pyx12's bare reader needs to go through the file: segments."""
    from pyx12.x12file import X12Reader

    with Path(path).open(encoding="ascii") as file:
        return sum(1 for _segment in X12Reader(file))


def read(path, x12):
    """Read the file into typed claims, one after the other: their number and what they come to."""
    count = paid = 0
    with Path(path).open("rb") as file:
        for event in x12.iter_835(file):
            if isinstance(event, x12.ClaimPayment):
                count += 1
                paid += event.paid
    return count, paid


def peak():
    """The largest memory of this process so far, in megabytes.

    Not `getrusage`, whose peak counts what the parent held when it started this process.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"^VmHWM:\s+(\d+) kB$", told, re.MULTILINE)[1]) / 1024


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dental_coordinator_insurance"))
    import x12

    before = peak()
    read(sys.argv[1], x12)
    sys.stdout.write(f"{peak():.1f} {before:.1f}\n")
