# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts, dates and text as X12 writes them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,8})?|\.\d{1,8})", re.ASCII)
_DATE = re.compile(r"\d{8}", re.ASCII)
# Letters without a decomposition, which NFKD would leave and ASCII then lose.
_LETTERS = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Ł": "L", "Ħ": "H", "ı": "I"}
    | {"‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-"}
)
# The basic and extended character sets of X12 less what our files separate with.
_FOREIGN = re.compile(r"[^A-Z0-9 !\"&'()+,\-./;?=%@\[\]_{}\\#$]+")
_NPI_PREFIX = "80840"
_EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|#)\s*\d{1,6}\s*$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def number(text):
    """Decimal of an X12 number, None when it is none (exponents and words are none)."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


@lru_cache(maxsize=8192)
def day(text):
    """date of ``CCYYMMDD``, None when there is no such day."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def count_of(text):
    """Small whole number, None when it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def plain(value):
    """Amount as X12 wants it: no exponent, no trailing zeros, no sign on zero."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def ccyymmdd(value):
    # strftime("%Y") drops leading zeros of early years on some platforms
    return f"{value.year:04}{value.month:02}{value.day:02}"


@lru_cache(maxsize=8192)
def clean(text, limit=None):
    """Text as it may stand in a file: upper case, no accents, no control or separator characters.

    :param limit: longest length, the rest is cut off
    """
    text = unicodedata.normalize("NFKD", (text or "").upper().translate(_LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char)).upper()
    text = " ".join(_FOREIGN.sub(" ", text).split())
    return text if limit is None else text[:limit].rstrip()


def digits(text):
    return "".join(char for char in text or "" if char in "0123456789")


def telephone(text):
    """Digits of a number, without the country's 1 before ten of them and without extension."""
    found = digits(_EXTENSION.sub("", text or ""))
    return found[1:] if len(found) == 11 and found[0] == "1" else found


def extension(text):
    """Digits behind ``ext``, ``x`` or ``#`` at the end of a telephone number."""
    found = _EXTENSION.search(text or "")
    return digits(found[0]) if found else ""


def npi_valid(text):
    """True for ten digits whose last one is the check digit (Luhn over 80840 + the number)."""
    if not re.fullmatch(r"\d{10}", text or "", re.ASCII):
        return False
    total = 0
    for index, char in enumerate(reversed(_NPI_PREFIX + text)):
        value = int(char) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
