# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the caller said."""

from dataclasses import dataclass

#: the five questions on how the complaint affects daily life, each 0 (not at all) to 4 (very much)
IMPACTS = ("eating", "pain", "looks", "daily", "worry")
#: asked first, in this order
RED_FLAGS = ("breathing", "swallowing", "swelling", "bleeding", "trauma", "fever", "opening")

_CHOICES = {
    "swelling": ("none", "gum", "face", "spreading"),
    "bleeding": ("none", "some", "uncontrolled"),
    "trauma": ("none", "chipped", "moved", "knocked_out"),
    "course": ("better", "same", "worse", "comes_goes"),
    "relief": ("helps", "partly", "nothing"),
}


@dataclass(frozen=True)
class Answers:
    """One caller's answers; ``None`` is *not asked*.

    :param breathing: trouble breathing
    :param swallowing: trouble swallowing, or drooling
    :param swelling: none, gum, face, spreading (to the eye, the neck or the floor of the mouth)
    :param bleeding: none, some, uncontrolled (pressure for 20 minutes does not stop it)
    :param trauma: none, chipped, moved (or loosened), knocked_out
    :param fever: felt or measured (38.0 degrees Celsius and more)
    :param opening: the mouth opens less than it used to
    :param pain_now: 0 to 10
    :param pain_worst: 0 to 10
    :param at_night: pain that keeps awake
    :param relief: what pain killers do: helps, partly, nothing
    :param course: better, same, worse, comes_goes
    :param numbness: of lip, chin or tongue
    :param impact: five numbers 0 to 4 in the order of :data:`IMPACTS`, each possibly None
    :raises ValueError: for a number or word outside of these
    """

    breathing: bool | None = None
    swallowing: bool | None = None
    swelling: str | None = None
    bleeding: str | None = None
    trauma: str | None = None
    fever: bool | None = None
    opening: bool | None = None
    pain_now: int | None = None
    pain_worst: int | None = None
    at_night: bool | None = None
    relief: str | None = None
    course: str | None = None
    numbness: bool | None = None
    impact: tuple = (None,) * len(IMPACTS)

    def __post_init__(self):
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in choices:
                raise ValueError(f"{name} {value!r}: use one of {', '.join(choices)}.")
        for name in ("pain_now", "pain_worst"):
            _in_range(name, getattr(self, name), 10)
        if len(self.impact) != len(IMPACTS):
            raise ValueError(f"impact: give {len(IMPACTS)} answers, None for one not asked.")
        for name, value in zip(IMPACTS, self.impact, strict=True):
            _in_range(f"impact on {name}", value, 4)

    @property
    def pain(self):
        """The stronger of the two pains told, or None when neither was asked."""
        told = [value for value in (self.pain_now, self.pain_worst) if value is not None]
        return max(told, default=None)

    @property
    def impact_total(self):
        """Sum 0 to 20 of what was answered, or None when nothing was."""
        told = [value for value in self.impact if value is not None]
        return sum(told) if told else None

    @property
    def unasked(self):
        """Red flags nobody asked about, in the order to ask them."""
        return tuple(name for name in RED_FLAGS if getattr(self, name) is None)


def _in_range(name, value, top):
    if value is not None and not 0 <= value <= top:
        raise ValueError(f"{name} {value!r}: use 0 to {top}.")
