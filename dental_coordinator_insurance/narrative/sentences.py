# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A narrative never invents: a sentence stands only where every fact it names is known."""

import string
import textwrap
from dataclasses import dataclass

PART = 80  # characters of one remark in a claim file
ELECTRONIC = 5 * PART
PAPER = 144  # what the remark box of the printed form shows


@dataclass(frozen=True, slots=True)
class Sentence:
    """:param sources: where each fact in it comes from, in order"""

    text: str
    sources: tuple[str, ...]


def assemble(template, facts):
    """The sentences of a template, one a line, whose facts are all known.

    :param facts: {name: (value, source)}; an empty value is not known
    :return: tuple of Sentence
    :raises KeyError: for a line that names a fact which does not exist
    """
    told = []
    for line in filter(None, map(str.strip, template.splitlines())):
        names = [name for _text, name, _spec, _conversion in string.Formatter().parse(line) if name]
        found = [facts[name] for name in names]
        if all(value not in (None, False, "") for value, _source in found):
            values = {name: value for name, (value, _source) in zip(names, found, strict=True)}
            sources = tuple(dict.fromkeys(source for _value, source in found))
            told.append(Sentence(line.format(**values), sources))
    return tuple(told)


def parts(text):
    """A remark in pieces that a claim file takes, cut between words; at most five."""
    return textwrap.wrap(" ".join((text or "").split()), PART)[:5]
