# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The frame of the figures: register one, measure all, say which are short.

A figure is a function that takes an environment and returns a ratio (no unit), smaller being
better. It is called several times, each time in a transaction of its own that is rolled back; what
counts is the median.
"""

import importlib
import pkgutil
from dataclasses import dataclass
from statistics import median
from time import perf_counter

FEWEST_RUNS = 5


@dataclass(frozen=True)
class Figure:
    name: str
    limit: float
    measure: object  # function(env) -> ratio
    runs: int
    warm: int = 1  # runs before those that count: they fill caches


FIGURES = []


def figure(name, limit, runs=FEWEST_RUNS):
    """Register the decorated function as a figure.

    :param limit: the largest ratio that is still ok
    :param runs: how often it is measured, at least five times
    """
    if runs < FEWEST_RUNS:
        raise ValueError(f"{name}: a median needs at least {FEWEST_RUNS} runs")

    def register(function):
        FIGURES.append(Figure(name, limit, function, runs))
        return function

    return register


def counted(name, limit):
    """Register a figure that counts queries: it comes out the same each time, so once will do."""

    def register(function):
        FIGURES.append(Figure(name, limit, function, runs=1))
        return function

    return register


def growth(name, limit):
    """Register a figure that compares much with little, measured once: much takes minutes."""

    def register(function):
        FIGURES.append(Figure(name, limit, function, runs=1, warm=0))
        return function

    return register


def seconds(env, function, times=1):
    """How long a call takes on average, with everything it wrote sent to the database."""
    env.flush_all()
    env.invalidate_all()
    started = perf_counter()
    for _time in range(times):
        function()
        env.flush_all()
    return (perf_counter() - started) / times


def ratio(env, subject, floor, times=1):
    """How many times longer ``subject`` takes than ``floor``, measured in turns in one run."""
    ours = bare = 0.0
    for _time in range(times):
        bare += seconds(env, floor)
        ours += seconds(env, subject)
    return ours / bare


def measured(env, figure):
    """The median of a figure's runs; the first, which fills caches, does not count."""
    found = []
    for _run in range(figure.runs + figure.warm):
        try:
            found.append(figure.measure(env))
        finally:
            env.cr.rollback()
    return median(found[figure.warm :])


def collect(package):
    """Import every module of a package of figures, in the order of their names."""
    for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")


def report(env, words=""):
    """Print one line a figure. Returns how many are short.

    :param words: measure only the figures whose names hold these
    :raises ValueError: when there is none to measure
    """
    wanted = [each for each in FIGURES if words in each.name]
    if not wanted:
        raise ValueError(f"no figure of bench/figures is called {words!r}")
    width = max(len(each.name) for each in wanted)
    short = 0
    for each in wanted:
        value = measured(env, each)
        ok = value <= each.limit
        short += not ok
        verdict = "ok" if ok else "short"
        print(f"{each.name:{width}}  {value:8.2f}  {each.limit:8.2f}  {verdict}", flush=True)
    return short
