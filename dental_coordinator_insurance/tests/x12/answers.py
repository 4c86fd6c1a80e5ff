# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers a payer would give to our own files, for tests and the demo clinic.

Standard library only, and nothing of the ``x12`` package: what the readers read is so not written
by the same hand. Every function takes plain values and returns the bytes of a file.
"""

from datetime import date, datetime
from decimal import Decimal

WHEN = datetime(2026, 3, 2, 9, 15)
PAYER = {"name": "Harbor Dental Plan", "id": "HARB1", "tax_id": "1999999999"}
PAYEE = {"name": "Bridge Dental", "npi": "1234567893"}


def parse_837d(raw):
    """Claims of one of our 837D files.

    :return: list of dicts: number, charge (Decimal), reference (BHT03), set_control, group_control,
        interchange_control, payer_id, member_id, last, first, service_date (CCYYMMDD or ""),
        predetermination (bool), billing_npi, billing_name, payer_name and lines, a list of dicts
        with key, code, charge, quantity
    """
    reader = _Claims()
    for parts in _segments(raw):
        read = getattr(reader, parts[0].lower(), None)
        if read:
            read(*parts[1:])
    return reader.claims


def _segments(raw):
    text = raw.decode()
    for segment in text.split(text[105]):
        if segment.strip():
            yield segment.strip().split(text[3])


class _Claims:
    """One method a segment that matters, named after it."""

    def __init__(self):
        self.claims = []
        self.known = {}  # what the claims that follow have in common
        self.open = None

    def isa(self, *parts):
        self.known["interchange_control"] = parts[12]

    def gs(self, *parts):
        self.known["group_control"] = parts[5]

    def st(self, _code, number, *_rest):
        self.known["set_control"] = number

    def bht(self, _structure, _purpose, reference, *_rest):
        self.known["reference"] = reference

    def hl(self, *_parts):
        self.open = None

    def nm1(self, role, _kind, last="", first="", *rest):
        id_ = rest[4] if len(rest) > 4 else ""
        if self.open is None:
            self.known |= {
                "85": {"billing_name": last, "billing_npi": id_},
                "PR": {"payer_name": last, "payer_id": id_},
                "IL": {"member_id": id_, "last": last, "first": first},
                "QC": {"last": last, "first": first},
            }.get(role, {})

    def clm(self, number, charge, *rest):
        self.open = self.known | {
            "number": number,
            "charge": Decimal(charge),
            "service_date": "",
            "predetermination": "PB" in rest[16:17],
            "lines": [],
        }
        self.claims.append(self.open)

    def dtp(self, qualifier, _format, value):
        if qualifier == "472":
            self.open["service_date"] = self.open["service_date"] or value

    def sv3(self, procedure, charge, *rest):
        line = {"key": "", "code": procedure.split(":")[1], "charge": Decimal(charge)}
        self.open["lines"].append(line | {"quantity": rest[3] if len(rest) > 3 else "1"})

    def ref(self, qualifier, value, *_rest):
        if qualifier == "6R":
            self.open["lines"][-1]["key"] = value


# ---- writing ----


def _file(functional, code, version, segments, when=WHEN, control=1, sender="HARBOR"):
    """Interchange with one set. ``segments`` are lists of elements, ST and SE left out."""
    body = [["ST", code, "0001", *([version] if code != "835" else [])], *segments]
    body.append(["SE", str(len(body) + 1), "0001"])
    empty, day, time = " " * 10, f"{when:%Y%m%d}", f"{when:%H%M}"
    rows = [
        ["ISA", "00", empty, "00", empty, "ZZ", f"{sender:15}", "ZZ", f"{'CLINIC':15}"]
        + [day[2:], time, "^", "00501", f"{control:09}", "0", "T", ":"],
        ["GS", functional, sender, "CLINIC", day, time, str(control), "X", version],
        *body,
        ["GE", "1", str(control)],
        ["IEA", "1", f"{control:09}"],
    ]
    return "".join("*".join(row).rstrip("*") + "~\n" for row in rows).encode()


def _money(value):
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value):
    return f"{value:%Y%m%d}" if value else ""


def _cas(adjustments):
    """CAS segments of (group, reason, amount) rows, a segment for each group."""
    groups = {}
    for group, reason, amount in adjustments:
        groups.setdefault(group, []).extend((reason, _money(amount), ""))
    return [["CAS", group, *values] for group, values in groups.items()]


def era(
    claims,
    trace="EFT1",
    when=date(2026, 3, 2),
    payer=None,
    payee=None,
    provider_adjustments=(),
    amount=None,
    method="ACH",
    control=1,
):
    """An 835.

    :param claims: dicts: number, charge, paid; optional status ("1"), patient_share, payer_number,
        original_number, last, first, member_id, adjustments [(group, reason, amount)] and lines,
        dicts: code, charge, paid; optional key, submitted_code, units, date (a date), adjustments,
        allowed, remarks (codes)
    :param provider_adjustments: (reason, reference, amount); a positive amount lowers the payment
    :param amount: sent amount; None: what the claims and provider adjustments come to
    :param payer: dict name, id, tax_id; ``payee``: dict name, npi
    """
    payer, payee = PAYER | (payer or {}), PAYEE | (payee or {})
    if amount is None:
        amount = sum((Decimal(c["paid"]) for c in claims), Decimal(0))
        amount -= sum((Decimal(a) for _reason, _reference, a in provider_adjustments), Decimal(0))
    handling, how = ("I", method) if amount else ("H", "NON")
    rows = [
        ["BPR", handling, _money(amount), "C", how, *_bank(how, payer["tax_id"]), _day(when)],
        ["TRN", "1", trace, payer["tax_id"]],
        ["DTM", "405", _day(when)],
        ["N1", "PR", payer["name"].upper(), "XV", payer["id"]],
        ["N3", "1 PIER ROAD"],
        ["N4", "PORTLAND", "OR", "97201"],
        ["PER", "BL", "DESK", "TE", "5035550100"],
        ["N1", "PE", payee["name"].upper(), "XX", payee["npi"]],
        ["LX", "1"],
    ]
    for one in claims:
        rows += _era_claim(one)
    if provider_adjustments:
        pairs = []
        for reason, reference, value in provider_adjustments:
            pairs += [f"{reason}:{reference}" if reference else reason, _money(value)]
        rows.append(["PLB", payee["npi"], f"{when.year}1231", *pairs])
    stamp = datetime(when.year, when.month, when.day, 9, 15)
    return _file("HP", "835", "005010X221A1", rows, stamp, control)


def _bank(how, originator):
    """BPR05 to BPR15: an electronic payment names both accounts."""
    if how != "ACH":
        return [""] * 11
    return ["CCP", "01", "111000025", "DA", "123", originator, "", "01", "111000038", "DA", "456"]


def _era_claim(one):
    share = one.get("patient_share")
    rows = [
        ["CLP", one["number"], one.get("status", "1"), _money(one["charge"]), _money(one["paid"])]
        + ["" if share is None else _money(share), "12", one.get("payer_number", ""), "11", "1"],
        *_cas(one.get("adjustments", ())),
        ["NM1", "QC", "1", one.get("last", "LUND").upper(), one.get("first", "ANNA").upper()]
        + ["", "", "", *(["MI", one["member_id"]] if one.get("member_id") else [])],
    ]
    if one.get("original_number"):
        rows.append(["REF", "F8", one["original_number"]])
    for line in one.get("lines", ()):
        rows += _era_line(line)
    return rows


def _era_line(line):
    submitted = line.get("submitted_code")
    row = ["SVC", f"AD:{line['code']}", _money(line["charge"]), _money(line["paid"]), ""]
    row += [_money(line.get("units", 1)), f"AD:{submitted}" if submitted else ""]
    rows = [row]
    if line.get("date"):
        rows.append(["DTM", "472", _day(line["date"])])
    rows += _cas(line.get("adjustments", ()))
    if line.get("key"):
        rows.append(["REF", "6R", line["key"]])
    if line.get("allowed") is not None:
        rows.append(["AMT", "B6", _money(line["allowed"])])
    rows += [["LQ", "HE", code] for code in line.get("remarks", ())]
    return rows


def era_for(raw, pay, **values):
    """The 835 that answers one of our 837D files.

    :param raw: our file
    :param pay: function of (claim, line), both dicts of :func:`parse_837d`, that gives the
        adjustments of that line as (group, reason, amount) rows; what they leave is paid
    :param values: as for :func:`era`, but the claims
    """
    claims = []
    for number, claim in enumerate(parse_837d(raw), 1):
        lines = []
        for line in claim["lines"]:
            adjustments = [*pay(claim, line)]
            paid = line["charge"] - sum((Decimal(a) for _g, _r, a in adjustments), Decimal(0))
            if claim["predetermination"]:
                # what would be paid is told as reason 101; nothing is
                adjustments, paid = [*adjustments, ("OA", "101", paid)], Decimal(0)
            kept = {key: line[key] for key in ("key", "code", "charge")}
            service = claim["service_date"]
            when = datetime.strptime(service, "%Y%m%d").date() if service else None
            lines.append(
                kept
                | {"paid": paid, "adjustments": adjustments, "date": when}
                | {"units": line["quantity"]}
            )
        rows = [row for line in lines for row in line["adjustments"]]
        claims.append(
            {key: claim[key] for key in ("number", "charge", "last", "first", "member_id")}
            | {
                "status": "25" if claim["predetermination"] else "1",
                "paid": sum((line["paid"] for line in lines), Decimal(0)),
                "patient_share": sum((Decimal(a) for g, _r, a in rows if g == "PR"), Decimal(0)),
                "payer_number": f"P{number:06}",
                "lines": lines,
            }
        )
    return era(claims, **values)


def ack_999(raw, rejected=(), errors=(), when=WHEN, control=1):
    """The 999 for one of our 837D files.

    :param rejected: control numbers (ST02) of the sets refused; each names its first claim
    :param errors: control numbers of the sets accepted with errors
    """
    claims = parse_837d(raw)
    first = {}
    for claim in claims:
        first.setdefault(claim["set_control"], claim)
    rows = [["AK1", "HC", claims[0]["group_control"], "005010X224A2"]]
    for number, claim in first.items():
        rows.append(["AK2", "837", number, "005010X224A2"])
        if number in rejected or number in errors:
            rows += [
                ["IK3", "CLM", "22", "2300", "8"],
                ["CTX", f"CLM01:{claim['number']}"],
                ["IK4", "5:1", "1331", "7", "99"],
            ]
        rows.append(
            ["IK5", "R", "5"] if number in rejected else ["IK5", "E" if number in errors else "A"]
        )
    good = len([number for number in first if number not in rejected])
    code = "P" if 0 < good < len(first) else "R" if not good else "E" if errors else "A"
    rows.append(["AK9", code, str(len(first)), str(len(first)), str(good)])
    return _file("FA", "999", "005010X231A1", rows, when, control)


def ack_ta1(raw, code="A", note="000", when=WHEN, control=1):
    """The TA1 for one of our files: code ``A``, ``E`` or ``R`` and note such as ``006``."""
    isa = next(_segments(raw))
    day, time, empty = f"{when:%y%m%d}", f"{when:%H%M}", " " * 10
    rows = [
        ["ISA", "00", empty, "00", empty, "ZZ", f"{'HARBOR':15}", "ZZ", f"{'CLINIC':15}", day, time]
        + ["^", "00501", f"{control:09}", "0", "T", ":"],
        ["TA1", isa[13], isa[9], isa[10], code, note],
        ["IEA", "0", f"{control:09}"],
    ]
    return "".join("*".join(row) + "~\n" for row in rows).encode()


def claim_ack(raw, rejected=None, batch_rejected="", when=WHEN, control=1):
    """The 277CA for one of our 837D files.

    :param rejected: {claim number: "A3:21"}; all others are accepted (A2:20) and get the payer's
        number ``P`` + six digits
    :param batch_rejected: such as "A3:24:41": refuses the whole file, no claim is listed
    """
    claims, rejected = parse_837d(raw), rejected or {}
    day = f"{when:%Y%m%d}"
    bad = [] if batch_rejected else [c for c in claims if c["number"] in rejected]
    good = [] if batch_rejected else [c for c in claims if c["number"] not in rejected]
    refused = claims if batch_rejected else bad
    status = batch_rejected or "A1:19:PR"
    rows = [
        ["BHT", "0085", "08", f"CA{control}", day, f"{when:%H%M}", "TH"],
        ["HL", "1", "", "20", "1"],
        ["NM1", "PR", "2", claims[0]["payer_name"], *[""] * 4, "PI", claims[0]["payer_id"]],
        ["TRN", "1", f"CA{control}"],
        ["DTP", "050", "D8", day],
        ["DTP", "009", "D8", day],
        ["HL", "2", "1", "21", "0" if batch_rejected else "1"],
        ["NM1", "41", "2", claims[0]["billing_name"], *[""] * 4, "46", "CLINIC"],
        ["TRN", "2", claims[0]["reference"]],
        ["STC", status, day, "U" if batch_rejected else "WQ", _money(_charges(claims))],
    ]
    rows += [["QTY", q, str(len(some))] for q, some in (("90", good), ("AA", refused)) if some]
    rows += [
        ["AMT", q, _money(_charges(some))] for q, some in (("YU", good), ("YY", refused)) if some
    ]
    if not batch_rejected:
        rows += [
            ["HL", "3", "2", "19", "1"],
            [
                "NM1",
                "85",
                "2",
                claims[0]["billing_name"],
                *[""] * 4,
                "XX",
                claims[0]["billing_npi"],
            ],
        ]
        for number, claim in enumerate(claims, 1):
            rows += _claim_ack(claim, number, rejected.get(claim["number"]), day)
    return _file("HN", "277", "005010X214", rows, when, control)


def _charges(claims):
    return sum((claim["charge"] for claim in claims), Decimal(0))


def _claim_ack(claim, number, refusal, day):
    service = claim["service_date"]
    rows = [
        ["HL", str(number + 3), "3", "PT"],
        ["NM1", "QC", "1", claim["last"], claim["first"], "", "", "", "MI", claim["member_id"]],
        ["TRN", "2", claim["number"]],
        ["STC", refusal or "A2:20", day, "U" if refusal else "WQ", _money(claim["charge"])],
    ]
    if not refusal:
        rows.append(["REF", "1K", f"P{number:06}"])
    return [*rows, *([["DTP", "472", "D8", service]] if service else [])]


def eligibility(
    rows,
    reference="E1",
    trace="E1",
    member_id="M100",
    last="LUND",
    first="ANNA",
    birth=date(1984, 7, 4),
    sex="F",
    group_number="G-7",
    payer=None,
    rejection="",
    when=WHEN,
    control=1,
):
    """A 271 for a subscriber.

    :param rows: EB segments and what follows them, as text: ``"EB*C*IND*35***23*50*****Y"``,
        ``"MSG*WAITING PERIOD"``
    :param rejection: AAA03 such as "75" (not found); then there are no rows
    """
    payer = PAYER | (payer or {})
    body = [
        ["BHT", "0022", "11", reference, f"{when:%Y%m%d}", f"{when:%H%M}"],
        ["HL", "1", "", "20", "1"],
        ["NM1", "PR", "2", payer["name"].upper(), *[""] * 4, "PI", payer["id"]],
        ["HL", "2", "1", "21", "1"],
        ["NM1", "1P", "2", PAYEE["name"].upper(), *[""] * 4, "XX", PAYEE["npi"]],
        ["HL", "3", "2", "22", "0"],
        ["TRN", "2", trace, "9999999999"],
        ["NM1", "IL", "1", last.upper(), first.upper(), "", "", "", "MI", member_id],
    ]
    if rejection:
        body.append(["AAA", "N", "", rejection, "C"])
    else:
        body += [["REF", "6P", group_number]] if group_number else []
        body.append(["DMG", "D8", _day(birth), sex])
        body += [row.split("*") for row in rows]
    return _file("HB", "271", "005010X279A1", body, when, control)
