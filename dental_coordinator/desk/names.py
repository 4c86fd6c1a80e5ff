# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a typed name is that of a file: accents, case, hyphens and order do not count."""

import re
import unicodedata


def words(text):
    """Words of a name without accents and case: ``O'Neil-Łuk`` gives o, neil, łuk."""
    plain = unicodedata.normalize("NFKD", text or "")
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[^\W\d_]+", bare.casefold())


def has_name(text, last):
    """Whether every word of a last name is somewhere in a text."""
    surname = set(words(last))
    return bool(surname) and surname <= set(words(text))


def same_name(typed, first, last, *other_firsts):
    """Whether somebody typed first and last name in any order, and nothing of another person.

    :param other_firsts: middle and preferred names, each of which may stand or be left out; a
        preferred name may also stand instead of the first
    """
    given = set(words(typed))
    surname, forename = set(words(last)), set(words(first))
    others = set().union(*(words(name) for name in other_firsts))
    if not surname or not forename or not surname <= given:
        return False
    called = given - surname
    return bool(called) and called <= forename | others and _names_enough(called, forename, others)


def _names_enough(called, forename, others):
    """One whole forename, or one of the other names, stands there."""
    return forename <= called or bool(called & others)
