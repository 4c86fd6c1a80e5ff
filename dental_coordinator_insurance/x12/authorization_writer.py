# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing 278 requests for prior authorization."""

from dataclasses import replace
from itertools import count

from .claim_line_gaps import AREAS, check_tooth
from .gaps import Gaps
from .inquiry import ask_gaps, days, refuse
from .segments import birth, composite, contact, firm, interchange, pairs, person, provider, row
from .values import ccyymmdd, clean, plain

VERSION = "005010X217"
CATEGORIES = ("AR", "HS", "IN", "SC")
KINDS = ("1", "2", "3", "4", "I", "N", "R", "S")
FIRST = "I"


def write_278(envelope, request, reference):
    """Bytes of an interchange with one AuthorizationRequest.

    :param reference: our number of the file (BHT03)
    :raises X12Error: when anything needed is missing; its ``gaps`` has all of it
    """
    refuse(authorization_gaps(request))
    body = _rows(request, envelope.when, reference)
    return interchange(replace(envelope, version=VERSION), "HI", "278", [body])


def authorization_gaps(request):
    """Gaps of an AuthorizationRequest."""
    found = Gaps()
    someone, patient = request.subscriber, request.patient
    ask_gaps(found, "", request.payer, someone, patient, request.requester, "requester")
    found.text("2000E", "TRN02", "trace", request.trace, "The number of the request", 50)
    message = f"The originator {request.originator!r} does not have ten characters"
    remedy = "Enter 9 and the nine-digit tax number."
    good = len(clean(request.originator)) == 10
    found.require(good, "2000E", "TRN03", "originator", message, remedy)
    found.chosen("2000E", "UM01", "category", request.category, "Category", CATEGORIES)
    found.chosen("2000E", "UM02", "kind", request.kind, "Kind of request", KINDS)
    if request.kind != FIRST:
        what = "The number of the authorization that this is about"
        found.text("2000E", "REF BB", "earlier", request.earlier, what, 50)
    person_, who = (patient, "patient") if patient else (someone, "subscriber")
    message, remedy = f"The {who}'s birth date is missing", "Enter the birth date."
    found.require(person_.birth, "2010C", "DMG02", f"{who}.birth", message, remedy)
    message, remedy = "No service is asked for", "Add a service."
    found.require(request.services, "2000F", "SV3", "services", message, remedy)
    for index, one in enumerate(request.services):
        path = f"services[{index}]"
        found.text("2000F", "SV301-2", f"{path}.code", one.code, "The procedure code", 48)
        for number, tooth in enumerate(one.teeth):
            check_tooth(found, "2000F", "TOO02", f"{path}.teeth[{number}].number", tooth.number)
        message, good = f"{one.code}: unknown area of the mouth", set(one.areas) <= AREAS
        found.require(good, "2000F", "SV304", f"{path}.areas", message, "Choose the area again.")
    return tuple(found.found)


def _rows(request, when, reference):
    numbers = map(str, count(1))
    yield row("", "BHT", "0007", "13", clean(reference), ccyymmdd(when), f"{when:%H%M}")
    yield row("", "HL", next(numbers), "", "20", "1")
    yield firm("", "X3", request.payer.name, "PI", request.payer.id)
    yield row("", "HL", next(numbers), "1", "21", "1")
    yield provider("", "1P", request.requester, "")
    if request.contact:
        yield contact("", request.contact)
    parent = next(numbers)
    yield row("", "HL", parent, "2", "22", "1")
    yield person("", "IL", request.subscriber, "MI", request.subscriber.member_id)
    if request.patient:
        level = next(numbers)
        yield row("", "HL", level, parent, "23", "1")
        yield person("", "QC", request.patient)
        yield birth("", request.patient, "")
        yield row("", "INS", "N", request.patient.relation)
        parent = level
    else:
        yield birth("", request.subscriber, "")
    event = next(numbers)
    yield row("", "HL", event, parent, "EV", "1")
    yield from _event(request)
    for one in request.services:
        yield row("", "HL", next(numbers), event, "SS", "0")
        yield from _service(one)


def _event(request):
    yield row("", "TRN", "1", clean(request.trace), clean(request.originator))
    place = composite(request.place, "B")
    yield row("", "UM", request.category, request.kind, request.service_type, place)
    yield from pairs("", "REF", [("BB", request.earlier)])
    yield from days("AAH", request.date, request.date_to)
    if request.diagnoses:
        codes = [clean(code).replace(".", "") for code in request.diagnoses]
        found = [composite("ABF" if n else "ABK", code) for n, code in enumerate(codes)]
        yield row("", "HI", *found)
    for sent in request.attachments:
        control = ("", "", "AC", clean(sent.control)) if sent.control else ()
        yield row("", "PWK", sent.kind, sent.how, *control)
    if request.message:
        yield row("", "MSG", clean(request.message, 264))
    if request.service_provider:
        yield provider("", "SJ", request.service_provider, "")


def _service(one):
    yield from days("472", one.date, None)
    charge = "" if one.charge is None else plain(one.charge)
    procedure, areas = composite("AD", clean(one.code)), composite(*one.areas)
    yield row("", "SV3", procedure, charge, "", areas, "", plain(one.quantity))
    for tooth in one.teeth:
        yield row("", "TOO", "JP", tooth.number, composite(*tooth.surfaces))
    if one.message:
        yield row("", "MSG", clean(one.message, 264))
