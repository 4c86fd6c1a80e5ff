# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which measurements are repeated and which the dentist hears before anything is begun.

No diagnosis and no advice to the patient. The limits of blood pressure are those of the American
Heart Association's 2017 guideline (180/120 is a crisis) with the lower diastolic 110 that dental
schools use for putting off treatment; the others are common clinic limits.
"""

from dataclasses import dataclass
from typing import NamedTuple

#: what a reading can be at all; outside it was mistyped
LIMITS = {
    "systolic": (50, 300),
    "diastolic": (20, 200),
    "pulse": (20, 250),
    "temperature": (30.0, 45.0),
    "spo2": (50, 100),
    "respiration": (4, 80),
    "glucose": (10, 1000),
}


class VitalsError(ValueError):
    """A reading that cannot be; ``field`` is its name."""

    def __init__(self, field, text):
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Vitals:
    """Readings, None where not taken.

    :param systolic, diastolic: mmHg
    :param pulse, respiration: per minute
    :param temperature: degrees Celsius
    :param spo2: percent
    :param glucose: mg/dl
    :raises VitalsError: for a reading outside :data:`LIMITS`, or a diastolic not below the systolic
    """

    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None
    temperature: float | None = None
    spo2: int | None = None
    respiration: int | None = None
    glucose: int | None = None

    def __post_init__(self):
        for name, (low, high) in LIMITS.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise VitalsError(name, f"{value} cannot be: expected {low} to {high}.")
        if self.systolic and self.diastolic and self.diastolic >= self.systolic:
            raise VitalsError(
                "diastolic",
                f"{self.systolic}/{self.diastolic}: the second figure is the lower one.",
            )


class Advice(NamedTuple):
    """:param code: one of :data:`CODES` :param urgency: ``tell`` the dentist, or ``repeat``"""

    code: str
    urgency: str


def _at_least(value, limit):
    return value is not None and value >= limit


def _below(value, limit):
    return value is not None and value < limit


_RULES = (
    (
        "pressure_high",
        "tell",
        lambda v: _at_least(v.systolic, 180) or _at_least(v.diastolic, 110),
    ),
    ("pressure_low", "tell", lambda v: _below(v.systolic, 90)),
    ("pulse", "tell", lambda v: _at_least(v.pulse, 121) or _below(v.pulse, 50)),
    ("temperature", "tell", lambda v: _at_least(v.temperature, 38.0)),
    ("spo2", "tell", lambda v: _below(v.spo2, 94)),
    ("respiration", "tell", lambda v: _at_least(v.respiration, 25) or _below(v.respiration, 10)),
    ("glucose", "tell", lambda v: _below(v.glucose, 70) or _at_least(v.glucose, 300)),
    (
        "pressure_raised",
        "repeat",
        lambda v: 140 <= (v.systolic or 0) < 180 or 90 <= (v.diastolic or 0) < 110,
    ),
)
CODES = tuple(code for code, _urgency, _applies in _RULES)


def advise(vitals):
    """What to do about these readings, what the dentist must hear first.

    :return: tuple of :class:`Advice`; ``pressure_raised`` only when it is not already high
    """
    found = [Advice(code, urgency) for code, urgency, applies in _RULES if applies(vitals)]
    if any(advice.code == "pressure_high" for advice in found):
        found = [advice for advice in found if advice.code != "pressure_raised"]
    return tuple(found)
