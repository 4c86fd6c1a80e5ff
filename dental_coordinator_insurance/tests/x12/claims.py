# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Claims for the tests: a complete one to vary, and the published ones as dataclasses."""

from datetime import date, datetime
from decimal import Decimal

from ...x12 import (
    Address,
    Adjustment,
    Attachment,
    Batch,
    BillingProvider,
    Claim,
    Contact,
    Envelope,
    OtherPayer,
    Patient,
    Payer,
    Provider,
    Receiver,
    ServiceLine,
    Submitter,
    Subscriber,
    Tooth,
)

TODAY = date(2026, 3, 2)
NPI = "1234567893"
HOME = Address("12 Elm Street", "Portland", "OR", "97201")


def billing(**values):
    return BillingProvider(
        **{
            "name": "Bridge Dental",
            "npi": NPI,
            "address": Address("5 Bridge Road", "Portland", "OR", "97201-1234", "Suite 4"),
            "tax_id": "99-9999999",
            "contact": Contact("Desk", "503-555-0100"),
        }
        | values
    )


def subscriber(**values):
    return Subscriber(
        **{
            "last": "Lund",
            "first": "Anna",
            "member_id": "M100",
            "birth": date(1984, 7, 4),
            "sex": "F",
            "address": HOME,
            "group_number": "G-7",
        }
        | values
    )


def patient(**values):
    return Patient(
        **{
            "last": "Lund",
            "first": "Kai",
            "relation": "19",
            "birth": date(2015, 5, 6),
            "sex": "M",
            "address": HOME,
        }
        | values
    )


def line(key="L-1", code="D2391", charge="180", **values):
    return ServiceLine(key, code, Decimal(charge), **values)


def claim(number="C-100", **values):
    return Claim(
        **{
            "number": number,
            "billing": billing(),
            "subscriber": subscriber(),
            "payer": Payer("Harbor Dental Plan", "HARB1"),
            "lines": (line(teeth=(Tooth("3", "MO"),)),),
            "service_date": date(2026, 2, 10),
            "rendering": Provider("Ortiz", NPI, "Eva", taxonomy="1223G0001X"),
        }
        | values
    )


def other_payer(**values):
    return OtherPayer(
        **{
            "name": "First Plan",
            "id": "FIRST",
            "sequence": "P",
            "relation": "18",
            "subscriber": subscriber(member_id="F100"),
            "date": date(2026, 2, 20),
        }
        | values
    )


def batch(*claims, **values):
    return Batch(
        **{
            "envelope": Envelope(
                "CLINIC", "CLEARING", 301, 7, datetime(2026, 3, 2, 9, 15), test=True
            ),
            "submitter": Submitter("Bridge Dental", "SUB1", Contact("Desk", "503-555-0100")),
            "receiver": Receiver("Clearing House", "CLEAR1"),
            "claims": claims or (claim(),),
            "reference": "B-301",
        }
        | values
    )


# ---- the published claims ----

_SEAWAY = Address("234 Seaway St", "Miami", "FL", "33111")
_MAIN = Address("236 N Main St", "Miami", "FL", "33413")
_ASSOCIATES = {"name": "Dental Associates", "address": _SEAWAY, "tax_id": "587654321"}
_TED = Patient("Smith", "Ted", "19", date(1992, 5, 1), "M", _MAIN)
_SENT = Submitter("Premier Billing Service", "567890", Contact("Jerry", "7176149999"))
_TREATED = date(2006, 11, 9)


def _published(control, receiver, one, submitter=_SENT):
    envelope = Envelope(
        "123456789012345",
        "123456789012346",
        10216,
        20213,
        datetime(2008, 5, 3, 17, 5),
        test=True,
        app_sender="1234567890",
        app_receiver="1234567890",
        first_set_control=control,
    )
    return Batch(envelope, submitter, receiver, (one,), "0123")


def _ted(payer, insured, trace, **values):
    return Claim(
        **{
            "number": "26403774",
            "billing": BillingProvider(npi="4567890123", **_ASSOCIATES),
            "subscriber": insured,
            "payer": payer,
            "patient": _TED,
            "lines": (line("1", "D3320", "200", teeth=(Tooth("5"),)),),
            "service_date": _TREATED,
            "trace_number": trace,
            "release": "I",
            "rendering": Provider("Kildare", "6789012345", "Ben", taxonomy="1223P0221X"),
        }
        | values
    )


_KEY = Payer("Key Insurance Company", "999996666")
_PRAIRIES = Payer("Great Prairies Health", "123456789")


def commercial():
    payer = Payer("Insurance Company XYZ", "66783JJT")
    lines = (
        line("1", "D2150", "100", teeth=(Tooth("12", "MO"),)),
        line("2", "D1110", "50"),
    )
    one = _ted(
        payer,
        Subscriber("Smith", "Jane", "111223333"),
        "17312345600006351",
        billing=BillingProvider(npi="1234567890", **_ASSOCIATES),
        lines=lines,
        service_date=date(2006, 10, 29),
        rendering=Provider("Kildare", "9876543210", "Ben", taxonomy="1223G0001X"),
    )
    submitter = Submitter("Premier Billing Service", "TGJ23", Contact("Jerry", "7176149999"))
    return _published(3456, Receiver(payer.name, payer.id), one, submitter)


def to_payer_a():
    insured = Subscriber("Smith", "Jane", "JS00111223333")
    return _published(2, Receiver(_KEY.name, _KEY.id), _ted(_KEY, insured, "111222333444"))


def to_payer_b():
    insured = Subscriber("Smith", "Jack", "T55TY666", sequence="S")
    first = OtherPayer(
        _KEY.name,
        _KEY.id,
        "P",
        "19",
        Subscriber("Smith", "Jane", "JS001112223333", address=_MAIN),
        adjustments=(Adjustment("PR", "1", Decimal(50), Decimal(1)),),
        paid=Decimal(150),
        date=date(2006, 11, 22),
        release="I",
    )
    one = _ted(_PRAIRIES, insured, "444333222111", others=(first,))
    return _published(123, Receiver(_PRAIRIES.name, _PRAIRIES.id), one)


def predetermination():
    one = Claim(
        "SMITH878",
        BillingProvider(
            # the sample has first and family name in this order
            "John",
            "2345678901",
            Address("123 Tooth Drive", "Miami", "FL", "33411"),
            "587654321",
            first="Doe",
            organization=False,
            taxonomy="1223G0001X",
        ),
        Subscriber(
            "Smith",
            "Jane",
            "111223333",
            date(1943, 5, 1),
            "F",
            Address("236 N Main Street", "Miami", "FL", "33413"),
        ),
        _KEY,
        (line("1", "D2750", "750", teeth=(Tooth("13"),), prosthesis="I"),),
        kind="predetermination",
        release="I",
        attachments=(Attachment("RB", "BM", "SMITHJANE11122333"),),
        trace_number="123123123",
    )
    submitter = Submitter("ABC Clearinghouse", "ABC123", Contact("Jerry", "7176149999"))
    return _published(321, Receiver(_KEY.name, _KEY.id), one, submitter)


PUBLISHED = {
    "837d/commercial-health-insurance.edi": commercial,
    "837d/claim-from-billing-provider-to-payer-a.edi": to_payer_a,
    "837d/claim-from-billing-provider-to-payer-b.edi": to_payer_b,
    "837d/predetermination-of-benefits.edi": predetermination,
}
