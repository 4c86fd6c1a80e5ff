# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which payer somebody means who types its name freely."""

import re

from .names import words

# What payers' names end in and people leave out, or the other way round.
NOISE = frozenset({"the", "of", "and", "inc", "llc", "co", "corp", "company", "ltd"})


def normal(text):
    """A payer's name to compare: words without accents, case and small words.

    Digits count: they tell plans apart.
    """
    spaced = re.sub(r"(\d+)", " \\1 ", text or "")
    found = [
        word for part in spaced.split() for word in ([part] if part.isdigit() else words(part))
    ]
    return tuple(word for word in found if word not in NOISE) or tuple(found)


def names_of(name, aliases=""):
    """All names of a payer: its own, and those with commas, semicolons or lines between them."""
    return [one for one in (name, *re.split(r"[,;\n]", aliases or "")) if normal(one)]


def meant(typed, payers):
    """The payer whose name stands in what was typed; of several the one named most fully.

    :param payers: {any key: names}
    :return: the key, or None
    """
    told = normal(typed)
    best, most = None, 0
    for key, names in payers.items():
        for name in map(normal, names):
            if len(name) > most and _stands_in(name, told):
                best, most = key, len(name)
    return best


def _stands_in(name, told):
    """Whether these words stand side by side in what was told."""
    return any(told[at : at + len(name)] == name for at in range(len(told) - len(name) + 1))
