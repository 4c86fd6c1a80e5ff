# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names that may be one and the same: groups of keys, each with why it is thought so."""

import re
from difflib import SequenceMatcher
from itertools import combinations

ALIKE = 0.86
# Words that tell no plan and no payer from another one.
_FILLERS = frozenset("the of inc llc co corp company insurance ins plan plans group".split())


def plain(name):
    """A name without case, punctuation and words that say nothing."""
    words = re.findall(r"[a-z0-9]+", (name or "").casefold())
    return " ".join(word for word in words if word not in _FILLERS) or " ".join(words)


def plain_number(number):
    """A group or payer number as payers compare it: no spaces, dashes, leading zeros."""
    return re.sub(r"[^a-z0-9]", "", (number or "").casefold()).lstrip("0")


def doubles(items):
    """Groups of items that may be doubles.

    :param items: (key, name, number) of each; an empty number says nothing
    :return: list of (keys in the order given, whether the number is the reason)
    """
    items = list(items)
    found, taken = [], set()
    for group in _by(items, lambda item: plain_number(item[2])):
        found.append((tuple(item[0] for item in group), True))
        taken.update(combinations([item[0] for item in group], 2))
    for group in _alike(items):
        pairs = set(combinations(group, 2))
        if not pairs <= taken:
            found.append((group, False))
    return found


def _by(items, key_of):
    groups = {}
    for item in items:
        key = key_of(item)
        if key:
            groups.setdefault(key, []).append(item)
    return [group for group in groups.values() if len(group) > 1]


def _alike(items):
    """Keys of names that are nearly equal; only those with the same beginning are compared."""
    names = {item[0]: plain(item[1]) for item in items}
    numbers = {item[0]: plain_number(item[2]) for item in items}
    heads = {}
    for key, name in names.items():
        heads.setdefault(name[:3], []).append(key)
    groups = []
    for keys in heads.values():
        left = list(keys)
        while left:
            first = left.pop(0)
            near = [key for key in left if _near(first, key, names, numbers)]
            left = [key for key in left if key not in near]
            if near:
                groups.append((first, *near))
    return groups


def _near(one, other, names, numbers):
    """Two numbers that differ are two plans, whatever their names."""
    if numbers[one] and numbers[other] and numbers[one] != numbers[other]:
        return False
    if names[one] == names[other]:
        return True
    # "PPO 1000" and "PPO 2000" are written alike and are not the same.
    if re.findall(r"\d+", names[one]) != re.findall(r"\d+", names[other]):
        return False
    return SequenceMatcher(None, names[one], names[other]).ratio() >= ALIKE
