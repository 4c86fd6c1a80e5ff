# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person types while the payer's agent speaks."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

_YES = {"y", "yes", "ja", "true", "1"}
_NO = {"n", "no", "none", "false", "0"}
_UNLIMITED = {"unlimited", "no limit", "nolimit"}
_UNITS = {
    "d": "days",
    "day": "days",
    "m": "months",
    "mo": "months",
    "month": "months",
    "y": "years",
    "yr": "years",
    "year": "years",
}
_PERIODS = {
    "benefit year": "service_year",
    "plan year": "service_year",
    "calendar year": "calendar_year",
    "lifetime": "lifetime",
    "life": "lifetime",
}
_FREQUENCY = re.compile(
    r"^(?P<count>\d+|once|twice)\s*(?:x|times)?\s*(?:per|in|a|an|every|/)?\s*(?P<rest>.+)$"
)
_SPAN = re.compile(r"^(?P<number>\d+)?\s*(?P<unit>[a-z]+?)s?$")
_WORDS = {"once": 1, "twice": 2}


@dataclass(frozen=True)
class Answer:
    """An answer that was understood; only the fields of its form are set.

    :param period: as the benefit rules name it
    :param none: the payer said that there is no such limit
    """

    number: Decimal | None = None
    period: str = ""
    count: int = 1
    day: date | None = None
    yes: bool | None = None
    text: str = ""
    none: bool = False


def read_answer(form, text):
    """What was typed, or None where nothing was: unknown stays unknown.

    :raises ValueError: saying how such an answer is typed
    """
    words = " ".join((text or "").split()).lower()
    if not words:
        return None
    return _READERS[form](words, text.strip())


def _amount(words, _text):
    if words in _UNLIMITED:
        return Answer(none=True)
    return Answer(number=_number(words.lstrip("$"), "1500, or unlimited"))


def _percent(words, _text):
    number = _number(words.rstrip("% "), "80, or 0 where it is not covered")
    if number > 100:
        raise ValueError("A percentage lies between 0 and 100.")
    return Answer(number=number)


def _frequency(words, _text):
    if words in _UNLIMITED or words in _NO:
        return Answer(none=True)
    found = _FREQUENCY.match(words)
    if not found:
        raise ValueError("Type it as 2 per year, 1 per 6 months, 1 in 5 years or once a lifetime.")
    count = _WORDS.get(found["count"]) or int(found["count"])
    rest = found["rest"].strip()
    for name, period in _PERIODS.items():
        if rest == name:
            return Answer(number=Decimal(count), period=period)
    if rest == "year":
        return Answer(number=Decimal(count), period="service_year")
    number, unit = _span_of(rest)
    if unit == "days":
        raise ValueError("Type months or years, not days.")
    return Answer(number=Decimal(count), period=unit, count=number)


def _span(words, _text):
    if words in _NO:
        return Answer(number=Decimal(0), period="months")
    number, unit = _span_of(words)
    return Answer(number=Decimal(number), period=unit)


def _span_of(words):
    found = _SPAN.match(words)
    unit = found and _UNITS.get(found["unit"])
    if not unit:
        raise ValueError("Type it as 6 months or 5 years.")
    return int(found["number"] or 1), unit


def _age(words, _text):
    if words in _UNLIMITED or words in _NO:
        return Answer(none=True)
    digits = re.sub(r"\D", "", words)
    if not digits or int(digits) > 120:
        raise ValueError("Type the last age that is covered, such as 18, or none.")
    return Answer(number=Decimal(digits))


def _day(words, _text):
    if words in _NO or words == "never":
        return Answer(none=True)
    for pattern in (r"^(\d{4})-(\d\d?)-(\d\d?)$", r"^(\d\d?)/(\d\d?)/(\d{4})$"):
        found = re.match(pattern, words)
        if found:
            parts = [int(part) for part in found.groups()]
            year, month, day = parts if parts[0] > 31 else (parts[2], parts[0], parts[1])
            try:
                return Answer(day=date(year, month, day))
            except ValueError:
                break
    raise ValueError("Type the day as 2026-03-31 or 3/31/2026, or never.")


def _yes(words, _text):
    first = words.split(",")[0].split()[0]
    if first in _YES:
        return Answer(yes=True, text=words)
    if first in _NO:
        return Answer(yes=False, text=words)
    raise ValueError("Type yes or no.")


def _text(_words, text):
    return Answer(text=text)


def _number(words, example):
    try:
        number = Decimal(words.replace(",", "").strip())
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise ValueError(f"Type a number, such as {example}.")
    return number


_READERS = {
    "amount": _amount,
    "percent": _percent,
    "frequency": _frequency,
    "span": _span,
    "age": _age,
    "date": _day,
    "yes": _yes,
    "text": _text,
}
